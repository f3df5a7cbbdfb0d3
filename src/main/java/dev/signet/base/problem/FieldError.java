package dev.signet.base.problem;

/**
 * What is wrong with one member of the input.
 *
 * @param field its JSON name, with dots between levels
 * @param message one sentence for the caller
 */
public record FieldError(String field, String message) {}
