package io.floodmark.sim.reading;

import java.util.Arrays;
import java.util.Optional;

/**
 * A field of a JSON reading, in the order in which the simulator writes them; see
 * docs/wire-format.md.
 */
public enum Field {
  /** Time of the measurement, epoch milliseconds. */
  TS("ts", true, 0, 253_402_300_799_999L),
  /** Measured down to the surface, mm. */
  DISTANCE_MM("distance_mm", true, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** Water over the ground under the sensor, mm. */
  DEPTH_MM("depth_mm", true, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** Rain since the last reading, mm. */
  RAIN_MM("rain_mm", false, 0, Float.MAX_VALUE),
  BATTERY_MV("battery_mv", true, 0, 100_000),
  RSSI_DBM("rssi_dbm", true, Short.MIN_VALUE, Short.MAX_VALUE),
  /** Of the air beside the sensor. */
  TEMPERATURE_C("temperature_c", false, -1000, 1000),
  /** Inside the sensor. */
  HOUSING_C("housing_c", false, -1000, 1000),
  SEQ("seq", true, 0, Long.MAX_VALUE);

  private final String key;
  private final boolean whole;
  private final double lowest;
  private final double highest;

  Field(String key, boolean whole, double lowest, double highest) {
    this.key = key;
    this.whole = whole;
    this.lowest = lowest;
    this.highest = highest;
  }

  /** Its name in the JSON object. */
  public String key() {
    return key;
  }

  /** Whether it is sent as a whole number. */
  public boolean isWhole() {
    return whole;
  }

  /** Whether one of these must be in a reading. */
  public boolean isMeasurement() {
    return this == DISTANCE_MM || this == DEPTH_MM || this == RAIN_MM;
  }

  boolean admits(double value) {
    return value >= lowest && value <= highest;
  }

  /** The field of that JSON name. */
  public static Optional<Field> findByKey(String key) {
    return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
  }
}
