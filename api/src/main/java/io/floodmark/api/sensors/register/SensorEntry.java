package io.floodmark.api.sensors.register;

import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A sensor as its owner describes it. The ranges are those of table {@code sensor}.
 *
 * @param code name on the wire
 * @param name name for people
 * @param kind what it measures
 * @param lon longitude, degrees, WGS 84
 * @param lat latitude, degrees, WGS 84
 * @param mountHeightMm height over the ground, 1 to 100,000 mm; always there for kind distance
 * @param lowPointDeltaMm how much deeper the street's low point lies, 0 to 10,000 mm
 * @param reportIntervalS expected time between two readings while dry, 1 to 86,400 s
 * @param gateway over which it reports
 * @param zone the part of the ward in which it stands
 * @param street on which it stands
 */
public record SensorEntry(
    SensorCode code,
    String name,
    SensorKind kind,
    double lon,
    double lat,
    OptionalInt mountHeightMm,
    int lowPointDeltaMm,
    int reportIntervalS,
    Optional<String> gateway,
    Optional<String> zone,
    Optional<String> street) {
  static final int MOUNT_HEIGHT_MAX_MM = 100_000;
  static final int LOW_POINT_DELTA_MAX_MM = 10_000;
  static final int REPORT_INTERVAL_MAX_S = 86_400;
  static final int REPORT_INTERVAL_DEFAULT_S = 60;

  /**
   * Checks that a sensor of kind distance knows how high it hangs.
   *
   * @throws IllegalArgumentException if it does not
   */
  public SensorEntry {
    if (kind == SensorKind.DISTANCE && mountHeightMm.isEmpty()) {
      throw new IllegalArgumentException("A sensor of kind distance needs a mount height.");
    }
  }
}
