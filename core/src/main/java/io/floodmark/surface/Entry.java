package io.floodmark.surface;

/**
 * How what is seen came above the least depth of water: in one step to a height that then stays, as
 * a thing does that is just low enough not to be a leap, or otherwise.
 *
 * @param fromMm height of the last reading below it
 * @param lowestMm of the readings above it so far
 * @param highestMm of those
 * @param above how many they are, counted up to 2
 * @param flat whether it was one step and has stayed so far
 */
public record Entry(double fromMm, double lowestMm, double highestMm, int above, boolean flat) {
  /** Nothing came above it yet. */
  public static final Entry NONE = new Entry(0, 0, 0, 0, false);

  /** More than water rises in a minute in most floods, and less than a leap. */
  private static final double STEP_MM = 26;

  /** Noise of two readings. */
  private static final double FLAT_MM = 14;

  Entry with(double heightMm, double waterMm, boolean mayBeThing) {
    if (waterMm < SurfaceTrack.WATER_FROM_MM) {
      return new Entry(heightMm, 0, 0, 0, false);
    }
    if (above == 0) {
      boolean step = mayBeThing && heightMm - fromMm > STEP_MM;
      return new Entry(fromMm, heightMm, heightMm, 1, step);
    }
    double low = Math.min(lowestMm, heightMm);
    double high = Math.max(highestMm, heightMm);
    return new Entry(fromMm, low, high, 2, flat && high - low <= FLAT_MM);
  }

  boolean isOfThing() {
    return flat && above >= 2;
  }
}
