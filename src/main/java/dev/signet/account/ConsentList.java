package dev.signet.account;

import java.util.List;

/**
 * A page of consents.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record ConsentList(List<ConsentView> items, String next) {}
