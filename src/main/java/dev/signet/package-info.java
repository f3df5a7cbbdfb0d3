/** The JAX-RS applications: the one list of what Signet offers over HTTP. */
package dev.signet;
