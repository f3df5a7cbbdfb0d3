/**
 * What Signet offers over HTTP, in one table: {@link dev.signet.base.route.Routes}. Which route a
 * request takes is resolved by {@code web.route}; what happens there is decided by the endpoints.
 */
package dev.signet.base.route;
