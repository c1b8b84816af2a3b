package io.floodmark.surface;

import java.time.Instant;

/** Times and heights as the tracker counts them. */
final class Minutes {
  /** Readings nearer to each other than this are as far apart as this. */
  private static final double STEP_MIN = 0.2;

  /** What may have happened in a longer gap is not allowed for. */
  private static final double STEP_MAX = 5;

  private static final double MILLIS_A_MINUTE = 60_000;

  private Minutes() {}

  static double between(Instant from, Instant to) {
    return (to.toEpochMilli() - from.toEpochMilli()) / MILLIS_A_MINUTE;
  }

  /** Minutes from one reading to the next, within reason. */
  static double step(Instant from, Instant to) {
    return Math.max(STEP_MIN, Math.min(STEP_MAX, between(from, to)));
  }

  /** Hundredths of a millimetre, so that what is stored and read again is the same. */
  static double rounded(double mm) {
    return Math.round(mm * 100) / 100.0;
  }
}
