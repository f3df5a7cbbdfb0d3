/**
 * The authentication mechanism of each server: it verifies the access token of each request, and
 * refuses callers whose scope or login is not sufficient. Tokens are verified in {@code
 * domain.jose}, cookies are in {@code web.browser}.
 */
package dev.signet.web.mechanism;
