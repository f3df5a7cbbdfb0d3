/** The documents agree with the code and with one another. */
package dev.signet.docs;
