/**
 * Operations on accounts: registration, changes, the first administrator, import and export. The
 * accounts themselves are in {@code domain.user}, passwords in {@code domain.credential}, the HTTP
 * side in {@code endpoint.account}.
 */
package dev.signet.domain.account;
