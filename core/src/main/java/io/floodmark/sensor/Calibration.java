package io.floodmark.sensor;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * From a distance to a depth, and from the depth at the sensor to the depth at the street's lowest
 * point nearby. Pure.
 *
 * @param mountHeightMm height of the sensor over the ground below it, 1 mm or more; empty where the
 *     sensor reports depth itself
 * @param offsetMm what quiet nights show the ground to lie further away than the mount height says;
 *     negative for nearer
 * @param temperatureCompensated whether the device allows for the temperature of the air itself
 * @param noiseFloorMm a depth that differs from zero by less than this is zero, 0 or more; an
 *     ultrasonic gauge is good to about 1 % of its range
 * @param lowPointDeltaMm how much deeper the street's lowest point nearby lies, 0 or more
 */
public record Calibration(
    OptionalInt mountHeightMm,
    int offsetMm,
    boolean temperatureCompensated,
    int noiseFloorMm,
    int lowPointDeltaMm) {

  /**
   * Least depth at the sensor from which the depth at the low point is known. Below it the low
   * point holds an unknown 0 to {@link #lowPointDeltaMm()}.
   */
  public static final int LOW_POINT_KNOWN_FROM_MM = 30;

  // Speed of sound in m/s at 0 °C and what a degree adds; devices that know no better reckon with
  // that of 25 °C, and so read 43 mm short of 2.5 m at 35 °C.
  private static final double SOUND_AT_ZERO = 331.3;
  private static final double SOUND_PER_DEGREE = 0.606;
  private static final double TUNED_FOR_C = 25;

  /** Other temperatures are faults of the thermometer. */
  private static final double AIR_FROM_C = -20;

  private static final double AIR_TO_C = 60;

  /** The same of a device that compensates for temperature itself, not moved by an offset. */
  public Calibration(OptionalInt mountHeightMm, int noiseFloorMm, int lowPointDeltaMm) {
    this(mountHeightMm, 0, true, noiseFloorMm, lowPointDeltaMm);
  }

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
   * What the device would have measured had it known the temperature of the air.
   *
   * @param temperatureC of the air beside the sensor; without one, and of a device that compensates
   *     itself, the distance stays
   */
  public double compensated(int distanceMm, OptionalDouble temperatureC) {
    if (temperatureCompensated
        || temperatureC.isEmpty()
        || !(temperatureC.getAsDouble() >= AIR_FROM_C && temperatureC.getAsDouble() <= AIR_TO_C)) {
      return distanceMm;
    }
    double sound = SOUND_AT_ZERO + SOUND_PER_DEGREE * temperatureC.getAsDouble();
    return distanceMm * sound / (SOUND_AT_ZERO + SOUND_PER_DEGREE * TUNED_FOR_C);
  }

  /**
   * Height of the surface over the ground under the sensor, in millimetres; negative where it seems
   * to lie below. Empty without a mount height, or where it does not fit an {@code int}.
   *
   * @param temperatureC of the air beside the sensor
   */
  public OptionalInt surfaceOfDistance(int distanceMm, OptionalDouble temperatureC) {
    if (mountHeightMm.isEmpty()) {
      return OptionalInt.empty();
    }
    long surface =
        (long) mountHeightMm.getAsInt()
            + offsetMm
            - Math.round(compensated(distanceMm, temperatureC));
    return surface == (int) surface ? OptionalInt.of((int) surface) : OptionalInt.empty();
  }

  /**
   * Depth of water over the ground under the sensor, in millimetres: the height of the surface
   * without what may be noise.
   */
  public OptionalInt depthOfDistance(int distanceMm, OptionalDouble temperatureC) {
    OptionalInt surface = surfaceOfDistance(distanceMm, temperatureC);
    return surface.isPresent()
        ? OptionalInt.of(withoutNoise(surface.getAsInt()))
        : OptionalInt.empty();
  }

  /** The same for a temperature that nobody knows. */
  public OptionalInt depthOfDistance(int distanceMm) {
    return depthOfDistance(distanceMm, OptionalDouble.empty());
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
