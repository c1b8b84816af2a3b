package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertTransition;
import io.floodmark.ingest.commit.BatchOutcome.Rejected;
import io.floodmark.ingest.commit.BatchOutcome.Stamped;
import io.floodmark.ingest.commit.BatchOutcome.Status;
import io.floodmark.ingest.commit.Pending.Item;
import io.floodmark.ingest.commit.Rejection.Reason;
import io.floodmark.ingest.commit.StoredReadings.Numbered;
import io.floodmark.judging.Surroundings;
import io.floodmark.judging.Verdict;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Evaluates a batch, element by element, in order, on copies of the sensors' states. No I/O; all it
 * changes is what its messages know of their last evaluation.
 */
final class Batch {
  private final Map<Integer, Gauge> before;
  private final StoredReadings stored;
  private final BiFunction<Integer, Instant, Surroundings> around;

  private final Map<Integer, Gauge> after = new LinkedHashMap<>();
  private final Map<ReadingKey, Measurement> taken;
  private final Set<Numbered> numbered = new HashSet<>();
  private final List<ReadingRow> rows;
  private final List<Verdicts.Row> verdicts = new ArrayList<>();
  private final List<AlertLog.Change> alertChanges = new ArrayList<>();
  private final List<Rejected> rejections = new ArrayList<>();
  private final Map<Integer, Status> statuses = new LinkedHashMap<>();
  private final List<Stamped> stamped = new ArrayList<>();
  private int duplicates;

  private Batch(
      int readings,
      Map<Integer, Gauge> before,
      StoredReadings stored,
      BiFunction<Integer, Instant, Surroundings> around) {
    this.before = before;
    this.stored = stored;
    this.around = around;
    this.rows = new ArrayList<>(readings);
    this.taken = new HashMap<>(readings * 4 / 3 + 1); // what it holds without growing
  }

  /**
   * What a batch comes to.
   *
   * @param before its sensors; one that is missing was deleted
   * @param stored what of it is known to be stored already
   * @param around what is known around a sensor, by its key, at a time
   */
  static BatchOutcome evaluate(
      List<Pending> batch,
      Map<Integer, Gauge> before,
      StoredReadings stored,
      BiFunction<Integer, Instant, Surroundings> around) {
    int readings = batch.stream().mapToInt(pending -> pending.items().size()).sum();
    Batch evaluated = new Batch(readings, before, stored, around);
    batch.forEach(evaluated::evaluate);
    return new BatchOutcome(
        evaluated.rows,
        List.copyOf(evaluated.after.values()),
        evaluated.verdicts,
        evaluated.alertChanges,
        evaluated.rejections,
        evaluated.statuses,
        evaluated.stamped,
        evaluated.duplicates);
  }

  /** Whether a stamp counts for a reading, and so its time says nothing of its identity. */
  static boolean needsStamp(Reading reading, Instant arrivedAt) {
    return ReadingTime.of(reading.deviceTsMillis(), arrivedAt, Instant.MIN).stampedOnArrival();
  }

  private void evaluate(Pending pending) {
    pending.evaluating();
    Gauge gauge = gauge(pending.sensorId());
    for (Rejection rejection : pending.rejections()) {
      reject(pending, rejection);
    }
    if (gauge == null) {
      pending.items().forEach(item -> refuseOfNoSensor(pending, item.reading()));
      return;
    }
    int rowsBefore = rows.size();
    for (Item item : pending.items()) {
      gauge = evaluate(pending, item, gauge);
    }
    if (rows.size() > rowsBefore) {
      after.put(pending.sensorId(), gauge);
    }
    if (pending.status().isPresent()) {
      statuses.put(pending.sensorId(), new Status(pending.status().get(), pending.arrivedAt()));
    }
  }

  private void refuseOfNoSensor(Pending pending, Reading reading) {
    refuse(
        pending,
        ReadingText.rejection(
            Reason.TOPIC,
            "Sensor " + pending.sensorId() + " was deleted while its reading was on the way.",
            reading));
  }

