/** For operators: start, background work, health, and the description of the API. */
package dev.signet.ops;
