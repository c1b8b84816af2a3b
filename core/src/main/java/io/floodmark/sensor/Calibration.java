package io.floodmark.sensor;

import java.util.OptionalInt;

/**
 * From a distance to a depth, and from the depth at the sensor to the depth at the street's lowest
 * point nearby. Pure.
 *
 * @param mountHeightMm height of the sensor over the ground below it, 1 mm or more; empty where the
 *     sensor reports depth itself
 * @param noiseFloorMm a depth that differs from zero by less than this is zero, 0 or more; an
 *     ultrasonic gauge is good to about 1 % of its range
 * @param lowPointDeltaMm how much deeper the street's lowest point nearby lies, 0 or more
 */
public record Calibration(OptionalInt mountHeightMm, int noiseFloorMm, int lowPointDeltaMm) {
  /**
   * Least depth at the sensor from which the depth at the low point is known. Below it the low
   * point holds an unknown 0 to {@link #lowPointDeltaMm()}.
   */
  public static final int LOW_POINT_KNOWN_FROM_MM = 30;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Calibration {
    if (mountHeightMm.isPresent() && mountHeightMm.getAsInt() < 1) {
      throw new IllegalArgumentException("mountHeightMm must be at least 1: " + mountHeightMm);
    }
    if (noiseFloorMm < 0 || lowPointDeltaMm < 0) {
      throw new IllegalArgumentException(
          "noiseFloorMm and lowPointDeltaMm must not be negative: "
              + noiseFloorMm
              + ", "
              + lowPointDeltaMm);
    }
  }

  /**
   * Depth of water over the ground under the sensor, in millimetres; negative where the surface
   * seems to lie below the ground. Empty without a mount height, or where the difference does not
   * fit an {@code int}.
   */
  public OptionalInt depthOfDistance(int distanceMm) {
    if (mountHeightMm.isEmpty()) {
      return OptionalInt.empty();
    }
    long depth = (long) mountHeightMm.getAsInt() - distanceMm;
    return depth == (int) depth ? OptionalInt.of(withoutNoise((int) depth)) : OptionalInt.empty();
  }

  /** {@code depthMm}, or zero where it differs from zero by less than the noise floor. */
  public int withoutNoise(int depthMm) {
    return Math.abs((long) depthMm) < noiseFloorMm ? 0 : depthMm;
  }

  /** Depth at the low point in millimetres; empty below {@link #LOW_POINT_KNOWN_FROM_MM}. */
  public OptionalInt lowPointDepth(int depthMm) {
    long lowPoint = (long) depthMm + lowPointDeltaMm;
    return depthMm < LOW_POINT_KNOWN_FROM_MM || lowPoint > Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of((int) lowPoint);
  }

  /** Least depth at the low point that is ever known, in millimetres. */
  public int lowPointKnownFromMm() {
    return LOW_POINT_KNOWN_FROM_MM + lowPointDeltaMm;
  }
}
