package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.StoredReadings.Numbered;
import io.floodmark.judging.Surroundings;
import io.floodmark.reading.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A ledger to which everything happens that can happen to a database, as a seed has it: gone before
 * a statement or in the middle of COMMIT, slow, in a race, with a bug, written by others in
 * between, and with readings that it does not take.
 */
final class FaultyLedger implements Ledger {
  /** Signal strengths of readings to which something happens. */
  static final int REFUSED_DBM = -13_013;

  /** The same, until it is healed. */
  static final int BUG_DBM = -17_017;

  private static final List<String> STATES =
      List.of("08006", "57P01", "57P03", "53300", "57014", "40001", "40P01", "25P03", "XX000");
  private static final int OTHERS_WRITE_ONE_IN = 5;
  private static final String CONNECTION_LOST = "08006";
  private static final String BAD_VALUE = "22003";
  private static final String INTERNAL_ERROR = "XX000";

  private final MemoryLedger memory;
  private final Random random;
  private double share;
  private boolean away;
  private boolean alone;
  private Instant now = Instant.EPOCH;

  FaultyLedger(MemoryLedger memory, Random random) {
    this.memory = memory;
    this.random = random;
  }

  /**
   * How much of what is asked fails from now on, 0 to 1; none heals also what always failed, and
   * nobody else writes any more.
   */
  void failing(double shareOfAll) {
    share = shareOfAll;
    alone = shareOfAll == 0;
  }

  /** Whether nothing is answered at all. */
  void away(boolean isAway) {
    away = isAway;
  }

  @Override
  public void prepareFor(Collection<Instant> times) throws SQLException {
    mayFail();
    memory.prepareFor(times);
  }

  @Override
  public boolean takesAtOnce(EncodedBatch batch) {
    return memory.takesAtOnce(batch);
  }

  @Override
  public boolean commitAtOnce(EncodedBatch batch) throws SQLException {
    mayFail();
    if (!alone && random.nextInt(OTHERS_WRITE_ONE_IN) == 0) {
      // Of some, so that the others' share is committed without them.
      batch.outcome().gauges().stream()
          .filter(gauge -> random.nextBoolean())
          .forEach(this::elsewhere);
    }
    throwWhatIsNotTaken(batch, new SQLException("out of range", BAD_VALUE));
    boolean all = memory.commitAtOnce(batch);
    mayBeLost();
    return all;
  }

  @Override
  public Optional<Duration> ringDueIn() {
    return memory.ringDueIn();
  }

  @Override
  public void ringOwed() throws SQLException {
    mayFail();
    memory.ringOwed();
  }

  @Override
  public void begin() throws SQLException {
    mayFail();
    memory.begin();
  }

  @Override
  public Map<Integer, Gauge> load(Collection<Integer> sensorIds) throws SQLException {
    mayFail();
    return memory.load(sensorIds);
  }

  @Override
  public Map<Integer, Gauge> lock(Collection<Integer> sensorIds) throws SQLException {
    mayFail();
    return memory.lock(sensorIds);
  }

  @Override
  public StoredReadings lookUp(
      Collection<ReadingKey> keys, Collection<Numbered> numbers, Instant first, Instant last)
      throws SQLException {
    mayFail();
    return memory.lookUp(keys, numbers, first, last);
  }

  @Override
  public Surroundings around(int sensorId, Instant at) {
    return memory.around(sensorId, at);
  }

  @Override
  public boolean knowsAround() {
    return !happens();
  }

  @Override
  public Set<Integer> writeStates(EncodedBatch batch) throws SQLException {
    mayFail();
    if (!memory.isLocked() && happens()) {
      batch.outcome().gauges().forEach(this::elsewhere);
    }
    return memory.writeStates(batch);
  }

  @Override
  public void write(EncodedBatch batch) throws SQLException {
    mayFail();
    throwWhatIsNotTaken(batch, new RefusedReading(new SQLException("out of range", BAD_VALUE)));
    memory.write(batch);
  }

  /** May fail before it happens, or after: whoever asked sees no difference. */
  @Override
  public void commit() throws SQLException {
    mayFail();
    memory.commit();
    mayBeLost();
  }

  @Override
  public void rollBack() {
    memory.rollBack();
  }

  @Override
  public boolean answers() {
    return !away && memory.answers();
  }

  @Override
  public void close() {
    memory.close();
  }

  @Override
  public void abort() {
    memory.abort();
  }

  private void mayBeLost() throws SQLException {
    if (happens()) {
      throw new SQLException("the connection was lost after COMMIT", CONNECTION_LOST);
    }
  }

  private void throwWhatIsNotTaken(EncodedBatch batch, SQLException refusal) throws SQLException {
    for (ReadingRow row : batch.outcome().rows()) {
      now = row.receivedAt();
      OptionalInt mark = row.reading().rssiDbm();
      if (mark.isPresent() && mark.getAsInt() == REFUSED_DBM) {
        throw refusal;
      }
      if (mark.isPresent() && mark.getAsInt() == BUG_DBM && share > 0) {
        throw new SQLException("a bug", INTERNAL_ERROR);
      }
    }
  }

  private boolean happens() {
    return share > 0 && random.nextDouble() < share;
  }

  private void mayFail() throws SQLException {
    if (away) {
      throw new SQLException("the database is away", CONNECTION_LOST);
    }
    if (happens()) {
      if (random.nextInt(20) == 0) {
        throw new IllegalStateException("a bug that is no error of the database");
      }
      throw new SQLException("trouble", STATES.get(random.nextInt(STATES.size())));
    }
  }

  /** Staff, or another process that the same sensor has reached, write in between. */
  private void elsewhere(Gauge gauge) {
    int sensorId = gauge.sensor().id();
    if (random.nextBoolean()) {
      memory.touch(sensorId);
      return;
    }
    Reading reading =
        new Reading(
            OptionalLong.of(now.toEpochMilli() - random.nextInt(120_000)),
            OptionalInt.of(Readings.MOUNT_HEIGHT_MM - random.nextInt(600)),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    memory.commitElsewhere(
        Pending.of(
            new Submission(
                sensorId,
                "from elsewhere",
                false,
                now,
                1,
                List.of(reading),
                List.of(),
                Optional.empty(),
                () -> {})));
  }
}
