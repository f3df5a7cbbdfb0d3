/** Pages of lists: the number of items, and cursors. */
package dev.signet.base.paging;
