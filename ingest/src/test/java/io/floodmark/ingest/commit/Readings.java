package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.reading.Reading;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Sensors, readings and messages for tests. */
final class Readings {
  static final Instant NOON = Instant.parse("2026-07-21T12:00:00Z");
  static final int SENSOR_ID = 7;
  static final int MOUNT_HEIGHT_MM = 2_000;

  private Readings() {}

  /** A sensor before its first reading; 2 m over the ground, 25 mm of noise, every minute. */
  static Gauge gauge(SensorKind kind) {
    Calibration calibration =
        new Calibration(
            kind == SensorKind.DISTANCE ? OptionalInt.of(MOUNT_HEIGHT_MM) : OptionalInt.empty(),
            25,
            0);
    Sensor sensor =
        new Sensor(
            SENSOR_ID,
            new SensorCode("bvd-03"),
            kind,
            calibration,
            new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
            Duration.ofMinutes(1));
    return new Gauge(sensor, SensorState.unseen(SENSOR_ID, 0));
  }

  static Reading depth(int depthMm, Instant at) {
    return distance(OptionalLong.of(at.toEpochMilli()), MOUNT_HEIGHT_MM - depthMm);
  }

  static Reading depthWithoutTime(int depthMm, OptionalLong seq) {
    return reading(
        OptionalLong.empty(),
        OptionalInt.of(MOUNT_HEIGHT_MM - depthMm),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        seq);
  }

  static Reading distance(OptionalLong ts, int distanceMm) {
    return reading(
        ts,
        OptionalInt.of(distanceMm),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  static Reading rain(double rainMm, Instant at) {
    return reading(
        OptionalLong.of(at.toEpochMilli()),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.of(rainMm),
        OptionalLong.empty());
  }

  static Reading reading(
      OptionalLong ts,
      OptionalInt distanceMm,
      OptionalInt depthMm,
      OptionalDouble rainMm,
      OptionalLong seq) {
    return new Reading(
        ts,
        distanceMm,
        depthMm,
        rainMm,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        seq);
  }

  static Pending pending(Instant arrivedAt, boolean repeated, Reading... readings) {
    return Pending.of(submission(arrivedAt, repeated, () -> {}, readings));
  }

  static Submission submission(
      Instant arrivedAt, boolean repeated, Submission.Settlement settlement, Reading... readings) {
    return new Submission(
        SENSOR_ID,
        "sensors/bvd-03/readings",
        repeated,
        arrivedAt,
        100,
        Arrays.asList(readings),
        List.of(),
        Optional.empty(),
        settlement);
  }
}
