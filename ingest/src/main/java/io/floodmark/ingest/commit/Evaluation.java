package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.Judgement;
import io.floodmark.judging.Standing;
import io.floodmark.judging.Surroundings;
import io.floodmark.judging.Verdict;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Sensor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one reading comes to: the row that is stored, where its sensor stands after it, and what
 * that did to the alert and to readings before it. Pure; what it means to be late, doubted or good
 * enough for alerts stands in {@link Standing}.
 *
 * @param row what is stored
 * @param gauge the sensor after the reading
 * @param onEarlier verdicts on readings before it
 * @param transitions of the alert, in order
 */
record Evaluation(
    ReadingRow row, Gauge gauge, List<Verdict> onEarlier, List<AlertTransition> transitions) {

  /**
   * Evaluates a reading that is new.
   *
   * @param gauge the sensor before the reading
   * @param reading what was sent
   * @param time when it counts as observed
   * @param arrivedAt server time of arrival, whole milliseconds
   * @param around what is known of the neighbourhood
   */
  static Evaluation of(
      Gauge gauge, Reading reading, ReadingTime time, Instant arrivedAt, Surroundings around) {
    Sensor sensor = gauge.sensor();
    SensorState before = gauge.state();
    Standing.Outcome outcome = before.standing().next(sensor, reading, time, arrivedAt, around);
    Judgement judgement = outcome.judgement();
    ReadingRow row =
        new ReadingRow(
            sensor.id(),
            time.observedAt(),
            arrivedAt,
            reading,
            judgement.depthMm(),
            judgement.lowPointDepthMm(),
            judgement.tests(),
            judgement.reasons(),
            outcome.backfill(),
            time.stampedOnArrival());
    SensorState after =
        before.after(
            later(before.lastArrivalAt(), arrivedAt),
            time.stampedOnArrival() ? time.observedAt() : before.lastStampAt(),
            outcome.backfill()
                ? before.latest()
                : Optional.of(latestOf(row, time, outcome.level())),
            outcome.after());
    return new Evaluation(row, gauge.with(after), outcome.onEarlier(), outcome.transitions());
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
        row.flag().code(),
        reading.batteryMv(),
        reading.rssiDbm(),
        reading.temperatureC(),
        level);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
