/**
 * The caller of a request: access tokens and proofs in its headers, client credentials, the current
 * user. Cookies are in {@code web.browser}; {@code web.mechanism} authenticates each request.
 */
package dev.signet.web.caller;
