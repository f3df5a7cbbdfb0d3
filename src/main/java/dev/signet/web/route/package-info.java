/**
 * The route of a request, from {@link dev.signet.base.route.Routes}, its allowed methods, and paths
 * that Signet serves instead of the server.
 */
package dev.signet.web.route;
