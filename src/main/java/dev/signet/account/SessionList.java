package dev.signet.account;

import java.util.List;

/**
 * A page of sessions.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record SessionList(List<SessionView> items, String next) {}
