package io.floodmark.bench.alerts;

import io.floodmark.alert.AlertSample;
import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.QualityControl;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Sensor;
import io.floodmark.sim.street.LabelledReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One sensor under the eyes of the rules, fed in the order of arrival. Not thread-safe. */
final class Watched {
  private final Sensor sensor;
  private final List<AlertTrace.Change> changes = new ArrayList<>();
  private AlertState alert = AlertState.NONE;
  private Instant evaluatedAt = Instant.MIN;

  private Watched(Sensor sensor) {
    this.sensor = sensor;
  }

  /** What the alert of {@code sensor} does over all of these readings. */
  static AlertTrace trace(Sensor sensor, List<LabelledReading> taken) {
    Watched watched = new Watched(sensor);
    taken.stream()
        .filter(reading -> reading.arrivedAt().isPresent())
        .sorted(Comparator.comparing(reading -> reading.arrivedAt().orElseThrow()))
        .forEach(reading -> watched.receive(reading, reading.arrivedAt().orElseThrow()));
    return new AlertTrace(watched.changes);
  }

  private void receive(LabelledReading labelled, Instant arrivedAt) {
    passTime(arrivedAt);
    Reading reading =
        new Reading(
            OptionalLong.of(labelled.takenAt().toEpochMilli()),
            OptionalInt.of(labelled.distanceMm()),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            labelled.temperatureC(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    ReadingTime time = ReadingTime.of(reading.deviceTsMillis(), arrivedAt, Instant.MIN);
    boolean backfill =
        !time.evaluatedAt().isAfter(evaluatedAt)
            || Duration.between(time.evaluatedAt(), arrivedAt).compareTo(sensor.backfillAge()) > 0;
    if (backfill) {
      return;
    }
    evaluatedAt = time.evaluatedAt();
    QualityControl.Judgement judgement = QualityControl.judge(sensor, reading);
    if (judgement.reasons().isEmpty()) {
      AlertSample sample = new AlertSample(evaluatedAt, arrivedAt, judgement.lowPointDepthMm());
      take(alert.next(sensor.alertPolicy(), sample), arrivedAt, Optional.of(labelled));
    }
  }

  /** What the timers do between two readings. */
  private void passTime(Instant now) {
    Optional<Instant> due = alert.dueAt(sensor.alertPolicy());
    while (due.isPresent() && due.get().isBefore(now)) {
      take(alert.tick(sensor.alertPolicy(), due.get()), due.get(), Optional.empty());
      due = alert.dueAt(sensor.alertPolicy());
    }
  }

  private void take(AlertState.Step step, Instant madeAt, Optional<LabelledReading> cause) {
    alert = step.state();
    for (AlertTransition transition : step.transitions()) {
      changes.add(new AlertTrace.Change(madeAt, transition, cause));
    }
  }
}
