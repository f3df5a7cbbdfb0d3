/**
 * The vocabulary of OAuth 2.1: grant types, scopes, errors, methods of client authentication. Their
 * meaning for a request is in {@code endpoint.grant}, for a client in {@code domain.client}.
 */
package dev.signet.base.oauth;
