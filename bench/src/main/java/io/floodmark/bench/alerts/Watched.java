package io.floodmark.bench.alerts;

import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.Standing;
import io.floodmark.judging.Surroundings;
import io.floodmark.judging.Vicinity;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Sensor;
import io.floodmark.sim.street.LabelledReading;
import io.floodmark.surface.Rainfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One sensor under the eyes of the rules, fed in the order of arrival. Not thread-safe. */
final class Watched {
  private final Sensor sensor;
  private final List<AlertTrace.Change> changes = new ArrayList<>();
  private Standing standing = Standing.UNSEEN;
  private Vicinity.Word word =
      new Vicinity.Word(Instant.EPOCH, OptionalInt.empty(), false, Rainfall.NONE);

  Watched(Sensor sensor) {
    this.sensor = sensor;
  }

  Sensor sensor() {
    return sensor;
  }

  AlertTrace trace() {
    return new AlertTrace(changes);
  }

  /** What its newest good reading says to its neighbours. */
  Vicinity.Word word() {
    return word;
  }

  /** Takes in a reading as it arrives. */
  Standing.Outcome receive(LabelledReading labelled, Instant arrivedAt, Surroundings around) {
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
    Standing.Outcome outcome = standing.next(sensor, reading, time, arrivedAt, around);
    standing = outcome.after();
    if (!outcome.backfill() && outcome.judgement().goodForAlerts()) {
      boolean warns = standing.alert().level() > 0 && standing.alert().lastMeets() > 0;
      OptionalInt depth = outcome.judgement().depthMm();
      word = new Vicinity.Word(time.evaluatedAt(), depth, warns, Rainfall.NONE);
    }
    note(outcome.transitions(), arrivedAt, Optional.of(labelled));
    return outcome;
  }

  /** What the timers do between two readings. */
  private void passTime(Instant now) {
    Optional<Instant> due = standing.alert().dueAt(sensor.alertPolicy());
    while (due.isPresent() && due.get().isBefore(now)) {
      AlertState.Step step = standing.alert().tick(sensor.alertPolicy(), due.get());
      standing = standing.with(step.state());
      note(step.transitions(), due.get(), Optional.empty());
      due = standing.alert().dueAt(sensor.alertPolicy());
    }
  }

  private void note(
      List<AlertTransition> transitions, Instant madeAt, Optional<LabelledReading> cause) {
    for (AlertTransition transition : transitions) {
      changes.add(new AlertTrace.Change(madeAt, transition, cause));
    }
  }
}
