package io.floodmark.ingest.broker;

import io.floodmark.ingest.commit.DatabaseLink;
import io.floodmark.ingest.commit.RepeatedWarning;
import io.floodmark.schema.Database;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker whose durable sessions, their subscriptions, messages and packet ids, and whose retained
 * messages outlive a restart: what has to be written is committed in batches by a thread of its
 * own, and receipts wait for that. What concerns no durable session and no retained message waits
 * for nothing and writes nothing.
 *
 * <p>Everything is read once, at the start; until {@link #isLoaded} no client may connect. While
 * the database is away, what is there goes on, what has to be written waits, and so do its
 * receipts; {@link Broker#isFull} says when it is enough.
 *
 * <p><b>Several processes</b> on one database: the one that starts last takes all sessions that are
 * written. Another finds out when it next has to write something of one: that is not acknowledged,
 * the session is gone from it, and its client is told that it was taken over, so that it connects
 * again and sees that there is no session. Messages do not go from one process to another, but for
 * the server's own, which each tells for itself. Where clients with durable sessions may come to
 * any of several processes, a broker cluster belongs in front.
 *
 * <p>{@link #run} is for a thread that ends with {@link #stop}; the rest is for any.
 */
public final class DurableBroker implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(DurableBroker.class);

  private static final long TAKE_WAIT_MILLIS = 200;
  private static final long BACK_OFF_MIN_MILLIS = 50;
  private static final long BACK_OFF_MAX_MILLIS = 1_000;
  private static final int RUN_SHIFT = 32;

  /** What a turn of the loop came to. */
  public enum Progress {
    /** There was nothing to do. */
    IDLE,
    /** Everything was read, or something written. */
    DONE,
    /** Something could not be done and is kept: wait before the next turn. */
    KEPT
  }

  private final DatabaseLink link;
  private final InstantSource clock;
  private final WrittenJournal journal;
  private final Broker broker;
  private final RepeatedWarning away =
      new RepeatedWarning(
          log, "Sessions and retained messages of MQTT cannot be read or written; trying again");
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Has a permit when something may have to be written. */
  private final Semaphore work = new Semaphore(0);

  private int run;
  private volatile boolean loaded;

  /** Taken from the journal and not committed yet. */
  private Optional<Changes> batch = Optional.empty();

  /**
   * A broker that has read nothing yet.
   *
   * @param access who may be sent what
   * @param clock for everything that expires
   */
  public DurableBroker(
      BrokerLimits limits,
      Access access,
      InstantSource clock,
      BrokerCounters counters,
      Database database) {
    this.link = new DatabaseLink(database);
    this.clock = clock;
    this.journal = new WrittenJournal(limits.unwrittenBytesMax(), work::release);
    this.broker = new Broker(limits, access, clock, counters, journal, 0);
  }

  /** The broker; to be connected to once all {@link #isLoaded is loaded}. */
  public Broker broker() {
    return broker;
  }

  /** Whether what outlived the last process is there. */
  public boolean isLoaded() {
    return loaded;
  }

  /** Turns until {@link #stop}, or until the thread is interrupted. */
  @Override
  public void run() {
    long backOffMillis = 0;
    try (link) {
      while (stopping.getCount() > 0) {
        Progress progress = doWork();
        if (progress == Progress.KEPT) {
          backOffMillis =
              Math.min(BACK_OFF_MAX_MILLIS, Math.max(BACK_OFF_MIN_MILLIS, backOffMillis * 2));
          stopping.await(backOffMillis, TimeUnit.MILLISECONDS);
        } else {
          backOffMillis = 0;
          if (progress == Progress.IDLE
              && work.tryAcquire(TAKE_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            work.drainPermits();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One turn, which does not wait for something to do; for {@link #run} and for tests. */
  public Progress doWork() {
    try {
      return loaded ? write() : load();
    } catch (SQLException | RuntimeException e) {
      // Whatever it is: what is not written stays unacknowledged, and is tried again.
      link.close();
      away.happened(e);
      return Progress.KEPT;
    }
  }

  /**
   * Waits until all that was changed before is written.
   *
   * @return whether it is, before the time was over
   */
  public boolean awaitWritten(long timeoutMillis) throws InterruptedException {
    CountDownLatch written = new CountDownLatch(1);
    broker.run(() -> broker.whenAllSafe(written::countDown));
    return written.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  /** Ends the loop after the turn at work; what is not written then stays unacknowledged. */
  public void stop() {
    stopping.countDown();
    work.release();
  }

  /** Ends the turn at work too, by ending its connection. */
  public void abort() {
    stop();
    link.abort();
  }

  private Progress load() throws SQLException {
    if (run == 0) {
      run = BrokerTables.nextRun(link.connection());
    }
    StoredBroker stored = StoredBroker.take(link.connection(), run, clock.instant());
    broker.restore(stored, (long) run << RUN_SHIFT);
    loaded = true;
    away.over();
    log.info(
        "{} MQTT sessions and {} retained messages are there from before.",
        stored.sessions().size(),
        stored.retained().size());
    return Progress.DONE;
  }

  private Progress write() throws SQLException {
    if (batch.isEmpty()) {
      batch = broker.guarded(journal::take);
    }
    if (batch.isEmpty()) {
      return Progress.IDLE;
    }
    Set<Long> lost = BrokerTables.write(link.connection(), run, batch.get());
    batch = Optional.empty();
    away.over();
    broker.run(
        () -> {
          int ended = broker.endings().lose(lost);
          if (ended > 0) {
            log.warn(
                "Another process on this database has taken {} MQTT sessions; their clients are"
                    + " told to connect again.",
                ended);
          }
          journal.committed().forEach(broker::afterwards);
        });
    return Progress.DONE;
  }
}
