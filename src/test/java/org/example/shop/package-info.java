/**
 * A service that calls another one in the name of its caller; it knows nothing of Signet's code.
 */
package org.example.shop;
