package io.floodmark.sensor;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.quality.QualitySettings;
import java.time.Duration;

/**
 * What has to be known of a sensor to judge its readings.
 *
 * @param id the database's key
 * @param code name on the wire
 * @param kind what it measures
 * @param calibration from distance to depth
 * @param alertPolicy thresholds and delays
 * @param reportInterval expected time between two readings while dry, one second or more
 * @param range what the device can measure
 * @param quality by what limits its readings are judged
 */
public record Sensor(
    int id,
    SensorCode code,
    SensorKind kind,
    Calibration calibration,
    AlertPolicy alertPolicy,
    Duration reportInterval,
    DeviceRange range,
    QualitySettings quality) {

  private static final Duration LATE_AT_LEAST = Duration.ofMinutes(15);
  private static final long LATE_INTERVALS = 3;

  /** A sensor of unknown range, judged by the default limits. */
  public Sensor(
      int id,
      SensorCode code,
      SensorKind kind,
      Calibration calibration,
      AlertPolicy alertPolicy,
      Duration reportInterval) {
    this(
        id,
        code,
        kind,
        calibration,
        alertPolicy,
        reportInterval,
        DeviceRange.UNKNOWN,
        QualitySettings.DEFAULT);
  }

  /**
   * Checks the interval.
   *
   * @throws IllegalArgumentException if {@code reportInterval} is shorter than a second
   */
  public Sensor {
    if (reportInterval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("reportInterval must be at least 1 s: " + reportInterval);
    }
  }

  /**
   * Age beyond which a reading is backfill on arrival: the longer of three report intervals and 15
   * minutes.
   */
  public Duration backfillAge() {
    // Asked of each reading, and Duration.multipliedBy goes by way of BigDecimal.
    Duration intervals =
        Duration.ofSeconds(
            LATE_INTERVALS * reportInterval.getSeconds(),
            LATE_INTERVALS * reportInterval.getNano());
    return intervals.compareTo(LATE_AT_LEAST) > 0 ? intervals : LATE_AT_LEAST;
  }
}
