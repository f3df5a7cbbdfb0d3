/**
 * The route of a request, as {@link dev.signet.base.route.Routes} has it, the methods that it
 * takes, and the addresses that Signet answers instead of the server.
 */
package dev.signet.web.route;
