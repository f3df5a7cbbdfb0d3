/** Support for dependency injection, and clocks. */
package dev.signet.base.wiring;
