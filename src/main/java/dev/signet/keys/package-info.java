/**
 * Signing keys, their sources and rotation, and signing and verifying with them. This is the only
 * package that uses the JOSE library and the related Java cryptography. The claims of tokens are
 * decided in {@code token}; {@code web} extracts tokens from requests.
 */
package dev.signet.keys;
