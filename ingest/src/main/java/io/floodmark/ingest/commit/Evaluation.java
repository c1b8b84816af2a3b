package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertSample;
import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.QualityControl;
import io.floodmark.judging.QualityControl.Judgement;
import io.floodmark.quality.QualityReason;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.reading.Trend;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one reading comes to: the row that is stored, where its sensor stands after it, and what
 * that did to the alert. Pure.
 *
 * <p>A reading that is backfill (older on arrival than the sensor's {@link Sensor#backfillAge()},
 * or not newer than the last one evaluated) is judged and stored like any other and shows that the
 * sensor lives; it changes neither the newest reading nor trend nor alert.
 *
 * <p>A good measurement under a clock that runs ahead counts for level, trend and alert: its time
 * is then its arrival, which is ours, so only the flag of its row suffers.
 *
 * @param row what is stored
 * @param gauge the sensor after the reading
 * @param transitions of the alert, in order
 */
record Evaluation(ReadingRow row, Gauge gauge, List<AlertTransition> transitions) {

  /**
   * Evaluates a reading that is new.
   *
   * @param gauge the sensor before the reading
   * @param reading what was sent
   * @param time when it counts as observed
   * @param arrivedAt server time of arrival, whole milliseconds
   */
  static Evaluation of(Gauge gauge, Reading reading, ReadingTime time, Instant arrivedAt) {
    Sensor sensor = gauge.sensor();
    SensorState before = gauge.state();
    Judgement judgement = QualityControl.judge(sensor, reading);
    boolean backfill = isBackfill(gauge, time, arrivedAt);
    ReadingRow row =
        new ReadingRow(
            sensor.id(),
            time.observedAt(),
            arrivedAt,
            reading,
            judgement.depthMm(),
            judgement.lowPointDepthMm(),
            reasons(judgement, time),
            backfill,
            time.stampedOnArrival());

    Instant lastArrivalAt = later(before.lastArrivalAt(), arrivedAt);
    Instant lastStampAt = time.stampedOnArrival() ? time.observedAt() : before.lastStampAt();
    Optional<SensorState.Latest> latest = before.latest();
    Trend trend = before.trend();
    AlertState.Step step = new AlertState.Step(before.alert(), List.of());
    if (!backfill) {
      boolean water = measuresWater(sensor, judgement);
      OptionalInt level = water ? levelOf(sensor, row.lowPointDepthMm()) : OptionalInt.empty();
      latest = Optional.of(latestOf(row, time, level));
      if (water) {
        trend = trend.with(time.evaluatedAt(), judgement.depthMm().getAsInt());
        AlertSample sample =
            new AlertSample(time.evaluatedAt(), arrivedAt, judgement.lowPointDepthMm());
        step = before.alert().next(sensor.alertPolicy(), sample);
      }
    }
    SensorState after =
        new SensorState(
            sensor.id(), before.version(), lastArrivalAt, lastStampAt, latest, trend, step.state());
    return new Evaluation(row, gauge.with(after), step.transitions());
  }

  private static boolean isBackfill(Gauge gauge, ReadingTime time, Instant arrivedAt) {
    Duration age = Duration.between(time.evaluatedAt(), arrivedAt);
    Optional<SensorState.Latest> latest = gauge.state().latest();
    return age.compareTo(gauge.sensor().backfillAge()) > 0
        || (latest.isPresent() && !time.evaluatedAt().isAfter(latest.get().evaluatedAt()));
  }

  private static Set<QualityReason> reasons(Judgement judgement, ReadingTime time) {
    Set<QualityReason> reasons = EnumSet.noneOf(QualityReason.class);
    reasons.addAll(judgement.reasons());
    if (time.clockAhead()) {
      reasons.add(QualityReason.CLOCK);
    }
    return reasons;
  }

  private static SensorState.Latest latestOf(ReadingRow row, ReadingTime time, OptionalInt level) {
    Reading reading = row.reading();
    return new SensorState.Latest(
        time.evaluatedAt(),
        row.receivedAt(),
        row.observedAt(),
        reading.distanceMm(),
        row.depthMm(),
        row.lowPointDepthMm(),
        reading.rainMm(),
        QualityControl.flagOf(row.reasons()).code(),
        reading.batteryMv(),
        reading.rssiDbm(),
        reading.temperatureC(),
        level);
  }

  private static OptionalInt levelOf(Sensor sensor, OptionalInt lowPointDepthMm) {
    return OptionalInt.of(
        lowPointDepthMm.isPresent() ? sensor.alertPolicy().levelOf(lowPointDepthMm.getAsInt()) : 0);
  }

  private static boolean measuresWater(Sensor sensor, Judgement judgement) {
    return judgement.reasons().isEmpty() && sensor.kind() != SensorKind.RAIN;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
