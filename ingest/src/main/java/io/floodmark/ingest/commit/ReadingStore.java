package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.Pending.Item;
import io.floodmark.ingest.commit.StoredReadings.Numbered;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Commits batches: readings, states, statuses, rejected messages, alerts and doorbell in one
 * transaction. Confined to the commit thread, but for {@link #write}.
 *
 * <p>A batch is first tried from the states in memory, in the hope that nobody else wrote and
 * nothing is stored twice. Where a version or a key proves that wrong, it is tried again under
 * lock: the rows of its sensors' states are locked and read, then what is stored already is looked
 * up, then only what is new is evaluated. Every writer of readings writes their sensor's state in
 * the same transaction, so while its row is locked nothing can come in between, and an earlier
 * commit of ours whose outcome is unknown has ended one way or the other.
 */
final class ReadingStore {
  // Under lock the second attempt succeeds, unless stamps meet readings that have a time. Each
  // attempt learns of one such.
  private static final int ATTEMPTS_MAX = 6;

  /** How far back a repetition without a time is looked for. */
  private static final Duration REPEATED_WITHIN = Duration.ofDays(2);

  private final Ledger ledger;
  private final CommitCounters counters;
  private final SensorStates states = new SensorStates();

  /** Its buffer is free; what {@link #write} is at work on lies in the other one. */
  private CopyEncoder encoder = new CopyEncoder();

  private CopyEncoder otherEncoder = new CopyEncoder();

  ReadingStore(Ledger ledger, CommitCounters counters) {
    this.ledger = ledger;
    this.counters = counters;
  }

  /**
   * A batch evaluated before its transaction began.
   *
   * @param batch what it is
   * @param encoded what it comes to, if nobody else has written its sensors' states
   * @param memories how often everything was forgotten before
   */
  record Prepared(List<Pending> batch, EncodedBatch encoded, int memories) {}

  @FunctionalInterface
  private interface Evaluating {
    EncodedBatch batch() throws SQLException;
  }

  /**
   * Commits a batch, or throws; then the transaction is rolled back, or its outcome is unknown, and
   * the batch may be given again.
   */
  void commit(List<Pending> batch) throws SQLException {
    commit(batch, batch.stream().anyMatch(ReadingStore::mayBeStored));
  }

  /** The same of one of which it is known that others have come in between. */
  void commitUnderLock(List<Pending> batch) throws SQLException {
    commit(batch, true);
  }

  private void commit(List<Pending> batch, boolean lockAtOnce) throws SQLException {
    boolean done = false;
    try {
      ledger.prepareFor(timesOf(batch));
      boolean underLock = lockAtOnce;
      Optional<EncodedBatch> small = lockAtOnce ? Optional.empty() : small(batch);
      if (small.isPresent()) {
        done = commitAtOnce(small.get());
        underLock = true;
      }
      for (int attempt = 1; !done; attempt++) {
        boolean locked = underLock;
        Optional<BatchOutcome> outcome =
            tryOnce(() -> evaluate(batch, locked), attempt == ATTEMPTS_MAX);
        outcome.ifPresent(written -> states.written(written.gauges()));
        done = outcome.isPresent();
        underLock = true;
      }
    } finally {
      if (!done) {
        states.forgetAll();
      }
    }
  }

  /** A batch evaluated from memory, if it is one that can be committed at once. */
  private Optional<EncodedBatch> small(List<Pending> batch) {
    // Told apart before it is evaluated, which would be in vain.
    boolean small =
        batch.size() <= SmallBatch.READINGS_MAX
            && batch.stream().allMatch(pending -> pending.items().size() == 1)
            && sensorsOf(batch).size() == batch.size();
    return small
        ? prepare(batch).map(Prepared::encoded).filter(ledger::takesAtOnce)
        : Optional.empty();
  }

  /** Whether all of it is committed; if not, part of it may be. */
  private boolean commitAtOnce(EncodedBatch batch) throws SQLException {
    batch.outcome().rememberStamps();
    try {
      if (ledger.commitAtOnce(batch)) {
        states.written(batch.outcome().gauges());
        counters.countCommitted(batch.outcome());
        return true;
      }
      counters.countVersionConflict();
    } catch (SQLException e) {
      // Step by step it can be told which of them it is that is there already or is refused.
      SqlFailure failure = SqlFailure.of(e);
      if (failure == SqlFailure.AWAY || failure == SqlFailure.BUG) {
        throw e;
      }
    }
    states.forget(batch.outcome().gauges().stream().map(gauge -> gauge.sensor().id()).toList());
    return false;
  }

  /**
   * Evaluates a batch from memory alone, which can be done while another is written; empty where
   * that does not do.
   */
  Optional<Prepared> prepare(List<Pending> batch) {
    if (!ledger.knowsAround() || batch.stream().anyMatch(ReadingStore::mayBeStored)) {
      return Optional.empty();
    }
    return states
        .inMemory(sensorsOf(batch))
        .map(gauges -> Batch.evaluate(batch, gauges, StoredReadings.NONE, ledger::around))
        .map(outcome -> EncodedBatch.of(outcome, encoder))
        .map(encoded -> new Prepared(batch, encoded, states.timesForgotten()));
  }

  /** Whether the batches before it came to what it was evaluated from, as far as is known. */
  boolean holds(Prepared prepared) {
    return prepared.memories() == states.timesForgotten();
  }

  /**
   * To be called before {@link #write}: the next batch is evaluated from where this one will leave
   * its sensors. If it fails, that has to be {@linkplain #forget forgotten}.
   */
  void expect(Prepared prepared) {
    prepared.encoded().outcome().rememberStamps();
    states.written(prepared.encoded().outcome().gauges());
    CopyEncoder written = encoder;
    encoder = otherEncoder;
    otherEncoder = written;
  }

  /** To be called where what was {@linkplain #expect expected} did not come. */
  void forget() {
    states.forgetAll();
  }

  /**
   * Commits what was prepared, or throws as {@link #commit} does. On any thread, while no other
   * uses the ledger.
   *
   * @return whether it is committed; if not, it has to be {@linkplain #commitUnderLock evaluated
   *     again}
   */
  boolean write(Prepared prepared) throws SQLException {
    ledger.prepareFor(timesOf(prepared.batch()));
    return tryOnce(prepared::encoded, false).isPresent();
  }

  /** What is committed; empty if it is worth another attempt, except on the last. */
  private Optional<BatchOutcome> tryOnce(Evaluating evaluating, boolean last) throws SQLException {
    boolean committed = false;
    try {
      ledger.begin();
      EncodedBatch batch = evaluating.batch();
      if (write(batch)) {
        ledger.commit();
        committed = true;
        counters.countCommitted(batch.outcome());
        return Optional.of(batch.outcome());
      }
      counters.countVersionConflict();
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (last || (failure != SqlFailure.DUPLICATE && failure != SqlFailure.RACE)) {
        throw e;
      }
    } finally {
      if (!committed) {
        ledger.rollBack();
      }
    }
    if (last) {
      throw new IllegalStateException("A locked state has changed its version.");
    }
    return Optional.empty();
  }

  private EncodedBatch evaluate(List<Pending> batch, boolean underLock) throws SQLException {
    Set<Integer> sensorIds = sensorsOf(batch);
    BatchOutcome outcome;
    if (underLock) {
      Map<Integer, Gauge> gauges = ledger.lock(sensorIds);
      outcome = Batch.evaluate(batch, gauges, lookUp(batch, gauges), ledger::around);
    } else {
      Map<Integer, Gauge> gauges = states.of(ledger, sensorIds);
      outcome = Batch.evaluate(batch, gauges, StoredReadings.NONE, ledger::around);
    }
    outcome.rememberStamps();
    return EncodedBatch.of(outcome, encoder);
  }

  /** Writes everything but COMMIT; not if somebody else has written one of the states. */
  private boolean write(EncodedBatch batch) throws SQLException {
    int states = batch.states().count();
    // First, because their rows are the lock on everything else that is written.
    if (states > 0 && ledger.writeStates(batch).size() != states) {
      return false;
    }
    ledger.write(batch);
    return true;
  }

  private static Set<Integer> sensorsOf(List<Pending> batch) {
    Set<Integer> sensorIds = new TreeSet<>();
    batch.forEach(pending -> sensorIds.add(pending.sensorId()));
    return sensorIds;
  }

  private StoredReadings lookUp(List<Pending> batch, Map<Integer, Gauge> gauges)
      throws SQLException {
    Set<ReadingKey> keys = new HashSet<>();
    Set<Numbered> numbers = new HashSet<>();
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (Pending pending : batch) {
      Instant arrivedAt = pending.arrivedAt();
      first = arrivedAt.isBefore(first) ? arrivedAt : first;
      last = arrivedAt.isAfter(last) ? arrivedAt : last;
      for (Item item : pending.items()) {
        Reading reading = item.reading();
        if (!Batch.needsStamp(reading, arrivedAt)) {
          keys.add(new ReadingKey(pending.sensorId(), timeOf(pending, item)));
        }
        for (Instant stamp : item.stamps()) {
          keys.add(new ReadingKey(pending.sensorId(), stamp));
        }
        if (isNumberedRepetition(pending, item)) {
          long seq = reading.seq().getAsLong();
          numbers.add(new Numbered(pending.sensorId(), seq, Measurement.of(reading)));
        }
      }
    }
    for (Gauge gauge : gauges.values()) {
      // Stamps only grow: after the clock was set back they are ahead of it, by however much.
      Instant stamp = gauge.state().lastStampAt();
      last = stamp.isAfter(last) ? stamp : last;
    }
    return ledger.lookUp(keys, numbers, first.minus(REPEATED_WITHIN), last);
  }

  /** Whether a reading without a time of its own may be there, which no key would tell. */
  private static boolean mayBeStored(Pending pending) {
    return pending.items().stream()
        .anyMatch(item -> !item.stamps().isEmpty() || isNumberedRepetition(pending, item));
  }

  private static boolean isNumberedRepetition(Pending pending, Item item) {
    return pending.mayBeRepeated()
        && item.reading().seq().isPresent()
        && Batch.needsStamp(item.reading(), pending.arrivedAt());
  }

  private static List<Instant> timesOf(List<Pending> batch) {
    List<Instant> times = new ArrayList<>();
    for (Pending pending : batch) {
      for (Item item : pending.items()) {
        times.add(timeOf(pending, item));
      }
    }
    return times;
  }

  private static Instant timeOf(Pending pending, Item item) {
    return ReadingTime.of(item.reading().deviceTsMillis(), pending.arrivedAt(), Instant.MIN)
        .observedAt();
  }
}
