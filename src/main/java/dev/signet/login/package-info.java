/**
 * First-party login: a username and password for a token. Checking them is done in {@code user},
 * issuing in {@code token}; the OAuth grants are not here.
 */
package dev.signet.login;
