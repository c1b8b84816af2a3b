package io.floodmark.quality;

/**
 * What a spike is (QARTOD water level, test 6).
 *
 * @param method how far a value sticks out of its neighbours
 * @param suspect beyond this it is suspect; 0 for never
 * @param fail beyond this it fails; 0 for never
 */
public record SpikeRule(Method method, double suspect, double fail) {
  /** How far a value sticks out of its neighbours. */
  public enum Method {
    /** By its distance from their mean. A step up is half of one, so this sees fast rises too. */
    AVERAGE,
    /** By the smaller of the steps to and from it; only if they go opposite ways. */
    DIFFERENTIAL
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is negative
   */
  public SpikeRule {
    if (!(suspect >= 0) || !(fail >= 0)) {
      throw new IllegalArgumentException(
          "Spike limits must be 0 or more: " + suspect + ", " + fail);
    }
  }

  /** The flag of {@code value}, which stands between two others; NaN is a missing one. */
  QualityFlag judge(double before, double value, double after) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    double out =
        method == Method.AVERAGE
            ? Math.abs(value - (before + after) / 2)
            : differential(value - before, after - value);
    if (Double.isNaN(out)) {
      return QualityFlag.NOT_EVALUATED;
    }
    // The reference takes a limit of 0 for none.
    if (fail > 0 && out > fail) {
      return QualityFlag.BAD;
    }
    return suspect > 0 && out > suspect ? QualityFlag.SUSPECT : QualityFlag.GOOD;
  }

  private static double differential(double to, double from) {
    return to * from >= 0 ? 0 : Math.min(Math.abs(to), Math.abs(from));
  }
}
