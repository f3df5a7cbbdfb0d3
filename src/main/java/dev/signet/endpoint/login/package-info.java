/**
 * First-party login: exchanges a username and password, or a refresh token, for tokens in the body
 * or in cookies. Passwords are checked in {@code domain.credential}, tokens issued in {@code
 * domain.token}, cookies set by {@code web.browser}; the OAuth grants are in {@code
 * endpoint.grant}.
 */
package dev.signet.endpoint.login;
