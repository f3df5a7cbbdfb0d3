package dev.signet.user;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next the cursor that the following part begins after, if there is one
 */
public record Page<T>(List<T> items, Optional<String> next) {}
