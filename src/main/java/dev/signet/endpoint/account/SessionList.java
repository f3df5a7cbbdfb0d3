package dev.signet.endpoint.account;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of sessions.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record SessionList(List<SessionView> items, @Schema(nullable = true) String next) {}
