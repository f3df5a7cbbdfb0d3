/**
 * Support for browsers: session cookies, CSRF protection, CORS, and security headers. The sessions
 * themselves are in {@code domain.session}.
 */
package dev.signet.web.browser;
