package io.floodmark.nowcast;

import java.util.List;

/**
 * How long the next level really took, where it was forecast and came within a quarter of an hour:
 * a tenth of the cases came before the one, a tenth after the other time.
 *
 * <p>Measured by {@code bench/run nowcast --seeds 1-10}, on simulated streets of seeds 1 to 10;
 * what comes of them on seeds 101 to 110 is in docs/nowcast.md.
 */
public final class RiseErrors {
  /**
   * What was seen of forecasts up to so many minutes.
   *
   * @param upToMinutes forecast time to the level, more than the one before it
   * @param p10Minutes a tenth came sooner
   * @param p90Minutes a tenth came later
   */
  public record Band(double upToMinutes, double p10Minutes, double p90Minutes) {}

  /** By rising forecast. */
  public static final List<Band> BANDS =
      List.of(
          new Band(1, 0.13, 1.56),
          new Band(2, 0.57, 2.69),
          new Band(4, 1.09, 4.56),
          new Band(7, 2.25, 6.95),
          new Band(10, 2.98, 8.92),
          new Band(DampedRise.LEAD_MAX_MINUTES, 4.51, 11.02));

  private RiseErrors() {}

  /** Of forecasts of that many minutes, at most {@link DampedRise#LEAD_MAX_MINUTES}. */
  public static Band of(double forecastMinutes) {
    return BANDS.stream()
        .filter(band -> forecastMinutes <= band.upToMinutes())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Nothing is told so far ahead: " + forecastMinutes));
  }
}
