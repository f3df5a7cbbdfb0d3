package dev.signet.endpoint.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of security events.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record AuditList(List<AuditView> items, @Schema(nullable = true) String next) {}
