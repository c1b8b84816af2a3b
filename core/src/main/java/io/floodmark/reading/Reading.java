package io.floodmark.reading;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One reading as the sensor sent it, in whichever format. Every value is as the sensor said it,
 * however odd; only what is absent is empty.
 *
 * @param deviceTsMillis the sensor's own time, milliseconds since 1970-01-01 UTC
 * @param distanceMm distance down to the surface
 * @param depthMm depth of water, computed by the sensor
 * @param rainMm rain since the last reading
 * @param batteryMv battery voltage in millivolts
 * @param rssiDbm signal strength in dBm, −32,768 to 32,767
 * @param temperatureC air beside the sensor, °C
 * @param housingC inside of the sensor, °C
 * @param seq running number given by the sensor, 0 or more
 */
public record Reading(
    OptionalLong deviceTsMillis,
    OptionalInt distanceMm,
    OptionalInt depthMm,
    OptionalDouble rainMm,
    OptionalInt batteryMv,
    OptionalInt rssiDbm,
    OptionalDouble temperatureC,
    OptionalDouble housingC,
    OptionalLong seq) {

  /**
   * Checks that there is something measured.
   *
   * @throws IllegalArgumentException without distance, depth and rain
   */
  public Reading {
    if (distanceMm.isEmpty() && depthMm.isEmpty() && rainMm.isEmpty()) {
      throw new IllegalArgumentException("A reading needs a distance, a depth or rain.");
    }
  }
}
