package dev.signet.endpoint.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The keys, always on a single page.
 *
 * @param next null
 */
record KeyList(List<KeyView> items, @Schema(nullable = true) String next) {}
