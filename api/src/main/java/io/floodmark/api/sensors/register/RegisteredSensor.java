package io.floodmark.api.sensors.register;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.sensor.Calibration;
import java.time.Instant;
import java.util.Optional;

/**
 * A sensor of the register.
 *
 * @param entry what its owner says of it
 * @param alertPolicy thresholds and delays
 * @param lastArrival when it was last heard of
 * @param retired whether it is out of service for good
 */
public record RegisteredSensor(
    SensorEntry entry, AlertPolicy alertPolicy, Optional<Instant> lastArrival, boolean retired) {
  private static final String[] LEVELS = {"dry", "attention", "warning", "danger", "severe"};

  /**
   * The lowest level that it can see, with the reason if it is blind for lower ones: the depth at
   * the street's low point is known only from 30 mm of water under the sensor.
   */
  public String lowestVisibleLevel() {
    int knownFromMm =
        new Calibration(entry.mountHeightMm(), 0, entry.lowPointDeltaMm()).lowPointKnownFromMm();
    int level = alertPolicy.lowestVisibleLevel(knownFromMm);
    String text = level + " " + LEVELS[level];
    return level == 1
        ? text
        : "%s (%d mm of water under it is already %d mm at the street's low point)"
            .formatted(text, Calibration.LOW_POINT_KNOWN_FROM_MM, knownFromMm);
  }
}
