package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.BatchOutcome.Rejected;
import io.floodmark.ingest.commit.StoredReadings.Numbered;
import io.floodmark.ingest.commit.StoredReadings.Stored;
import io.floodmark.judging.Surroundings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ledger in memory that keeps its word: what PostgreSQL is to the commit line, with its unique
 * key, its versions and its locks, as far as one connection and other writers can tell.
 */
final class MemoryLedger implements Ledger {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Map<Integer, Gauge> states = new TreeMap<>();
  private final Map<ReadingKey, ReadingRow> byKey = new HashMap<>();
  private final Map<Integer, Map<Long, List<ReadingRow>>> bySeq = new HashMap<>();
  private final List<ReadingRow> rows = new ArrayList<>();
  private final List<AlertLog.Change> alertChanges = new ArrayList<>();
  private final List<Rejected> rejections = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new HashMap<>();

  private boolean begun;
  private boolean locked;
  private final Set<Integer> owed = new TreeSet<>();
  private int committedAtOnce;
  private int committedInPart;
  private final Map<Integer, Gauge> newStates = new LinkedHashMap<>();
  private Optional<BatchOutcome> written = Optional.empty();

  MemoryLedger(Collection<Gauge> sensors) {
    sensors.forEach(gauge -> states.put(gauge.sensor().id(), gauge));
  }

  @Override
  public void prepareFor(Collection<Instant> times) {
    demand(!begun, "Places are made outside of transactions.");
  }

  @Override
  public boolean takesAtOnce(EncodedBatch batch) {
    return SmallBatch.is(batch, Instant.EPOCH);
  }

  @Override
  public boolean commitAtOnce(EncodedBatch batch) throws SQLException {
    demand(!begun, "What is committed at once is a transaction of its own.");
    List<Gauge> unchanged = batch.outcome().gauges().stream().filter(this::isUnchanged).toList();
    List<ReadingRow> stored = new ArrayList<>();
    for (Gauge gauge : unchanged) {
      stored.addAll(rowsOf(gauge, batch.outcome()));
    }
    demandNew(stored);
    unchanged.forEach(gauge -> states.put(gauge.sensor().id(), written(gauge)));
    stored.forEach(this::keep);
    owed.addAll(batch.outcome().changedSensors());
    boolean all = unchanged.size() == batch.outcome().gauges().size();
    committedAtOnce++;
    committedInPart += all || unchanged.isEmpty() ? 0 : 1;
    return all;
  }

  @Override
  public Optional<Duration> ringDueIn() {
    return owed.isEmpty() ? Optional.empty() : Optional.of(Duration.ZERO);
  }

  @Override
  public void ringOwed() {
    demand(!begun, "What is owed is rung outside of transactions.");
    owed.clear();
  }

  @Override
  public void begin() {
    demand(!begun, "There is a transaction already.");
    begun = true;
  }

  @Override
  public Map<Integer, Gauge> load(Collection<Integer> sensorIds) {
    Map<Integer, Gauge> found = new HashMap<>();
    for (int id : sensorIds) {
      if (states.containsKey(id)) {
        found.put(id, states.get(id));
      }
    }
    return found;
  }

  @Override
  public Map<Integer, Gauge> lock(Collection<Integer> sensorIds) {
    demand(begun, "Locks are held by a transaction.");
    locked = true;
    return load(sensorIds);
  }

  @Override
  public StoredReadings lookUp(
      Collection<ReadingKey> keys, Collection<Numbered> numbers, Instant first, Instant last) {
    List<Stored> byTime = new ArrayList<>();
    for (ReadingKey key : keys) {
      Optional.ofNullable(byKey.get(key)).map(MemoryLedger::stored).ifPresent(byTime::add);
    }
    List<Stored> numbered = new ArrayList<>();
    for (Numbered number : numbers) {
      for (ReadingRow row : numbered(number.sensorId(), number.seq())) {
        if (!row.observedAt().isBefore(first) && !row.observedAt().isAfter(last)) {
          numbered.add(stored(row));
        }
      }
    }
    return StoredReadings.of(byTime, numbered);
  }

  @Override
  public Surroundings around(int sensorId, Instant at) {
    return Surroundings.UNKNOWN;
  }

  @Override
  public boolean knowsAround() {
    return true;
  }

  @Override
  public Set<Integer> writeStates(EncodedBatch batch) {
    demand(begun, "States are written in a transaction.");
    Set<Integer> unchanged = new TreeSet<>();
    for (Gauge gauge : batch.outcome().gauges()) {
      if (isUnchanged(gauge)) {
        newStates.put(gauge.sensor().id(), written(gauge));
        unchanged.add(gauge.sensor().id());
      }
    }
    return unchanged;
  }

  @Override
  public void write(EncodedBatch batch) throws SQLException {
    BatchOutcome outcome = batch.outcome();
    demand(begun && written.isEmpty(), "A transaction writes one batch.");
    demandNew(outcome.rows());
    written = Optional.of(outcome);
  }

