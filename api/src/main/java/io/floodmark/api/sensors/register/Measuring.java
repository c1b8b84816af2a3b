package io.floodmark.api.sensors.register;

import io.floodmark.sensor.DeviceRange;
import java.util.List;
import java.util.Optional;

/**
 * How a sensor measures, and by what limits its readings are judged.
 *
 * @param temperatureCompensated whether the device allows for the temperature of the air itself
 * @param range what distances it can measure
 * @param quality limits that differ from the defaults, as JSON; empty for none
 * @param neighbours codes of the sensors whose water speaks for water here; empty for all within
 *     500 m
 */
public record Measuring(
    boolean temperatureCompensated,
    DeviceRange range,
    Optional<String> quality,
    Optional<List<String>> neighbours) {
  /** Copies the list. */
  public Measuring {
    neighbours = neighbours.map(List::copyOf);
  }
}
