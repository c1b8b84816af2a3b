package io.floodmark.ingest.upkeep;

import io.floodmark.ingest.commit.RepeatedWarning;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on the stored readings that may take minutes: hours are told, what is too old is dropped,
 * what is closed is packed. Of all processes on a database the one that holds an advisory lock does
 * it. Apart from the timers, for alerts must not wait for it.
 *
 * <p>Runs on a thread and a connection of its own; {@link #stop} and {@link #abort} are for other
 * threads.
 */
public final class Upkeep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  private static final long TURN_MILLIS = 10_000;
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(4669004)";

  /** Counts those of a transaction once it has ended. */
  private static final String ROWS_STORED =
      "SELECT tup_inserted FROM pg_stat_database WHERE datname = current_database()";

  /** What it locks others want too: it gives up before they notice. */
  static final String LOCK_TIMEOUT = "'500ms'";

  // Building an index takes as long as it takes, on one processor, so that the others are left.
  private static final String LIMITS =
      "SET lock_timeout = "
          + LOCK_TIMEOUT
          + "; SET idle_in_transaction_session_timeout = '20s';"
          + " SET max_parallel_maintenance_workers = 0";

  /** A part of the work. */
  @FunctionalInterface
  interface Work {
    /**
     * Does some of it.
     *
     * @param connection in auto-commit, and to be left so
     * @return whether all of it is done for now
     * @throws SQLException if it cannot be done; it is tried again
     */
    boolean run(Connection connection, Instant now) throws SQLException;
  }

  /** A part with when it is next due. */
  private static final class Task {
    private final Work work;
    private final Duration every;

    /** Whether it is heavy, and nobody misses it if it comes later. */
    private final boolean inCalmOnly;

    private final RepeatedWarning failing;
    private Instant due = Instant.MIN;

    Task(Work work, Duration every, boolean inCalmOnly, String trouble) {
      this.work = work;
      this.every = every;
      this.inCalmOnly = inCalmOnly;
      this.failing = new RepeatedWarning(log, trouble);
    }
  }

  private final Database database;
  private final InstantSource clock;
  private final List<Task> tasks;
  private final Calm calm = new Calm();
  private final RepeatedWarning away =
      new RepeatedWarning(log, "Upkeep of the readings waits for the database");
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Connection connection;
  private boolean leading;

  /**
   * Upkeep that has not begun. Indexes are built anew and chunks compressed only once fewer than a
   * thousand rows a second have been stored for ten minutes, or never for a day.
   *
   * @param kept how old a reading may become
   */
  public Upkeep(Database database, InstantSource clock, Duration kept) {
    this.database = database;
    this.clock = clock;
    this.tasks =
        List.of(
            new Task(new Hours(), Duration.ZERO, false, "Hours of readings cannot be told"),
            new Task(
                new Retention(kept), SELDOM, false, "Readings that are too old cannot be dropped"),
            new Task(new Packing(), SELDOM, true, "Closed months cannot be packed"),
            new Task(new Compression(), SELDOM, true, "Old chunks cannot be compressed"));
  }

  /** Turns until {@link #stop}, or until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!stopping.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          doWork(clock.instant());
          away.over();
        } catch (SQLException e) {
          away.happened(e);
        } catch (RuntimeException e) {
          log.error("Upkeep of the readings failed by a bug; trying again.", e);
          giveUp();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      giveUp();
    }
  }

  /** Ends the loop after the turn at work. */
  public void stop() {
    stopping.countDown();
  }

  /** Ends the turn at work too, by ending its connection. */
  public void abort() {
    stop();
    Connection running = connection;
    if (running != null) {
      try {
        running.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("A connection could not be aborted.", e);
      }
    }
  }

  /**
   * One turn, for {@link #run} and for tests: what is due, if no other process leads.
   *
   * @param now server time
   * @throws SQLException if the database is away; the next turn connects again
   */
  public void doWork(Instant now) throws SQLException {
    boolean done = false;
    try {
      if (isLeading()) {
        boolean isCalm = calm.isLasting(now, rowsStored());
        for (Task task : tasks) {
          boolean mayBegin = isCalm || !task.inCalmOnly;
          if (mayBegin && !now.isBefore(task.due) && stopping.getCount() > 0) {
            doTask(task, now);
          }
        }
      }
      done = true;
    } finally {
      if (!done) {
        giveUp();
      }
    }
  }

  /** Its failure stays here, unless the connection is gone with it. */
  private void doTask(Task task, Instant now) throws SQLException {
    // Before it is tried: what fails must not fail at every turn.
    task.due = task.every.isZero() ? now : now.plus(RETRY);
    try {
      if (task.work.run(connection, now)) {
        task.due = now.plus(task.every);
      }
      task.failing.over();
    } catch (SQLException e) {
      task.failing.happened(e);
      if (connection.isClosed()) {
        throw e;
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private boolean isLeading() throws SQLException {
    if (connection == null) {
      connection = database.connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute(LIMITS);
      }
    }
    if (!leading) {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(TRY_LOCK)) {
        leading = result.next() && result.getBoolean(1);
      }
      calm.forget();
    }
    return leading;
  }

  private long rowsStored() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(ROWS_STORED)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private void giveUp() {
    leading = false;
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        log.debug("A connection that is given up did not close in order.", e);
      }
    }
  }
}
