package io.floodmark.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether most of a sensor's readings have been doubtful for hours. Pure and immutable.
 *
 * <p>The share of doubtful readings is weighted by time, the older the less, with a time constant
 * of two hours; it needs one number instead of hours of readings. From half on it is an alert,
 * which takes 83 minutes of doubtful readings and nothing else; at a fifth the alert ends.
 *
 * @param on whether they have
 * @param share of doubtful readings, 0 to 1
 * @param at event time of the last reading; {@link Instant#MIN} before the first
 */
public record DoubtfulHours(boolean on, double share, Instant at) {
  /** Before the first reading. */
  public static final DoubtfulHours NONE = new DoubtfulHours(false, 0, Instant.MIN);

  private static final double TIME_CONSTANT_MILLIS = Duration.ofHours(2).toMillis();

  /** A reading speaks for no more time than that before it. */
  private static final long GAP_MAX_MILLIS = Duration.ofMinutes(15).toMillis();

  private static final double ON_FROM = 0.5;
  private static final double OFF_UNTIL = 0.2;

  /** After one more reading, newer than the last. */
  public DoubtfulHours next(Instant readingAt, boolean doubtful) {
    if (at.equals(Instant.MIN)) {
      return new DoubtfulHours(false, 0, readingAt);
    }
    long sinceMillis = Math.min(GAP_MAX_MILLIS, readingAt.toEpochMilli() - at.toEpochMilli());
    double weight = 1 - Math.exp(-sinceMillis / TIME_CONSTANT_MILLIS);
    double next = share + ((doubtful ? 1 : 0) - share) * weight;
    return new DoubtfulHours(on ? next > OFF_UNTIL : next >= ON_FROM, next, readingAt);
  }
}
