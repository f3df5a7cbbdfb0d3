/** What others need to know to trust Signet's tokens: the JWK set. The keys are in {@code keys}. */
package dev.signet.discovery;
