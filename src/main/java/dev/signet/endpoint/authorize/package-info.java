/**
 * The authorization endpoint (RFC 6749, section 4.1; OpenID Connect Core 1.0, section 3.1.2) and
 * the pages on which users confirm a device (RFC 8628): requests are validated, users log in and
 * consent, and codes are issued. The pages are in {@code web.page}, sessions in {@code
 * domain.session}, codes in {@code domain.code}; codes are exchanged in {@code endpoint.grant}.
 */
package dev.signet.endpoint.authorize;
