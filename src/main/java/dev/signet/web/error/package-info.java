/**
 * Error responses: problems (RFC 9457), OAuth errors and pages. The types of problems are in {@code
 * base.problem}, OAuth errors in {@code base.oauth}.
 */
package dev.signet.web.error;
