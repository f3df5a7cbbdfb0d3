package dev.signet.admin;

import java.util.List;

/**
 * The keys; there are never enough for a second page.
 *
 * @param next null
 */
record KeyList(List<KeyView> items, String next) {}