  /** Returns the sensor after it; the same if nothing is stored of it. */
  private Gauge evaluate(Pending pending, Item item, Gauge gauge) {
    Reading reading = item.reading();
    Measurement measurement = Measurement.of(reading);
    ReadingTime time = ReadingTime.of(reading.deviceTsMillis(), pending.arrivedAt(), Instant.MIN);
    if (time.stampedOnArrival()) {
      if (isRepetition(pending, item, measurement)) {
        duplicate(pending);
        return gauge;
      }
      ReadingTime stamp = freeStamp(pending, reading, gauge.state().lastStampAt());
      taken.put(new ReadingKey(pending.sensorId(), stamp.observedAt()), measurement);
      stamped.add(new Stamped(item, stamp.observedAt()));
      return accept(pending, reading, stamp, gauge);
    }
    ReadingKey key = new ReadingKey(pending.sensorId(), time.observedAt());
    Measurement before = stored.measurement(key);
    if (before == null) {
      before = taken.putIfAbsent(key, measurement);
    }
    if (before == null) {
      return accept(pending, reading, time, gauge);
    }
    if (before.equals(measurement)) {
      duplicate(pending);
    } else {
      refuseAnother(pending, reading, time);
    }
    return gauge;
  }

  private void refuseAnother(Pending pending, Reading reading, ReadingTime time) {
    refuse(
        pending,
        ReadingText.rejection(
            Reason.CONFLICT,
            "Another measurement of this sensor is stored for " + time.observedAt() + ".",
            reading));
  }

  /**
   * Whether a reading without a time was stored before: by a commit whose outcome was unknown, or
   * when it was sent first. MQTT lets only a repetition carry DUP (MQTT 3.1.1 §3.3.1.1); as a
   * running number starts again with the device, the measurement must be the same too.
   */
  private boolean isRepetition(Pending pending, Item item, Measurement measurement) {
    int sensorId = pending.sensorId();
    Reading reading = item.reading();
    boolean committedBefore =
        item.stamps().stream()
            .map(stamp -> new ReadingKey(sensorId, stamp))
            .anyMatch(key -> stored.hasStamped(key, pending.arrivedAt(), reading));
    if (committedBefore) {
      return true;
    }
    if (reading.seq().isEmpty()) {
      return false;
    }
    Numbered number = new Numbered(sensorId, reading.seq().getAsLong(), measurement);
    boolean seenInBatch = !numbered.add(number);
    return pending.mayBeRepeated() && (seenInBatch || stored.contains(number));
  }

  /** The next stamp after the last that no reading with a time of its own has taken. */
  private ReadingTime freeStamp(Pending pending, Reading reading, Instant last) {
    ReadingTime time = ReadingTime.of(reading.deviceTsMillis(), pending.arrivedAt(), last);
    ReadingKey key = new ReadingKey(pending.sensorId(), time.observedAt());
    while (taken.containsKey(key) || stored.contains(key)) {
      time = ReadingTime.of(reading.deviceTsMillis(), pending.arrivedAt(), time.observedAt());
      key = new ReadingKey(pending.sensorId(), time.observedAt());
    }
    return time;
  }

  private Gauge accept(Pending pending, Reading reading, ReadingTime time, Gauge gauge) {
    pending.store();
    Evaluation evaluation =
        Evaluation.of(
            gauge,
            reading,
            time,
            pending.arrivedAt(),
            around.apply(pending.sensorId(), time.evaluatedAt()));
    rows.add(evaluation.row());
    for (Verdict verdict : evaluation.onEarlier()) {
      verdicts.add(new Verdicts.Row(pending.sensorId(), verdict, time.observedAt()));
    }
    for (AlertTransition transition : evaluation.transitions()) {
      alertChanges.add(AlertLog.Change.by(evaluation.row(), transition));
    }
    Watching watching = Watching.of(evaluation);
    alertChanges.addAll(watching.changes());
    return watching.gauge();
  }

  /** As its last reading has left it; null for a sensor that was deleted. */
  private Gauge gauge(int sensorId) {
    Gauge changed = after.get(sensorId);
    return changed != null ? changed : before.get(sensorId);
  }

  private void duplicate(Pending pending) {
    pending.store();
    duplicates++;
  }

  private void refuse(Pending pending, Rejection rejection) {
    pending.refuse(rejection);
    reject(pending, rejection);
  }

  private void reject(Pending pending, Rejection rejection) {
    boolean known = before.containsKey(pending.sensorId());
    rejections.add(
        new Rejected(
            known ? OptionalInt.of(pending.sensorId()) : OptionalInt.empty(),
            pending.submission().topic(),
            pending.arrivedAt(),
            rejection));
  }
}
