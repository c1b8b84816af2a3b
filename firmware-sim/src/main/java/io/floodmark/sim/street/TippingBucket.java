package io.floodmark.sim.street;

/** A tipping bucket: what has not tipped yet counts for the reading after. Not thread-safe. */
final class TippingBucket {
  /** A reading of 0.2 mm is one tip, as of most gauges. */
  private static final int TIPS_A_MM = 5;

  private long tipped;

  /**
   * What has tipped since it was asked last, mm.
   *
   * @param fallenMm all rain until now
   */
  double countMm(double fallenMm) {
    // A sum of many shares of storms must not miss its last tip by a rounding.
    long tips = (long) Math.floor(fallenMm * TIPS_A_MM + 1e-9);
    long fresh = Math.max(0, tips - tipped);
    tipped += fresh;
    return fresh / (double) TIPS_A_MM;
  }
}
