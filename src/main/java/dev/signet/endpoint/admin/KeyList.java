package dev.signet.endpoint.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The keys; there are never enough for a second page.
 *
 * @param next null
 */
record KeyList(List<KeyView> items, @Schema(nullable = true) String next) {}
