package dev.signet.admin;

import java.util.List;

/**
 * A page of security events.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record AuditList(List<AuditView> items, String next) {}
