package io.floodmark.sensor;

import java.util.OptionalInt;

/**
 * What distances a device can measure, as its data sheet says.
 *
 * @param minMm the least; empty where unknown
 * @param maxMm the most; empty where unknown
 */
public record DeviceRange(OptionalInt minMm, OptionalInt maxMm) {
  /** Nobody has said. */
  public static final DeviceRange UNKNOWN =
      new DeviceRange(OptionalInt.empty(), OptionalInt.empty());

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the least is negative, or not less than the most
   */
  public DeviceRange {
    if (minMm.orElse(0) < 0 || minMm.orElse(0) >= maxMm.orElse(Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "A device's range begins at 0 mm or more and ends beyond that: " + minMm + ", " + maxMm);
    }
  }

  /** Whether the device can measure it, as far as is known. */
  public boolean contains(int distanceMm) {
    return distanceMm >= minMm.orElse(Integer.MIN_VALUE)
        && distanceMm <= maxMm.orElse(Integer.MAX_VALUE);
  }
}
