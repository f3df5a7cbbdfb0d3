package dev.signet.web.error;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The body of an OAuth error response (RFC 6749, section 5.2). */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ErrorAnswer(String error, String errorDescription) {}
