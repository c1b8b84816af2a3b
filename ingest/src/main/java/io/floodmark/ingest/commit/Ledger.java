package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.StoredReadings.Numbered;
import io.floodmark.judging.Surroundings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The database as the commit line sees it: one transaction at a time. {@link DatabaseLedger} is the
 * real one; the simulation of the way in has one that fails in every way that a database can.
 *
 * <p>Whatever throws leaves a transaction that can only be {@linkplain #rollBack rolled back}. Of
 * {@link #commit} and {@link #commitAtOnce} it is unknown then whether it happened. For one thread
 * at a time, where nothing else is said.
 */
interface Ledger extends AutoCloseable {
  /**
   * Sees to it that readings of these times find a place, and reads what is known around the
   * sensors if that is due. Outside of any transaction.
   */
  void prepareFor(Collection<Instant> times) throws SQLException;

  /** Whether a batch is so small and simple that it may be {@linkplain #commitAtOnce committed}. */
  boolean takesAtOnce(EncodedBatch batch);

  /**
   * Writes such a batch over the states that it was worked out from and makes it last. Outside of
   * any transaction.
   *
   * @return whether all of it is committed; if not, the states of some sensors were no longer
   *     those, and the others' share may be committed
   */
  boolean commitAtOnce(EncodedBatch batch) throws SQLException;

  /**
   * When readers are to be told of what is committed at once and they were not told of yet; empty
   * if there is nothing like that, zero if it is time.
   */
  Optional<Duration> ringDueIn();

  /** Tells them. Outside of any transaction. */
  void ringOwed() throws SQLException;

  /** Begins a transaction. */
  void begin() throws SQLException;

  /** The sensors as they stand, without those that are not there. */
  Map<Integer, Gauge> load(Collection<Integer> sensorIds) throws SQLException;

  /** The same, after waiting for whoever writes them; until the end nobody else does. */
  Map<Integer, Gauge> lock(Collection<Integer> sensorIds) throws SQLException;

  /**
   * What is stored already.
   *
   * @param keys times of readings that may be there
   * @param numbers readings without a time that were marked as sent again
   * @param first earliest stamp that such a one may have
   * @param last latest stamp that it may have
   */
  StoredReadings lookUp(
      Collection<ReadingKey> keys, Collection<Numbered> numbers, Instant first, Instant last)
      throws SQLException;

  /** What is known around a sensor at the time of a reading. For any thread. */
  Surroundings around(int sensorId, Instant at);

  /** Whether that is new enough to judge by it without {@link #prepareFor}. For any thread. */
  boolean knowsAround();

  /**
   * Writes the states that a batch came to over those that they were worked out from.
   *
   * @return the sensors whose states were still those
   */
  Set<Integer> writeStates(EncodedBatch batch) throws SQLException;

  /**
   * Writes all the rest of it.
   *
   * @throws RefusedReading if it is one of the readings that the database does not take
   */
  void write(EncodedBatch batch) throws SQLException;

  /** Makes it all last. */
  void commit() throws SQLException;

  /** Undoes it all, unless it lasts already. Never throws: what made it necessary counts. */
  void rollBack();

  /** Whether the database can be reached, found out anew. */
  boolean answers();

  /** Gives up the connection; the next use makes another. */
  @Override
  void close();

  /** Ends whatever waits for the database, with an error. For any thread. */
  void abort();
}
