package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.Surroundings;
import io.floodmark.reading.ReadingTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same readings in the order in which they were committed, one after the other through fresh
 * states, with nothing that ever fails. What was committed has to be what this comes to.
 */
final class UndisturbedRun {
  private final MemoryLedger committed;
  private final Map<Integer, Gauge> gauges = new HashMap<>();
  private final Map<Integer, List<AlertLog.Change>> expected = new HashMap<>();
  private final Map<Integer, Integer> compared = new HashMap<>();
  private int rowsSeen;
  private int changesSeen;

  UndisturbedRun(Iterable<Gauge> fresh, MemoryLedger committed) {
    fresh.forEach(gauge -> gauges.put(gauge.sensor().id(), gauge));
    this.committed = committed;
  }

  /** Goes on to where the ledger is now; returns the first difference. */
  Optional<String> difference() {
    List<ReadingRow> rows = committed.rows();
    if (rowsSeen == rows.size() && changesSeen == committed.alertChanges().size()) {
      return Optional.empty();
    }
    while (rowsSeen < rows.size()) {
      ReadingRow row = rows.get(rowsSeen++);
      Evaluation evaluation = evaluate(row);
      if (!evaluation.row().equals(row)) {
        return Optional.of("Committed is " + row + ", undisturbed it is " + evaluation.row() + ".");
      }
      List<AlertLog.Change> changes =
          expected.computeIfAbsent(row.sensorId(), id -> new ArrayList<>());
      for (AlertTransition transition : evaluation.transitions()) {
        changes.add(AlertLog.Change.by(row, transition));
      }
      Watching watching = Watching.of(evaluation);
      changes.addAll(watching.changes());
      gauges.put(row.sensorId(), watching.gauge());
    }
    return alerts().or(this::states);
  }

  private Evaluation evaluate(ReadingRow row) {
    ReadingTime time =
        ReadingTime.of(
            row.reading().deviceTsMillis(), row.receivedAt(), row.observedAt().minusMillis(1));
    return Evaluation.of(
        gauges.get(row.sensorId()), row.reading(), time, row.receivedAt(), Surroundings.UNKNOWN);
  }

  private Optional<String> alerts() {
    List<AlertLog.Change> changes = committed.alertChanges();
    while (changesSeen < changes.size()) {
      AlertLog.Change change = changes.get(changesSeen++);
      List<AlertLog.Change> all = expected.getOrDefault(change.sensorId(), List.of());
      int at = compared.merge(change.sensorId(), 1, Integer::sum) - 1;
      if (at >= all.size() || !all.get(at).equals(change)) {
        return Optional.of(
            "Alert " + change + " is not what comes of the readings undisturbed: " + all);
      }
    }
    for (Map.Entry<Integer, List<AlertLog.Change>> sensor : expected.entrySet()) {
      int count = compared.getOrDefault(sensor.getKey(), 0);
      if (count < sensor.getValue().size()) {
        return Optional.of("An alert was lost: " + sensor.getValue().get(count));
      }
    }
    return Optional.empty();
  }

  private Optional<String> states() {
    for (Gauge gauge : gauges.values()) {
      Gauge stands = committed.gauge(gauge.sensor().id());
      if (!stands.watch().equals(gauge.watch())
          || !stands.state().standing().equals(gauge.state().standing())
          || !stands.state().latest().equals(gauge.state().latest())) {
        return Optional.of("Committed state " + stands + " is not the undisturbed " + gauge + ".");
      }
    }
    return Optional.empty();
  }
}
