/** Which route of {@link dev.signet.base.route.Routes} a request takes. */
package dev.signet.web.route;
