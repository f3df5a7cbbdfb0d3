/**
 * First-party login: a username and password for tokens, and a refresh token for newer ones, in the
 * body or in cookies. Passwords are checked in {@code domain.credential}, tokens issued in {@code
 * domain.token}, cookies set by {@code web.browser}; the OAuth grants are in {@code
 * endpoint.grant}.
 */
package dev.signet.endpoint.login;
