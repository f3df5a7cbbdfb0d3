/**
 * Failures as responses: a problem (RFC 9457), an OAuth error or a page. The types of problems are
 * in {@code base.problem}, OAuth errors in {@code base.oauth}.
 */
package dev.signet.web.error;
