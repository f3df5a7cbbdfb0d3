package dev.signet.audit;

/** How what an event tells of has ended. */
public enum Outcome {
  SUCCESS,
  FAILURE
}
