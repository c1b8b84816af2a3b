package io.floodmark.sim.street;

/**
 * One flood at one sensor: it rises evenly, slows down before its peak, wavers and drains. Times
 * are minutes since the street's first minute.
 *
 * @param fromMinute when the first water stands under the sensor
 * @param peakMm deepest water, more than {@link #WET_MM}
 * @param riseMinutes from the first water to the peak
 * @param lengthMinutes from the first to the last water
 * @param waver phase of the small ups and downs, 0 to 2π
 */
public record Flood(
    double fromMinute, double peakMm, double riseMinutes, double lengthMinutes, double waver) {
  /** A street is flooded while more than this stands on it. */
  public static final double WET_MM = 10;

  /** The water rises evenly up to here; the rest of the way takes as long as a half of it. */
  private static final double EVEN_SHARE = 2.0 / 3;

  private static final double WAVER_SHARE = 0.03;
  private static final double WAVER_MINUTES = 17;
  private static final double DRAIN_EXPONENT = 1.5;

  /** When the last water has drained. */
  public double toMinute() {
    return fromMinute + lengthMinutes;
  }

  /** Depth at the sensor, mm, zero before and after. */
  public double depthMm(double minute) {
    double since = minute - fromMinute;
    if (since <= 0 || since >= lengthMinutes) {
      return 0;
    }
    if (since < riseMinutes) {
      return peakMm * risen(since / riseMinutes);
    }
    double left = 1 - (since - riseMinutes) / (lengthMinutes - riseMinutes);
    double wavering =
        1 - WAVER_SHARE * left * (1 + Math.sin(waver + since / WAVER_MINUTES * 2 * Math.PI)) / 2;
    return peakMm * Math.pow(left, DRAIN_EXPONENT) * wavering;
  }

  /**
   * Half of the time for two thirds of the height; then a parabola that meets both ends smoothly.
   */
  private static double risen(double way) {
    double slope = EVEN_SHARE / 0.5;
    if (way <= 0.5) {
      return way * slope;
    }
    double rest = (way - 0.5) / 0.5;
    return EVEN_SHARE + (1 - EVEN_SHARE) * (2 * rest - rest * rest);
  }
}
