package io.floodmark.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.alert.AlertPolicy;
import io.floodmark.quality.QualitySettingsJson;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.DeviceRange;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Readings of one sensor as they come in, a minute apart unless the test says otherwise. */
final class Series {
  private static final int MOUNT_HEIGHT_MM = 2_500;

  private final Sensor sensor;
  private Instant now = Instant.parse("2026-07-21T12:00:00Z");
  private boolean passed = true;
  QualityMemory memory = QualityMemory.NONE;
  Surroundings around = Surroundings.UNKNOWN;
  List<Verdict> onEarlier = List.of();

  Series(Sensor sensor) {
    this.sensor = sensor;
  }

  /** 2.5 m over the ground, 25 mm of noise, 180 mm above the low point, every minute. */
  static Sensor sensor(SensorKind kind) {
    return sensor(kind, OptionalInt.of(MOUNT_HEIGHT_MM));
  }

  static Sensor sensor(SensorKind kind, OptionalInt mountHeightMm) {
    return sensor(kind, mountHeightMm, Duration.ofMinutes(1));
  }

  static Sensor hourly() {
    return sensor(SensorKind.DISTANCE, OptionalInt.of(MOUNT_HEIGHT_MM), Duration.ofHours(1));
  }

  private static Sensor sensor(SensorKind kind, OptionalInt mountHeightMm, Duration interval) {
    return new Sensor(
        1,
        new SensorCode("bvd-03"),
        kind,
        new Calibration(mountHeightMm, 25, 180),
        new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
        interval);
  }

  static Sensor with(Sensor sensor, DeviceRange range, String quality) {
    return new Sensor(
        sensor.id(),
        sensor.code(),
        sensor.kind(),
        sensor.calibration(),
        sensor.alertPolicy(),
        sensor.reportInterval(),
        range,
        QualitySettingsJson.parse(quality));
  }

  static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** When the next reading is taken. */
  Instant now() {
    pass(passed ? Duration.ZERO : Duration.ofMinutes(1));
    return now;
  }

  /** Lets so much time pass before the next reading. */
  void pass(Duration time) {
    now = now.plus(time);
    passed = true;
  }

  Judgement distance(int distanceMm) {
    return next(reading(OptionalInt.of(distanceMm), OptionalInt.empty(), OptionalDouble.empty()));
  }

  Judgement depth(int depthMm) {
    return next(reading(OptionalInt.empty(), OptionalInt.of(depthMm), OptionalDouble.empty()));
  }

  Judgement rain(double rainMm) {
    return next(reading(OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.of(rainMm)));
  }

  Judgement ahead(int distanceMm) {
    ReadingTime time =
        ReadingTime.of(
            OptionalLong.of(now().plus(Duration.ofHours(1)).toEpochMilli()), now(), Instant.MIN);
    return next(
        reading(OptionalInt.of(distanceMm), OptionalInt.empty(), OptionalDouble.empty()), time);
  }

  Judgement alone(int distanceMm) {
    return QualityControl.alone(
        sensor,
        reading(OptionalInt.of(distanceMm), OptionalInt.empty(), OptionalDouble.empty()),
        time());
  }

  Judgement aloneRain() {
    return QualityControl.alone(
        sensor, reading(OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.of(1)), time());
  }

  private Judgement next(Reading reading) {
    return next(reading, time());
  }

  private Judgement next(Reading reading, ReadingTime time) {
    QualityControl.Step step = QualityControl.next(sensor, memory, reading, time, around);
    memory = step.after();
    onEarlier = step.onEarlier();
    passed = false;
    return step.judgement();
  }

  private ReadingTime time() {
    return ReadingTime.of(OptionalLong.of(now().toEpochMilli()), now(), Instant.MIN);
  }

  private static Reading reading(
      OptionalInt distanceMm, OptionalInt depthMm, OptionalDouble rainMm) {
    return new Reading(
        OptionalLong.empty(),
        distanceMm,
        depthMm,
        rainMm,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }
}
