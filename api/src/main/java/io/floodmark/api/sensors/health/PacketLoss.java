package io.floodmark.api.sensors.health;

import java.time.Duration;
import java.util.List;

/**
 * How many of the readings that a sensor owes have come. Told by the silences between readings, not
 * by their number: a sensor that reports faster while the water rises would hide what is missing. A
 * reading counts once, however often it was sent.
 *
 * @param expected how many its report interval makes of that time, 1 or more
 * @param received how many came; more than expected where it reported faster
 * @param late how many of those came too late for alerts
 * @param missing how many never came, 0 to {@code expected}
 */
public record PacketLoss(long expected, long received, long late, long missing) {
  /**
   * What of {@code window} is missing.
   *
   * @param window the time that is looked at
   * @param interval in which a reading is expected, one second or more
   * @param silences the spans without a reading: between two of them, before the first, after the
   *     last; those shorter than one and a half intervals may be left out
   */
  public static PacketLoss of(
      Duration window, Duration interval, long received, long late, List<Duration> silences) {
    long expected = Math.max(1, window.dividedBy(interval));
    if (received == 0) {
      return new PacketLoss(expected, 0, 0, expected);
    }
    long missing = 0;
    for (Duration silence : silences) {
      // Rounded, for clocks and networks are not exact: 2.4 intervals are two, one reading missing.
      missing += Math.max(0, Math.round((double) silence.toMillis() / interval.toMillis()) - 1);
    }
    return new PacketLoss(expected, received, late, Math.min(missing, expected));
  }

  /** What is missing, in percent of what is expected. */
  public double percent() {
    return 100.0 * missing / expected;
  }
}
