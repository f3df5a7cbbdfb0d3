/** How objects are put together by CDI. What they do lives in the feature packages. */
package dev.signet.base.wiring;
