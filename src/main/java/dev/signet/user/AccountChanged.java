package dev.signet.user;

/**
 * An account was changed or deleted; observed once that is committed.
 *
 * @param id whose
 */
record AccountChanged(String id) {}
