/** Measures the built WAR on Payara Micro: {@code mvn -Pbench verify}. */
package dev.signet.bench;
