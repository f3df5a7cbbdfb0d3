package dev.signet.base.problem;

/**
 * The fault of one member of the input.
 *
 * @param field its JSON name, with dots between levels
 * @param message a predicate about the member, such as "must be a number"
 */
public record FieldError(String field, String message) {}
