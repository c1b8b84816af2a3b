package io.floodmark.nowcast;

/**
 * A rise that slackens: after k minutes the water rises by φ^k of the slope it has now, φ =
 * e^(−1/15). Of the forms tried on 551 rain events it alone had skill for the reaching of a level,
 * up to a quarter of an hour ahead; in RMSE it loses to "stays as it is" at every lead. Pure.
 */
public final class DampedRise {
  /** Farther ahead level alone tells nothing. */
  public static final int LEAD_MAX_MINUTES = 15;

  private static final double DAMPING_MINUTES = 15;
  private static final double PHI = Math.exp(-1 / DAMPING_MINUTES);

  private DampedRise() {}

  /** Σ φ^k for k from 1 to {@code minutes}, which need not be whole: 7.06 of 10, 9.17 of 15. */
  public static double sum(double minutes) {
    return PHI * (1 - Math.exp(-minutes / DAMPING_MINUTES)) / (1 - PHI);
  }

  /**
   * The depth so many minutes ahead.
   *
   * @param depthMm now
   * @param mmPerMin slope now; one below zero counts as none
   * @param minutes 0 or more
   */
  public static double depthMm(double depthMm, double mmPerMin, double minutes) {
    return depthMm + Math.max(0, mmPerMin) * sum(minutes);
  }

  /** Minutes until it has risen by {@code gapMm}, more than 0; infinite where it never does. */
  public static double minutesTo(double gapMm, double mmPerMin) {
    if (gapMm <= 0) {
      return 0;
    }
    double most = PHI / (1 - PHI) * Math.max(0, mmPerMin);
    return gapMm >= most ? Double.POSITIVE_INFINITY : -DAMPING_MINUTES * Math.log(1 - gapMm / most);
  }
}
