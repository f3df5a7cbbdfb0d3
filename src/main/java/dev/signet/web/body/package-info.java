/**
 * Request and response bodies: reading forms and JSON with limits, and writing JSON. Problems and
 * OAuth errors are in {@code web.error}, pages in {@code web.page}.
 */
package dev.signet.web.body;
