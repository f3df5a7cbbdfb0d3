/** A service that is called by another one; it knows nothing of Signet's code. */
package org.example.stock;
