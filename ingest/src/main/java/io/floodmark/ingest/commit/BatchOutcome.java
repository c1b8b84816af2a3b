package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.Submission.StatusChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a batch comes to, all of which is written in one transaction.
 *
 * @param rows readings that are new, in order
 * @param gauges the sensors that have new readings, as they stand after them
 * @param verdicts what readings say of earlier ones
 * @param alertChanges in order
 * @param rejections what was no reading
 * @param statuses the last word on each sensor
 * @param stamped readings to which their arrival was given as their time
 * @param duplicates readings that were stored before
 */
record BatchOutcome(
    List<ReadingRow> rows,
    List<Gauge> gauges,
    List<Verdicts.Row> verdicts,
    List<AlertLog.Change> alertChanges,
    List<Rejected> rejections,
    Map<Integer, Status> statuses,
    List<Stamped> stamped,
    int duplicates) {

  /**
   * A message that was no reading.
   *
   * @param sensorId who sent it; empty where there is no such sensor any more
   * @param topic where to
   * @param receivedAt server time of arrival
   * @param rejection why
   */
  record Rejected(OptionalInt sensorId, String topic, Instant receivedAt, Rejection rejection) {}

  /**
   * What a sensor says of itself.
   *
   * @param change what it says
   * @param since server time of arrival
   */
  record Status(StatusChange change, Instant since) {}

  /**
   * A reading without a time of its own.
   *
   * @param item which
   * @param at the time that it is given
   */
  record Stamped(Pending.Item item, Instant at) {}

  /** To be called before it is written: from then on a reading may be stored with its stamp. */
  void rememberStamps() {
    stamped.forEach(given -> given.item().stampedAs(given.at()));
  }

  /** Sensors of which readers can see something new. */
  Set<Integer> changedSensors() {
    Set<Integer> changed = new TreeSet<>(statuses.keySet());
    gauges.forEach(gauge -> changed.add(gauge.sensor().id()));
    return changed;
  }
}
