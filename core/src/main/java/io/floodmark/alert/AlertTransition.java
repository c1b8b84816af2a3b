package io.floodmark.alert;

import java.time.Instant;

/**
 * One change of an alert's level.
 *
 * @param kind what happened
 * @param fromLevel level before, 0 (no alert) to 4
 * @param toLevel level after, 0 to 4, other than {@code fromLevel}
 * @param occurredAt event time: of the sample that caused it, or of the delay that ran out
 */
public record AlertTransition(Kind kind, int fromLevel, int toLevel, Instant occurredAt) {

  /** What can happen to an alert. */
  public enum Kind {
    /** From no alert to a level. */
    RAISED,
    /** To a higher level. */
    ESCALATED,
    /** To a lower level, still an alert. */
    LOWERED,
    /** To no alert. */
    CLEARED
  }

  static AlertTransition of(int fromLevel, int toLevel, Instant occurredAt) {
    Kind kind;
    if (toLevel > fromLevel) {
      kind = fromLevel == 0 ? Kind.RAISED : Kind.ESCALATED;
    } else {
      kind = toLevel == 0 ? Kind.CLEARED : Kind.LOWERED;
    }
    return new AlertTransition(kind, fromLevel, toLevel, occurredAt);
  }
}
