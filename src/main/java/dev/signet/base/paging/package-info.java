/**
 * Parts of lists: how many items a client wants, after which one, and where the next part begins.
 */
package dev.signet.base.paging;
