/** What is known of secrets without knowing them: digests, authentication codes, comparison. */
package dev.signet.base.secret;
