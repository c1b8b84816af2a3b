package io.floodmark.api.sensors.register;

import io.floodmark.alert.SensorWatch;
import io.floodmark.sensor.DeviceRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a sensor measures, and by what limits its readings are judged.
 *
 * @param temperatureCompensated whether the device allows for the temperature of the air itself
 * @param range what distances it can measure
 * @param quality limits that differ from the defaults, as JSON; empty for none
 * @param neighbours codes of the sensors whose water speaks for water here; empty for all within
 *     500 m
 * @param watch from which on a battery is low, and a rise is fast
 */
public record Measuring(
    boolean temperatureCompensated,
    DeviceRange range,
    Optional<String> quality,
    Optional<List<String>> neighbours,
    SensorWatch.Limits watch) {
  /** As many may be listed. */
  public static final int NEIGHBOURS_MOST = 50;

  /** At so many millivolts a battery can be called low. */
  public static final int BATTERY_LEAST_MV = 500;

  /** And at no more than these. */
  public static final int BATTERY_MOST_MV = 100_000;

  /** A rise of so many millimetres a minute, at most, can be called fast; 1 is the least. */
  public static final int RISE_MOST_MM_PER_MIN = 1_000;

  /** What is watched of a sensor of which nobody says otherwise; the columns' defaults. */
  public static final SensorWatch.Limits WATCH_DEFAULT =
      new SensorWatch.Limits(OptionalInt.of(10), OptionalInt.of(3_300));

  /** Copies the list. */
  public Measuring {
    neighbours = neighbours.map(List::copyOf);
  }
}
