package io.floodmark.api.health;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database lets us in, answers in time, and its tables are those that this program knows. */
final class DatabaseCheck implements HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(DatabaseCheck.class);

  /** Flyway holds its lock on one and works on another. */
  private static final int SCHEMA_CONNECTIONS = 2;

  /** What stands in the way, for the kind of problem that is answered. */
  enum State {
    READY,
    AWAY,
    NO_SCHEMA
  }

  private final Database database;
  private final Duration answerWithin;
  private Optional<String> newest = Optional.empty();
  private volatile State state = State.AWAY;

  DatabaseCheck(Database database, Duration answerWithin) {
    this.database = database;
    this.answerWithin = answerWithin;
  }

  @Override
  public String name() {
    return "database";
  }

  /** What the last look came to. */
  State state() {
    return state;
  }

  @Override
  public Finding look() {
    long start = System.nanoTime();
    try (Connection connection = database.connect()) {
      connection.setNetworkTimeout(Runnable::run, (int) answerWithin.toMillis());
      Optional<String> version = Schema.version(connection);
      if (version.isEmpty() || Schema.isUnfinished(connection)) {
        state = State.NO_SCHEMA;
        return new Finding(
            false, "It has no tables of Floodmark's yet, or a restore has not come to its end.");
      }
      if (Schema.compare(version.get(), newest()) < 0) {
        state = State.NO_SCHEMA;
        return new Finding(
            false,
            "Its tables are as of step %s, and this program needs %s: start `serve` of this version once."
                .formatted(version.get(), newest()));
      }
      state = State.READY;
      return new Finding(
          true,
          "It answers in %d ms; tables as of step %s."
              .formatted(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), version.get()));
    } catch (SQLException e) {
      state = State.AWAY;
      log.debug("Not ready: {}", e.getMessage());
      return new Finding(false, "It does not answer (SQLState %s).".formatted(e.getSQLState()));
    }
  }

  /** Asked for once: it stands in the program. */
  private String newest() {
    if (newest.isEmpty()) {
      try (HikariDataSource pool = database.pool("floodmark-health", SCHEMA_CONNECTIONS)) {
        newest = Optional.of(new Schema(pool, () -> Instant.EPOCH).newest());
      }
    }
    return newest.get();
  }
}
