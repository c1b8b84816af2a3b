package io.floodmark.surface;

import java.time.Instant;

/**
 * Where the ground is believed to be. It seems to rise on hot afternoons, as sound is faster in
 * warm air, and to sink when the device settles; both happen slowly, and only so far.
 *
 * @param heightMm over the ground as calibrated, in millimetres
 * @param smoothedMm the last heights near it, smoothed
 * @param seenAt when it was last seen; {@link Instant#MIN} for never
 * @param known how well it is known: three for each reading that saw it, one for each other,
 *     counted up to {@link #KNOWN_FROM}
 */
public record Ground(double heightMm, double smoothedMm, Instant seenAt, int known) {
  /** As calibrated, and not seen yet. */
  public static final Ground AS_CALIBRATED = new Ground(0, 0, Instant.MIN, 0);

  /**
   * From ten readings of it on, what is not the ground can be told from it; after thirty of
   * anything the calibration is taken at its word.
   */
  public static final int KNOWN_FROM = 30;

  private static final int KNOWN_BY_SEEING = 3;

  /** Nearer than this to the ground is the ground, whatever was seen before. */
  private static final double NEAR_MM = 25;

  /** Unseen for so long, it may have moved on behind what hides it. */
  private static final double HIDDEN_MINUTES_MAX = 60;

  private static final double HIDDEN_MINUTES_MIN = 2;
  private static final double LOWEST_MM = -8;
  private static final double SMOOTHING = 0.2;
  private static final double SMOOTHED_STEP_MAX_MM = 30;
  private static final double FALL_MM_PER_MIN = 6;

  /** How fast it may rise, and how far. */
  record Pace(double riseMmPerMin, double highestMm) {
    /**
     * An uncompensated ultrasonic gauge at 2.5 m tuned for 25 °C reads 43 mm short at 35 °C, 85 mm
     * at 45 °C: 3.8 % of its height covers 46 °C.
     */
    private static final double HEAT_SHARE = 0.038;

    private static final double HEAT_MM_PER_MIN = 0.9;
    private static final double DRIFT_MM_PER_MIN = 2;
    private static final double DRIFT_HIGHEST_MM = 150;

    static Pace of(Support support, int mountHeightMm) {
      double heatMm = HEAT_SHARE * mountHeightMm;
      return support == Support.AGAINST
          ? new Pace(DRIFT_MM_PER_MIN, Math.max(heatMm, DRIFT_HIGHEST_MM))
          : new Pace(HEAT_MM_PER_MIN, heatMm);
    }
  }

  boolean isKnown() {
    return known >= KNOWN_FROM;
  }

  boolean isNear(double seenMm, Instant at, Pace pace) {
    double hidden =
        seenAt.equals(Instant.MIN)
            ? 0
            : Math.min(
                HIDDEN_MINUTES_MAX, Math.max(0, Minutes.between(seenAt, at) - HIDDEN_MINUTES_MIN));
    return Math.abs(seenMm - heightMm) <= NEAR_MM + pace.riseMmPerMin() * hidden;
  }

  /** The ground after it was seen at that height. */
  Ground seen(double seenMm, Instant at, Pace pace) {
    double minutes = seenAt.equals(Instant.MIN) ? 1 : Minutes.step(seenAt, at);
    double step = SMOOTHING * clamp(seenMm - smoothedMm, SMOOTHED_STEP_MAX_MM);
    double smoothed = smoothedMm + step;
    double way = smoothed - heightMm;
    double moved =
        way > 0
            ? Math.min(way, pace.riseMmPerMin() * minutes)
            : Math.max(way, -FALL_MM_PER_MIN * minutes);
    double height = Math.max(LOWEST_MM, Math.min(pace.highestMm(), heightMm + moved));
    return new Ground(
        Minutes.rounded(height),
        Minutes.rounded(smoothed),
        at,
        Math.min(KNOWN_FROM, known + KNOWN_BY_SEEING));
  }

  /** The ground after a reading that saw something else. */
  Ground unseen() {
    return isKnown() ? this : new Ground(heightMm, smoothedMm, seenAt, known + 1);
  }

  /**
   * Whether what stays at that height is the ground itself: lower than where it was believed, as
   * after a thing that stood long was taken for it, and not lower than a street can be.
   */
  boolean isFoundAt(double seenMm) {
    return seenMm < heightMm - NEAR_MM && seenMm > LOWEST_MM - NEAR_MM;
  }

  /** The ground where it was found to be. */
  Ground found(double seenMm, Instant at) {
    double height = Minutes.rounded(Math.max(LOWEST_MM, seenMm));
    return new Ground(height, height, at, known);
  }

  private static double clamp(double value, double limit) {
    return Math.max(-limit, Math.min(limit, value));
  }
}
