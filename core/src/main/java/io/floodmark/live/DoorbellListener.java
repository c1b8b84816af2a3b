package io.floodmark.live;

import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the doorbell, on a thread and a connection of its own.
 *
 * <p>Rings are coalesced to four a second; those of readings to fewer where nobody waits for them,
 * and those of alerts, sensors and tokens to more. What was rung while the connection was away is
 * not heard, so after every connect the listener is told to read everything again.
 */
public final class DoorbellListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DoorbellListener.class);

  private static final Duration BETWEEN_TELLS = Duration.ofMillis(250);

  /** Even a storm of alerts leaves the reader time for something else. */
  private static final Duration BETWEEN_URGENT = Duration.ofMillis(20);

  private static final int PROBE_SECONDS = 10;
  private static final int PROBE_TIMEOUT_SECONDS = 5;
  private static final long RETRY_MILLIS = 500;

  /** A fault that comes with every try would fill the log: one line a minute is enough. */
  private static final int FAILURES_A_LOG_LINE = 120;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  /** What is told, on the listener's own thread; it may block on the database. */
  public interface Listener {
    /**
     * The doorbell is heard from now on; anything may have happened before.
     *
     * @throws SQLException if what is to be read cannot be; the connection is then made again
     */
    void connected() throws SQLException;

    /**
     * Readings, states or alerts of these sensors have changed.
     *
     * @throws SQLException as for {@link #connected()}
     */
    void readingsChanged(Set<Integer> sensorIds) throws SQLException;

    /**
     * These sensors were registered, changed or retired.
     *
     * @throws SQLException as for {@link #connected()}
     */
    void sensorsChanged(Set<Integer> sensorIds) throws SQLException;

    /**
     * These reports were filed or changed.
     *
     * @throws SQLException as for {@link #connected()}
     */
    default void reportsChanged(Set<Long> reportIds) throws SQLException {
      // Most who listen have nothing to do with reports.
    }

    /**
     * Some API tokens, or accounts of who made them, have changed.
     *
     * @throws SQLException as for {@link #connected()}
     */
    default void tokensChanged() throws SQLException {
      // Whoever reads tokens from the database each time needs not be told.
    }

    /**
     * How far apart it is told of readings, if not of anything else: a longer time while nobody
     * waits for them. It is asked again some fifty times a second while rings wait. For the
     * listener's thread, and cheap.
     */
    default Duration betweenReadings() {
      return BETWEEN_TELLS;
    }

    /** There is something to send to people. */
    default void outboxFilled() {
      // Most who listen send nothing.
    }

    /** The connection is gone: nothing is heard until the next {@link #connected()}. */
    void disconnected();
  }

  private final Database database;
  private final Listener listener;
  private final Thread thread;
  private final Outages outages = new Outages(System::nanoTime);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private volatile boolean closed;

  /** What is being listened to; none before the first connection and after the last. */
  private volatile Optional<Connection> heard = Optional.empty();

  /**
   * A listener that is not started yet.
   *
   * @param name of the thread
   */
  public DoorbellListener(String name, Database database, Listener listener) {
    this.database = database;
    this.listener = listener;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Starts listening; returns at once, whether or not the database is there. */
  public void start() {
    thread.start();
  }

  /** When the database was away. */
  public Outages outages() {
    return outages;
  }

  /** Stops listening and waits for the thread. */
  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    heard.ifPresent(DoorbellListener::hangUp); // waiting for a ring is not interruptible
    try {
      thread.join(CLOSE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void hangUp(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      log.debug("The doorbell's connection was not cut short; it ends within a second.", e);
    }
  }

  private void run() {
    boolean warned = false;
    int failures = 0;
    while (!closed) {
      try (Connection connection = database.connect()) {
        listen(connection);
        outages.ends();
        log.info("The doorbell is heard{}.", warned ? " again" : "");
        warned = false;
        heard = Optional.of(connection);
        hear(connection);
      } catch (SQLException e) {
        outages.begins();
        if (!closed && !warned) {
          log.warn("The doorbell is not heard, trying again: {}", e.getMessage());
          warned = true;
        }
      } catch (RuntimeException e) {
        // A bug in what a ring sets off must not leave this process deaf: start over, and read all.
        if (failures++ % FAILURES_A_LOG_LINE == 0) {
          log.error("What a ring of the doorbell set off has failed; listening anew.", e);
        }
      }
      if (!closed) {
        listener.disconnected();
        pause(RETRY_MILLIS);
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + Doorbell.READING_CHANNEL);
      statement.execute("LISTEN " + Doorbell.ALERT_CHANNEL);
      statement.execute("LISTEN " + Doorbell.SENSOR_CHANNEL);
      statement.execute("LISTEN " + Doorbell.REPORT_CHANNEL);
      statement.execute("LISTEN " + Doorbell.TOKEN_CHANNEL);
      statement.execute("LISTEN " + Doorbell.OUTBOX_CHANNEL);
    }
    listener.connected();
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection bell = connection.unwrap(PGConnection.class);
    long probed = System.nanoTime();
    long told = probed - BETWEEN_TELLS.toNanos();
    while (!closed) {
      Rings rings = new Rings(listener);
      rings.add(bell.getNotifications((int) TimeUnit.SECONDS.toMillis(1)));
      if (!rings.isEmpty()) {
        gather(bell, rings, told);
        rings.tell();
        told = System.nanoTime();
      }
      if (System.nanoTime() - probed > TimeUnit.SECONDS.toNanos(PROBE_SECONDS)) {
        // A connection whose other end has vanished without a word looks just like silence.
        if (!connection.isValid(PROBE_TIMEOUT_SECONDS)) {
          throw new SQLException("The database did not answer a probe.");
        }
        probed = System.nanoTime();
      }
    }
  }

  /**
   * A fleet that reports together is read once: rings wait until the last tell is a moment ago.
   * What comes meanwhile is looked for now and then, and wakes nobody: a busy line rings a thousand
   * times a second.
   */
  private void gather(PGConnection bell, Rings rings, long told) throws SQLException {
    while (!closed) {
      Duration apart = apart(rings);
      long left = (apart.toNanos() - (System.nanoTime() - told)) / 1_000_000;
      if (left <= 0) {
        return;
      }
      pause(Math.min(left, BETWEEN_URGENT.toMillis()));
      rings.add(bell.getNotifications());
    }
  }

  private Duration apart(Rings rings) {
    if (rings.areUrgent()) {
      return BETWEEN_URGENT;
    }
    return rings.areReadingsAlone() ? listener.betweenReadings() : BETWEEN_TELLS;
  }

  private void pause(long millis) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (left > 0 && !closed) {
        left = closing.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
