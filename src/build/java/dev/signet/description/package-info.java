/**
 * Completes the API description while the WAR is built, with what the code says about each
 * operation. The WAR contains the description, {@code endpoint.ops} serves it; these classes are
 * not in the WAR.
 */
package dev.signet.description;
