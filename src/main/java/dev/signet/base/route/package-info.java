/**
 * The table of all HTTP routes: {@link dev.signet.base.route.Routes}. The route of a request is
 * resolved in {@code web.route}, and the endpoints process the request.
 */
package dev.signet.base.route;
