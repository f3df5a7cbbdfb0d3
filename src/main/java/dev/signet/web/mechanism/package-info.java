/**
 * Authentication on the way of each request, installed in each server: the access token is found
 * and checked, and callers are refused whose scope or login does not suffice. Tokens are verified
 * in {@code domain.jose}, cookies are in {@code web.browser}.
 */
package dev.signet.web.mechanism;
