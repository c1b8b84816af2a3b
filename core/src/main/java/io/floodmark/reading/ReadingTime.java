package io.floodmark.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * When a reading counts as observed, and from when on alerts see it. Pure.
 *
 * @param observedAt its identity together with the sensor; whole milliseconds
 * @param evaluatedAt the earlier of {@code observedAt} and the arrival; the stamp itself where
 *     arrival counts, so that each of several readings that came together is newer than the one
 *     before
 * @param stampedOnArrival whether the sensor's own time was absent or before 2020
 * @param clockAhead whether the sensor's time lies more than five minutes ahead
 */
public record ReadingTime(
    Instant observedAt, Instant evaluatedAt, boolean stampedOnArrival, boolean clockAhead) {

  /** An earlier time comes from a clock that was never set. */
  private static final long CREDIBLE_FROM_MILLIS =
      Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

  private static final long AHEAD_TOLERATED_MILLIS = Duration.ofMinutes(5).toMillis();

  /**
   * Decides which time counts.
   *
   * @param deviceTsMillis the sensor's own time, where it sent one
   * @param arrivedAt server time of arrival
   * @param lastStamp the last stamp given on arrival to a reading of this sensor; {@link
   *     Instant#MIN} for none. A new stamp is at least a millisecond later.
   */
  public static ReadingTime of(OptionalLong deviceTsMillis, Instant arrivedAt, Instant lastStamp) {
    long arrivalMillis = arrivedAt.toEpochMilli();
    long sentMillis = deviceTsMillis.orElse(0);
    if (sentMillis >= CREDIBLE_FROM_MILLIS) {
      Instant sent = Instant.ofEpochMilli(sentMillis);
      Instant evaluated = sentMillis <= arrivalMillis ? sent : Instant.ofEpochMilli(arrivalMillis);
      boolean ahead = sentMillis > arrivalMillis + AHEAD_TOLERATED_MILLIS;
      return new ReadingTime(sent, evaluated, false, ahead);
    }
    Instant arrival = Instant.ofEpochMilli(arrivalMillis);
    Instant stamp = arrival.isAfter(lastStamp) ? arrival : lastStamp.plusMillis(1);
    return new ReadingTime(stamp, stamp, true, false);
  }
}
