/**
 * What browsers need: session cookies and the defence against other sites, CORS, security headers.
 * The sessions themselves are in {@code domain.session}.
 */
package dev.signet.web.browser;
