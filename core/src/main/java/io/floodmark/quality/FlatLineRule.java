package io.floodmark.quality;

/**
 * When a series counts as flat (QARTOD water level, test 8), in samples.
 *
 * @param suspectCount a value is suspect if it and this many before it stay within the tolerance
 * @param failCount with this many before it, it fails; {@link Integer#MAX_VALUE} for never
 * @param tolerance largest less smallest value must be below this; 0 flags nothing
 */
public record FlatLineRule(int suspectCount, int failCount, double tolerance) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public FlatLineRule {
    if (suspectCount < 0 || failCount < 0 || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "Counts and tolerance must be 0 or more: "
              + suspectCount
              + ", "
              + failCount
              + ", "
              + tolerance);
    }
  }

  /**
   * The rule for a series of that interval, as the reference counts.
   *
   * @param suspectSeconds time after which a flat line is suspect
   * @param failSeconds time after which it fails
   * @param intervalSeconds time between two samples, 1 or more
   */
  public static FlatLineRule ofTimes(
      int suspectSeconds, int failSeconds, double tolerance, long intervalSeconds) {
    return new FlatLineRule(
        (int) (suspectSeconds / intervalSeconds), (int) (failSeconds / intervalSeconds), tolerance);
  }

  /** The flag of the value before which {@code flatBefore} samples are as flat as it. */
  QualityFlag judge(long flatBefore) {
    if (flatBefore >= failCount) {
      return QualityFlag.BAD;
    }
    return flatBefore >= suspectCount ? QualityFlag.SUSPECT : QualityFlag.GOOD;
  }
}
