/**
 * Request and response bodies: forms and JSON are bounded, read and written here. Problems and
 * OAuth errors are in {@code web.error}, pages in {@code web.page}.
 */
package dev.signet.web.body;
