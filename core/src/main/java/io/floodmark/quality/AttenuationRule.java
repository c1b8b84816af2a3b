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

  /**
   * The flag of a value; NaN is a missing one.
   *
   * @param before the values before it
   * @param first the first of those that are in the window which ends with the value
   */
  QualityFlag judge(RecentValues before, int first, double value) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    double measured =
        spread == Spread.RANGE ? range(before, first, value) : deviation(before, first, value);
    if (Double.isNaN(measured)) {
      return QualityFlag.NOT_EVALUATED;
    }
    if (measured < fail) {
      return QualityFlag.BAD;
    }
    return measured < suspect ? QualityFlag.SUSPECT : QualityFlag.GOOD;
  }

  private double range(RecentValues before, int first, double value) {
    if (before.size() - first + 1 < samplesMin) {
      return Double.NaN;
    }
    double least = value;
    double most = value;
    for (int i = first; i < before.size(); i++) {
      // NaN stays NaN in both.
      least = Math.min(least, before.value(i));
      most = Math.max(most, before.value(i));
    }
    return most - least;
  }

  private double deviation(RecentValues before, int first, double value) {
    int count = 1;
    double sum = value;
    for (int i = first; i < before.size(); i++) {
      if (!Double.isNaN(before.value(i))) {
        count++;
        sum += before.value(i);
      }
    }
    if (count < samplesMin) {
      return Double.NaN;
    }
    double squares = (value - sum / count) * (value - sum / count);
    for (int i = first; i < before.size(); i++) {
      if (!Double.isNaN(before.value(i))) {
        squares += (before.value(i) - sum / count) * (before.value(i) - sum / count);
      }
    }
    return Math.sqrt(squares / count);
  }
}
