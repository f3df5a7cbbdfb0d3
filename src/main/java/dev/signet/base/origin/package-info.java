/**
 * Where the request at hand comes from: its source, as far as it can be trusted, and what ties its
 * records together. What is made of it is decided in {@code guard} and recorded in {@code audit}.
 */
package dev.signet.base.origin;
