/** For operators: start, background work, health, metrics, and the description of the API. */
package dev.signet.endpoint.ops;
