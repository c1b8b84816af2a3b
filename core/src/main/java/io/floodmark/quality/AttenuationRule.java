package io.floodmark.quality;

import io.floodmark.reading.RecentValues;

/**
 * How little a signal may move (QARTOD water level, test 10).
 *
 * @param spread how its movement is measured
 * @param suspect below this it is suspect
 * @param fail below this it fails; 0 for never
 * @param periodMillis length of the window that ends with a sample: later than this before it
 * @param samplesMax the window holds no more than this many of its newest samples; {@link
 *     Integer#MAX_VALUE} for all, as the reference does
 * @param samplesMin with fewer values than this nothing is said
 */
public record AttenuationRule(
    Spread spread, double suspect, double fail, long periodMillis, int samplesMax, int samplesMin) {

  /** How movement is measured. */
  public enum Spread {
    /** Standard deviation of the values that are there, divided by their number. */
    DEVIATION,
    /** Largest less smallest; unknown if one is missing, as in the reference. */
    RANGE
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one cannot be
   */
  public AttenuationRule {
    if (!(suspect >= 0)
        || !(fail >= 0)
        || periodMillis < 1
        || samplesMax < 1
        || samplesMin < 0
        || samplesMin > samplesMax) {
      throw new IllegalArgumentException(
          "An attenuated signal needs limits of 0 or more, a period and a count of samples.");
    }
  }

  /** The flag of the last of {@code window}; NaN is a missing value. */
  QualityFlag judge(RecentValues window) {
    if (Double.isNaN(window.value(window.size() - 1))) {
      return QualityFlag.MISSING;
    }
    double measured = spread == Spread.RANGE ? range(window) : deviation(window);
    if (Double.isNaN(measured)) {
      return QualityFlag.NOT_EVALUATED;
    }
    if (measured < fail) {
      return QualityFlag.BAD;
    }
    return measured < suspect ? QualityFlag.SUSPECT : QualityFlag.GOOD;
  }

  private double range(RecentValues window) {
    if (window.size() < samplesMin) {
      return Double.NaN;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < window.size(); i++) {
      // NaN stays NaN in both.
      least = Math.min(least, window.value(i));
      most = Math.max(most, window.value(i));
    }
    return most - least;
  }

  private double deviation(RecentValues window) {
    int count = 0;
    double sum = 0;
    for (int i = 0; i < window.size(); i++) {
      if (!Double.isNaN(window.value(i))) {
        count++;
        sum += window.value(i);
      }
    }
    if (count < Math.max(1, samplesMin)) {
      return Double.NaN;
    }
    double squares = 0;
    for (int i = 0; i < window.size(); i++) {
      if (!Double.isNaN(window.value(i))) {
        squares += (window.value(i) - sum / count) * (window.value(i) - sum / count);
      }
    }
    return Math.sqrt(squares / count);
  }
}
