/**
 * How HTTP meets Signet: the authentication mechanism (header or cookie), the defence against other
 * sites, CORS, freshness, rate limits, JSON, problems as responses, headers. The endpoints are in
 * their feature packages, the list of them in {@code dev.signet}; checking tokens is done in {@code
 * keys}.
 */
package dev.signet.web;
