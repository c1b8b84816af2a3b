package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.live.Doorbell;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time alone does: levels that expire without a further reading, sensors that fall silent,
 * shelves and maintenance that end, reminders; and housekeeping. Of all processes on a database the
 * one that holds an advisory lock does it; but for a {@link Chore} that is each process's own.
 *
 * <p>Runs on a thread and a connection of its own; {@link #stop} and {@link #abort} are for other
 * threads.
 */
public final class Timers implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Timers.class);

  private static final long TURN_MILLIS = 1_000;
  private static final int DUE_MAX = 500;
  private static final Duration HOUSEKEEPING_EVERY = Duration.ofHours(1);
  private static final Duration HOUSEKEEPING_RETRY = Duration.ofMinutes(1);

  /**
   * After the database was away, readings that waited for it come first: one of them may say that
   * the water still stands.
   */
  private static final Duration READINGS_FIRST = Duration.ofSeconds(5);

  /** Who leads again so soon was not away: what it listens for goes on. */
  private static final Duration STILL_LEADING = Duration.ofSeconds(5);

  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(4669003)";

  /**
   * What is done beside it, once a turn and with the turn's connection: what clears and what falls
   * silent waits for it, so it has to be short.
   */
  @FunctionalInterface
  public interface Chore {
    /**
     * One turn of it.
     *
     * @throws SQLException if it cannot be done now; it is tried again in the next turn
     */
    void run(Connection connection, Instant now) throws SQLException;
  }

  private final DatabaseLink link;
  private final InstantSource clock;
  private final Chore ofEach;
  private final Chore ofOne;
  private final RepeatedWarning away =
      new RepeatedWarning(log, "Time-driven work waits for the database");
  private final RepeatedWarning chores =
      new RepeatedWarning(log, "What each process does for itself beside the timers fails");
  private final RepeatedWarning choresOfOne =
      new RepeatedWarning(log, "What one process has to do beside the timers fails");
  private final CountDownLatch stopping = new CountDownLatch(1);

  private final RepeatedWarning works =
      new RepeatedWarning(log, "A part of the time-driven work fails, the others go on");

  private boolean leading;
  private boolean worked;
  private Instant ledAt = Instant.MIN;
  private Instant leadingSince = Instant.MAX;
  private Instant housekeepingAt = Instant.MIN;

  /** Timers that have not begun, without a chore. */
  public Timers(Database database, InstantSource clock) {
    this(database, clock, (connection, now) -> {}, (connection, now) -> {});
  }

  /**
   * Timers that have not begun.
   *
   * @param ofEach what every process does for itself
   * @param ofOne what one process does for all: the one that holds the lock
   */
  public Timers(Database database, InstantSource clock, Chore ofEach, Chore ofOne) {
    this.link = new DatabaseLink(database);
    this.clock = clock;
    this.ofEach = ofEach;
    this.ofOne = ofOne;
  }

  /** Turns once a second until {@link #stop}, or until the thread is interrupted. */
  @Override
  public void run() {
    try (link) {
      while (!stopping.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          doWork(clock.instant());
          away.over();
        } catch (SQLException e) {
          away.happened(e);
        } catch (RuntimeException e) {
          log.error("Time-driven work failed by a bug; trying again.", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the loop after the turn at work. */
  public void stop() {
    stopping.countDown();
  }

  /** Ends the turn at work too, by ending its connection. */
  public void abort() {
    stop();
    link.abort();
  }

  /**
   * One turn, for {@link #run} and for tests. Levels expire from five seconds after the turn that
   * connected; sensors are silent since then at the earliest, for before nobody listened.
   *
   * @param now server time
   * @return transitions of alerts that were committed
   * @throws SQLException if the database is away; the next turn connects again
   */
  public int doWork(Instant now) throws SQLException {
    boolean done = false;
    try {
      int transitions = isLeading(now) ? lead(now) : 0;
      if (leading) {
        doChore(ofOne, choresOfOne, now);
      }
      doChore(ofEach, chores, now);
      done = true;
      return transitions;
    } finally {
      if (!done) {
        leading = false;
        link.close();
      }
    }
  }

  /** Its failure stays here too. */
  private void doChore(Chore chore, RepeatedWarning failing, Instant now) throws SQLException {
    Connection connection = link.connection();
    try {
      chore.run(connection, now);
      failing.over();
    } catch (SQLException e) {
      failing.happened(e);
    }
  }

  private boolean isLeading(Instant now) throws SQLException {
    if (!leading) {
      try (Statement statement = link.connection().createStatement();
          ResultSet result = statement.executeQuery(TRY_LOCK)) {
        leading = result.next() && result.getBoolean(1);
      }
      if (!leading || ledAt.isBefore(now.minus(STILL_LEADING))) {
        leadingSince = now;
      }
    }
    if (leading) {
      ledAt = now;
    }
    return leading;
  }

  private int lead(Instant now) throws SQLException {
    int transitions = 0;
    worked = true;
    if (!now.isBefore(leadingSince.plus(READINGS_FIRST))) {
      // Each in a transaction of its own: none waits for the locks of another, and none is left
      // undone because another fails.
      transitions += inTransaction(connection -> expireDue(connection, now));
      transitions +=
          inTransaction(connection -> AlertChores.silence(connection, now, leadingSince));
      transitions += inTransaction(connection -> AlertChores.endOfRetired(connection, now));
      inTransaction(connection -> AlertChores.endMaintenance(connection, now));
      transitions += inTransaction(connection -> AlertChores.settle(connection, now));
      if (worked) {
        works.over();
      }
    }
    if (!now.isBefore(housekeepingAt)) {
      // Before it is tried: what fails must not fail every second.
      housekeepingAt = now.plus(HOUSEKEEPING_RETRY);
      if (keepHouse(now)) {
        housekeepingAt = now.plus(HOUSEKEEPING_EVERY);
      }
    }
    return transitions;
  }

  @FunctionalInterface
  private interface Work {
    int run(Connection connection) throws SQLException;
  }

  /** Its failure stays here, unless the connection is gone with it. */
  private int inTransaction(Work work) throws SQLException {
    Connection connection = link.connection();
    connection.setAutoCommit(false);
    int done = 0;
    try {
      done = work.run(connection);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      worked = false;
      done = 0;
      works.happened(e);
    }
    connection.setAutoCommit(true);
    return done;
  }

  /** The states are locked as they are read, so the commit loop can only come before or after. */
  private static int expireDue(Connection connection, Instant now) throws SQLException {
    List<Gauge> expired = new ArrayList<>();
    List<AlertLog.Change> changes = new ArrayList<>();
    List<Integer> sensorIds = new ArrayList<>();
    for (Gauge gauge : StateTable.lockDue(connection, now, DUE_MAX)) {
      AlertState.Step step = gauge.state().alert().tick(gauge.sensor().alertPolicy(), now);
      // Written also where nothing has changed: a clear delay made longer moves what is due.
      expired.add(gauge.with(gauge.state().withAlert(step.state())));
      sensorIds.add(gauge.sensor().id());
      for (AlertTransition transition : step.transitions()) {
        changes.add(
            new AlertLog.Change(
                gauge.sensor().id(), AlertKind.FLOOD, transition, Optional.empty()));
      }
    }
    if (!expired.isEmpty()) {
      StateUpdate.write(connection, StateRows.of(expired));
      AlertLog.write(connection, changes, now);
      Doorbell.ring(connection, sensorIds);
    }
    return changes.size();
  }

  /**
   * Whether all of it was done. Its failure stays here, for alerts must clear all the same; a
   * connection that broke by it fails the next turn.
   */
  private boolean keepHouse(Instant now) {
    try {
      int deleted = RejectedMessages.deleteOld(link.connection(), now);
      if (deleted > 0) {
        log.info("Deleted {} rejected messages older than {}.", deleted, RejectedMessages.KEPT);
      }
      return Months.ensureAll(link.connection(), now);
    } catch (SQLException e) {
      log.warn("Housekeeping failed; trying again in {}.", HOUSEKEEPING_RETRY, e);
      return false;
    }
  }
}
