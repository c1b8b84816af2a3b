package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.StoredReadings.Numbered;
import io.floodmark.judging.Surroundings;
import io.floodmark.live.Doorbell;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in PostgreSQL: readings by binary COPY, the rest in statements of their own; what is
 * small and simple all at once.
 */
final class DatabaseLedger implements Ledger {
  private static final Logger log = LoggerFactory.getLogger(DatabaseLedger.class);

  private final DatabaseLink link;
  private final InstantSource clock;
  private final Months months;
  private final Neighbourhood neighbourhood;
  private final OwedRings owed = new OwedRings(System::nanoTime);

  /** Not at first: whoever wrote before may have ended with rings owed. */
  private boolean knowsWhomToRing;

  /** Connects when it is first asked something. */
  DatabaseLedger(Database database, InstantSource clock, Neighbourhood neighbourhood) {
    this.link = new DatabaseLink(database);
    this.clock = clock;
    this.months = new Months(clock);
    this.neighbourhood = neighbourhood;
  }

  @Override
  public void prepareFor(Collection<Instant> times) throws SQLException {
    months.ensure(link.connection(), times);
    neighbourhood.ensureRecent(link.connection());
    if (!knowsWhomToRing) {
      owed.add(StateTable.sensorIds(link.connection()));
      knowsWhomToRing = true;
    }
  }

  @Override
  public boolean takesAtOnce(EncodedBatch batch) {
    return SmallBatch.is(batch, clock.instant());
  }

  @Override
  public boolean commitAtOnce(EncodedBatch batch) throws SQLException {
    owed.add(batch.outcome().changedSensors()); // before, for it may be committed and throw
    List<String> rings = owed.dueIn().isZero() ? Doorbell.payloads(owed.with(Set.of())) : List.of();
    if (rings.size() != 1) { // more than that has to wait for a moment of quiet
      return SmallBatch.commit(link.connection(), batch, Optional.empty());
    }
    boolean all = SmallBatch.commit(link.connection(), batch, Optional.of(rings.get(0)));
    if (all) {
      owed.paid();
    }
    return all;
  }

  @Override
  public Optional<Duration> ringDueIn() {
    return owed.areNone() ? Optional.empty() : Optional.of(owed.dueIn());
  }

  @Override
  public void ringOwed() throws SQLException {
    Doorbell.ring(link.connection(), owed.with(Set.of()));
    owed.paid();
  }

  @Override
  public void begin() throws SQLException {
    link.connection().setAutoCommit(false);
  }

  @Override
  public Map<Integer, Gauge> load(Collection<Integer> sensorIds) throws SQLException {
    return StateTable.load(link.connection(), sensorIds);
  }

  @Override
  public Map<Integer, Gauge> lock(Collection<Integer> sensorIds) throws SQLException {
    return StateTable.lock(link.connection(), sensorIds);
  }

  @Override
  public StoredReadings lookUp(
      Collection<ReadingKey> keys, Collection<Numbered> numbers, Instant first, Instant last)
      throws SQLException {
    return StoredReadings.lookUp(link.connection(), keys, numbers, first, last);
  }

  @Override
  public Surroundings around(int sensorId, Instant at) {
    return neighbourhood.around(sensorId, at);
  }

  @Override
  public boolean knowsAround() {
    return neighbourhood.isRecent();
  }

  @Override
  public Set<Integer> writeStates(EncodedBatch batch) throws SQLException {
    return StateUpdate.write(link.connection(), batch.states());
  }

  @Override
  public void write(EncodedBatch batch) throws SQLException {
    Connection connection = link.connection();
    BatchOutcome outcome = batch.outcome();
    writeReadings(connection, batch);
    Verdicts.write(connection, outcome.verdicts(), clock.instant());
    LateHours.write(connection, outcome.rows(), outcome.verdicts(), clock.instant());
    Statuses.write(connection, outcome.statuses());
    RejectedMessages.write(connection, outcome.rejections());
    AlertLog.write(connection, outcome.alertChanges(), clock.instant());
    Doorbell.ring(connection, owed.with(outcome.changedSensors()));
  }

  private static void writeReadings(Connection connection, EncodedBatch batch) throws SQLException {
    if (batch.outcome().rows().isEmpty()) {
      return;
    }
    try {
      copy(connection, batch.rows());
    } catch (SQLException e) {
      throw SqlFailure.of(e) == SqlFailure.DATA ? new RefusedReading(e) : e;
    }
  }

  private static void copy(Connection connection, CopyEncoder rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyEncoder.COPY);
    try {
      copy.writeToCopy(rows.buffer(), 0, rows.length());
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  @Override
  public void commit() throws SQLException {
    link.connection().commit();
    link.connection().setAutoCommit(true);
    owed.paid();
  }

  /** Leaves a connection that is in auto-commit again, or gives it up. */
  @Override
  public void rollBack() {
    try {
      Connection connection = link.connection();
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      log.debug("Rolling back failed; the connection is given up.", e);
      link.close();
    }
  }

  @Override
  public boolean answers() {
    return link.answers();
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public void abort() {
    link.abort();
  }
}
