/** For operators: start, health, and the description of the API. */
package dev.signet.ops;
