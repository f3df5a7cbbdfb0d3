/** Operation: start, background work, health, metrics, and the API description. */
package dev.signet.endpoint.ops;
