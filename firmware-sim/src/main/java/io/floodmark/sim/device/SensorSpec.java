package io.floodmark.sim.device;

import io.floodmark.sim.street.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * A sensor to simulate, as its owner registered it.
 *
 * @param code user name and topic name
 * @param token password
 * @param kind what it measures
 * @param mountHeightMm from the ground up to the sensor, 1 to 100,000 for kind distance; otherwise
 *     0
 * @param lowPointDeltaMm how much deeper the street's low point lies, 0 to 10,000
 * @param reportInterval time between readings while nothing happens, up to one day
 * @param gateway what it shares its way to the network with, if anything
 * @param position where it stands, if that is known
 */
public record SensorSpec(
    String code,
    String token,
    SensorKind kind,
    int mountHeightMm,
    int lowPointDeltaMm,
    Duration reportInterval,
    Optional<String> gateway,
    Optional<Position> position) {

  /** A sensor with a network of its own. */
  public SensorSpec(
      String code,
      String token,
      SensorKind kind,
      int mountHeightMm,
      int lowPointDeltaMm,
      Duration reportInterval) {
    this(
        code,
        token,
        kind,
        mountHeightMm,
        lowPointDeltaMm,
        reportInterval,
        Optional.empty(),
        Optional.empty());
  }

  public SensorSpec {
    if (!code.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")) {
      throw new IllegalArgumentException(
          "Not a sensor code: \"" + code + "\". Use 1 to 32 letters, digits, _ or -.");
    }
    if (token.isEmpty()) {
      throw new IllegalArgumentException("Sensor " + code + " has no token: add the column token.");
    }
    if (kind == SensorKind.DISTANCE && (mountHeightMm < 1 || mountHeightMm > 100_000)) {
      throw new IllegalArgumentException(
          "Sensor " + code + ": mount_height_mm must be 1 to 100,000, not " + mountHeightMm + ".");
    }
    if (lowPointDeltaMm < 0 || lowPointDeltaMm > 10_000) {
      throw new IllegalArgumentException(
          "Sensor "
              + code
              + ": low_point_delta_mm must be 0 to 10,000, not "
              + lowPointDeltaMm
              + ".");
    }
    if (reportInterval.isNegative()
        || reportInterval.isZero()
        || reportInterval.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "Sensor " + code + ": report_interval_s must be 1 to 86,400, not " + reportInterval);
    }
  }

  /** Without the token: this may be logged. */
  @Override
  public String toString() {
    return code + " (" + kind + ")";
  }
}