  @Override
  public void commit() {
    demand(begun, "There is no transaction to commit.");
    states.putAll(newStates);
    written.ifPresent(this::keep);
    owed.clear();
    end();
  }

  @Override
  public void rollBack() {
    end();
  }

  @Override
  public boolean answers() {
    close();
    return true;
  }

  @Override
  public void close() {
    end();
  }

  @Override
  public void abort() {
    throw new AssertionError("Nothing here waits.");
  }

  /** Whether another transaction that wants a sensor's state would have to wait. */
  boolean isLocked() {
    return locked;
  }

  /** Commits at once what another writer has, from the states as they are. */
  void commitElsewhere(Pending pending) {
    demand(!locked, "Another writer would have to wait.");
    Set<ReadingKey> keys = new HashSet<>();
    for (Pending.Item item : pending.items()) {
      item.reading()
          .deviceTsMillis()
          .ifPresent(ts -> keys.add(new ReadingKey(pending.sensorId(), Instant.ofEpochMilli(ts))));
    }
    BatchOutcome outcome =
        Batch.evaluate(
            List.of(pending),
            states,
            lookUp(keys, List.of(), Instant.MIN, Instant.MAX),
            this::around);
    for (Gauge gauge : outcome.gauges()) {
      states.put(gauge.sensor().id(), written(gauge));
    }
    keep(outcome);
  }

  /** How many batches were committed in one exchange, in part or as a whole. */
  int committedAtOnce() {
    return committedAtOnce;
  }

  /** Of how many of them some sensors' share was committed and others' not. */
  int committedInPart() {
    return committedInPart;
  }

  /** Raises the version of a state, as a change by staff does. */
  void touch(int sensorId) {
    demand(!locked, "Another writer would have to wait.");
    states.computeIfPresent(sensorId, (id, gauge) -> written(gauge));
  }

  /** Where a sensor stands. */
  Gauge gauge(int sensorId) {
    return states.get(sensorId);
  }

  /** All readings, in the order in which they were committed. */
  List<ReadingRow> rows() {
    return rows;
  }

  /** The reading of that time. */
  Optional<ReadingRow> row(ReadingKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** All changes of alerts, in the order in which they were committed. */
  List<AlertLog.Change> alertChanges() {
    return alertChanges;
  }

  /** All that was rejected. */
  List<Rejected> rejections() {
    return rejections;
  }

  /** How many transactions have said something of a sensor's status. */
  int statuses(int sensorId) {
    return statuses.getOrDefault(sensorId, 0);
  }

  private void keep(BatchOutcome outcome) {
    outcome.rows().forEach(this::keep);
    alertChanges.addAll(outcome.alertChanges());
    rejections.addAll(outcome.rejections());
    outcome.statuses().keySet().forEach(id -> statuses.merge(id, 1, Integer::sum));
  }

  private void keep(ReadingRow row) {
    rows.add(row);
    byKey.put(keyOf(row), row);
    row.reading()
        .seq()
        .ifPresent(
            seq ->
                bySeq
                    .computeIfAbsent(row.sensorId(), id -> new HashMap<>())
                    .computeIfAbsent(seq, number -> new ArrayList<>())
                    .add(row));
  }

  private boolean isUnchanged(Gauge gauge) {
    return states.get(gauge.sensor().id()).state().version() == gauge.state().version();
  }

  private static Gauge written(Gauge gauge) {
    return gauge.with(gauge.state().written());
  }

  private static List<ReadingRow> rowsOf(Gauge gauge, BatchOutcome outcome) {
    return outcome.rows().stream().filter(row -> row.sensorId() == gauge.sensor().id()).toList();
  }

  private void demandNew(List<ReadingRow> stored) throws SQLException {
    Set<ReadingKey> keys = new HashSet<>();
    for (ReadingRow row : stored) {
      ReadingKey key = keyOf(row);
      if (byKey.containsKey(key) || !keys.add(key)) {
        throw new SQLException("duplicate key " + key, UNIQUE_VIOLATION);
      }
    }
  }

  private List<ReadingRow> numbered(int sensorId, long seq) {
    return bySeq.getOrDefault(sensorId, Map.of()).getOrDefault(seq, List.of()).stream()
        .filter(ReadingRow::stamped)
        .toList();
  }

  private void end() {
    begun = false;
    locked = false;
    newStates.clear();
    written = Optional.empty();
  }

  private static ReadingKey keyOf(ReadingRow row) {
    return new ReadingKey(row.sensorId(), row.observedAt());
  }

  private static Stored stored(ReadingRow row) {
    return new Stored(
        keyOf(row),
        row.receivedAt(),
        Measurement.of(row.reading()),
        row.stamped(),
        row.reading().seq().stream().boxed().findFirst());
  }

  private static void demand(boolean kept, String rule) {
    if (!kept) {
      throw new AssertionError(rule);
    }
  }
}
