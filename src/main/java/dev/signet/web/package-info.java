/**
 * The HTTP side that all endpoints share: the authentication mechanism (header or cookie), CSRF
 * protection, CORS, freshness of logins, rate limits, JSON, error responses, headers. The endpoints
 * are in their feature packages, the JAX-RS applications in {@code dev.signet}; tokens are verified
 * in {@code keys}.
 */
package dev.signet.web;
