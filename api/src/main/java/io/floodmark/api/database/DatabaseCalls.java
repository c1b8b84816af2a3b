package io.floodmark.api.database;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.schema.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the database and writes to it on worker threads, one JDBC call a thread. Safe for use
 * by any thread.
 *
 * <p>As many calls run as there are threads, and a fixed number more may wait; what comes beyond
 * fails at once, so that a rush ends in short refusals and not in answers that nobody waits for any
 * more.
 */
public final class DatabaseCalls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DatabaseCalls.class);

  /** For a connection from the pool, and so for the first failure after the database went away. */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

  /** For one answer of the database: a network that swallows packets is noticed by nothing else. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  /** After a failure to connect, the next try is this far away; until then calls fail at once. */
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

  private final HikariDataSource pool;
  private final WorkerExecutor workers;
  private final AtomicInteger open = new AtomicInteger();
  private final int openMax;
  private volatile boolean away;
  private volatile long awaySinceNanos;

  /**
   * Makes the pool, whether or not the database is there.
   *
   * @param threads calls that run at once, and connections, 1 or more
   * @param waitingMax calls that may wait for a thread, 0 or more
   */
  public DatabaseCalls(Vertx vertx, Database database, int threads, int waitingMax) {
    this.pool = database.pool("floodmark-api", threads);
    this.pool.setConnectionTimeout(CONNECT_WITHIN.toMillis());
    this.workers = vertx.createSharedWorkerExecutor("floodmark-api-jdbc", threads);
    this.openMax = threads + waitingMax;
  }

  /** Something done with one connection, in auto-commit unless it says otherwise. */
  @FunctionalInterface
  public interface Read<T> {
    /** Works; an SQLException becomes a {@link ProblemException}. */
    T from(Connection connection) throws SQLException;
  }

  /**
   * Runs {@code read} on a worker.
   *
   * @return its result, on the caller's context; or a {@link ProblemException}
   */
  public <T> Future<T> read(Read<T> read) {
    if (open.incrementAndGet() > openMax) {
      open.decrementAndGet();
      return Future.failedFuture(new ProblemException(Problem.overloaded()));
    }
    return workers
        .executeBlocking(() -> run(read), false)
        .onComplete(done -> open.decrementAndGet());
  }

  /**
   * Runs {@code work} on a worker, in one transaction: what it wrote is there when it returns, and
   * not at all when it throws.
   *
   * @return its result, on the caller's context; or a {@link ProblemException}
   */
  public <T> Future<T> transaction(Read<T> work) {
    return read(connection -> inTransaction(connection, work));
  }

  private static <T> T inTransaction(Connection connection, Read<T> work) throws SQLException {
    connection.setAutoCommit(false);
    // Left unfinished, the pool rolls it back when the connection returns.
    T result = work.from(connection);
    connection.commit();
    return result;
  }

  private <T> T run(Read<T> read) {
    if (away && System.nanoTime() - awaySinceNanos < TRY_AGAIN_AFTER.toNanos()) {
      throw new ProblemException(Problem.databaseAway());
    }
    try (Connection connection = pool.getConnection()) {
      away = false;
      connection.setNetworkTimeout(Runnable::run, (int) ANSWER_WITHIN.toMillis());
      return read.from(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private ProblemException failed(SQLException e) {
    Problem problem = DatabaseProblem.of(e);
    if (DatabaseProblem.isAway(e)) {
      if (!away) {
        log.warn("The database does not answer, requests get 503: {}", e.getMessage());
      }
      awaySinceNanos = System.nanoTime();
      away = true;
    } else if (problem.status() == 500) {
      log.error("A query failed (SQLState {}).", e.getSQLState(), e);
    } else {
      log.warn("{} (SQLState {}): {}", problem.title(), e.getSQLState(), e.getMessage());
    }
    return new ProblemException(problem);
  }

  /** Calls that run or wait for a thread now. */
  public int open() {
    return open.get();
  }

  /** How many may. */
  public int openMax() {
    return openMax;
  }

  /** Ends the connections, and with them calls under way; the threads end with Vert.x. */
  @Override
  public void close() {
    pool.close();
  }
}
