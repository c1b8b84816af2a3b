package io.floodmark.quality;

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
  QualityFlag judge(double[] window) {
    if (Double.isNaN(window[window.length - 1])) {
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

  private double range(double[] window) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : window) {
      // NaN stays NaN in both.
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return window.length < samplesMin ? Double.NaN : most - least;
  }

  private double deviation(double[] window) {
    int count = 0;
    double sum = 0;
    for (double value : window) {
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
      }
    }
    if (count < Math.max(1, samplesMin)) {
      return Double.NaN;
    }
    double squares = 0;
    for (double value : window) {
      if (!Double.isNaN(value)) {
        squares += (value - sum / count) * (value - sum / count);
      }
    }
    return Math.sqrt(squares / count);
  }
}
