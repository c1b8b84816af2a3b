package io.floodmark.bench.load;

/**
 * Water in a street, as a sensor above it measures: it comes and goes in half an hour, at each
 * sensor at another time, with a millimetre or two of scatter from second to second. It is at most
 * 140 mm deep, so that alerts begin and end now and then and quality tests have their normal work.
 * Pure.
 */
final class StreetWater {
  /** Height of every sensor of the bench over the ground, mm. */
  static final int MOUNT_HEIGHT_MM = 3_000;

  private static final double PERIOD_MILLIS = 30 * 60 * 1_000;
  private static final double SWING_MM = 200;
  private static final double DRY_BELOW_MM = 60;
  private static final long SCATTER_MILLIS = 1_000;
  private static final int SCATTER_MM = 2;

  /** Sensors after which phases repeat. */
  private static final int PHASES = 97;

  private StreetWater() {}

  /** What the sensor of that number measures down to the surface at that time, mm. */
  static int distanceMm(int sensor, long atMillis) {
    double turn = atMillis / PERIOD_MILLIS + (double) (sensor % PHASES) / PHASES;
    double depth = Math.max(0, SWING_MM * Math.sin(2 * Math.PI * turn) - DRY_BELOW_MM);
    long mixed = (atMillis / SCATTER_MILLIS * 31 + sensor) * 0x9E3779B97F4A7C15L;
    int scatter = Math.floorMod(mixed >>> 32, 2 * SCATTER_MM + 1) - SCATTER_MM;
    return MOUNT_HEIGHT_MM - (int) Math.round(depth) + scatter;
  }
}
