/** The JAX-RS applications, which list the resources. */
package dev.signet;
