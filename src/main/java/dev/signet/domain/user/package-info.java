/**
 * The accounts of users: names, addresses, groups, and their table. Passwords are checked in {@code
 * domain.credential}; registration and other operations are in {@code domain.account}.
 */
package dev.signet.domain.user;
