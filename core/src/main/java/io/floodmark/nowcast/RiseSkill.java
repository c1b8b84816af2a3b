package io.floodmark.nowcast;

/**
 * How good what is told of rising water was where the truth is known. It stands beside what is told
 * wherever that stands.
 *
 * @param rightShare of the warnings, those that came true within a quarter of an hour
 * @param foretoldShare of the levels that were reached while the sensor saw the water come, those
 *     that were told before
 * @param inRangeShare of the times that came true, those within the range
 */
public record RiseSkill(double rightShare, double foretoldShare, double inRangeShare) {
  /**
   * Of {@code bench/run nowcast} on the simulated streets of seeds 101 to 110: docs/nowcast.md.
   * Real streets were less kind to the same forecast.
   */
  public static final RiseSkill MEASURED = new RiseSkill(0.49, 0.48, 0.8);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a share is none
   */
  public RiseSkill {
    for (double share : new double[] {rightShare, foretoldShare, inRangeShare}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("Shares are 0 to 1: " + share);
      }
    }
  }
}
