package io.floodmark.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
  private static final Instant CREDIBLE_FROM = Instant.parse("2020-01-01T00:00:00Z");

  private static final Duration AHEAD_TOLERATED = Duration.ofMinutes(5);

  /**
   * Decides which time counts.
   *
   * @param deviceTsMillis the sensor's own time, where it sent one
   * @param arrivedAt server time of arrival
   * @param lastStamp the last stamp given on arrival to a reading of this sensor; {@link
   *     Instant#MIN} for none. A new stamp is at least a millisecond later.
   */
  public static ReadingTime of(OptionalLong deviceTsMillis, Instant arrivedAt, Instant lastStamp) {
    Instant arrival = arrivedAt.truncatedTo(ChronoUnit.MILLIS);
    if (deviceTsMillis.isPresent()) {
      Instant sent = Instant.ofEpochMilli(deviceTsMillis.getAsLong());
      if (!sent.isBefore(CREDIBLE_FROM)) {
        boolean ahead = sent.isAfter(arrival.plus(AHEAD_TOLERATED));
        return new ReadingTime(sent, sent.isBefore(arrival) ? sent : arrival, false, ahead);
      }
    }
    Instant stamp = arrival.isAfter(lastStamp) ? arrival : lastStamp.plusMillis(1);
    return new ReadingTime(stamp, stamp, true, false);
  }
}
