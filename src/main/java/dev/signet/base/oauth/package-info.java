/**
 * The words of OAuth 2.1: grant types, scopes, errors, ways of client authentication. What they
 * mean for a request is decided in {@code grant}, for a client in {@code client}.
 */
package dev.signet.base.oauth;
