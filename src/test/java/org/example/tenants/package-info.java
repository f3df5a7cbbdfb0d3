/** What an embedder may add to Signet: a jar in the WAR's {@code WEB-INF/lib}. */
package org.example.tenants;
