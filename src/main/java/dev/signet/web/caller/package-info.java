/**
 * The caller of a request: access tokens and proofs in its headers, client credentials, the current
 * user. Cookies are in {@code web.browser}; the token is checked on the way of each request by
 * {@code web.mechanism}.
 */
package dev.signet.web.caller;
