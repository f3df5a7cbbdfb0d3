/**
 * First-party login: a username and password for tokens, and a refresh token for newer ones, in the
 * body or in cookies. Checking them is done in {@code user}, issuing in {@code token}, cookies in
 * {@code web}; the OAuth grants are not here.
 */
package dev.signet.login;
