/** A machine whose clock is wrong: goes into a copy of the WAR. */
package org.example.clocks;
