package io.floodmark.server;

import static java.util.stream.Collectors.joining;

import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that the settings mean, reached and laid to the schema of this program: the
 * operator's own, or the embedded one that a running Floodmark has open, or the embedded one
 * started for as long as this is open.
 */
final class CommandDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CommandDatabase.class);
  private static final int OLDEST_VERSION = 150_000;

  /** Flyway holds its lock on one and works on another. */
  private static final int SCHEMA_CONNECTIONS = 3;

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Database database;
  private final Optional<EmbeddedPostgres> started;
  private final boolean isNew;

  private CommandDatabase(Database database, Optional<EmbeddedPostgres> started, boolean isNew) {
    this.database = database;
    this.started = started;
    this.isNew = isNew;
  }

  /**
   * For a command that does its work and ends: uses what runs.
   *
   * @param stopping asked now and then whether to give up
   * @throws Failure if there is no way to it
   */
  static CommandDatabase reach(ServerConfig config, BooleanSupplier stopping, InstantSource clock) {
    return found(config, stopping).prepared(Duration.ZERO, stopping, clock);
  }

  /**
   * For a command that takes the database as it is, whatever schema it has or has not.
   *
   * @param stopping asked now and then whether to give up
   * @throws Failure if there is no way to it
   */
  static CommandDatabase asItIs(ServerConfig config, BooleanSupplier stopping) {
    CommandDatabase found = found(config, stopping);
    try {
      found.requireVersion(Duration.ZERO, stopping);
      return found;
    } catch (SQLException e) {
      found.close();
      throw found.unusable(e);
    } catch (RuntimeException | Error e) {
      found.close();
      throw e;
    }
  }

  /**
   * For a server: an embedded database is its own, a foreign one may come up a while later.
   *
   * @param kind whose data folder it has to be
   * @param stopping asked now and then whether to give up
   * @throws FolderInUse if another process has the embedded one
   * @throws Failure if there is no way to it within {@code patience}
   */
  static CommandDatabase own(
      ServerConfig config,
      FolderKind kind,
      Duration patience,
      BooleanSupplier stopping,
      InstantSource clock) {
    CommandDatabase owned =
        config
            .database()
            .map(CommandDatabase::foreign)
            .orElseGet(
                () -> {
                  boolean isNew = EmbeddedPostgres.findKind(config.dataDir()).isEmpty();
                  return started(EmbeddedPostgres.open(config.dataDir(), kind, stopping), isNew);
                });
    return owned.prepared(patience, stopping, clock);
  }

  Database database() {
    return database;
  }

  /** Whether there was none in the folder before: an embedded one, made now. */
  boolean isNew() {
    return isNew;
  }

  @Override
  public void close() {
    started.ifPresent(EmbeddedPostgres::close);
  }

  private Failure unusable(Exception e) {
    return new Failure(
        "The database (%s) cannot be used: %s".formatted(database, onOneLine(e.getMessage())), e);
  }

  private static CommandDatabase found(ServerConfig config, BooleanSupplier stopping) {
    return config
        .database()
        .map(CommandDatabase::foreign)
        .orElseGet(() -> embedded(config, stopping));
  }

  private static CommandDatabase foreign(Database database) {
    return new CommandDatabase(database, Optional.empty(), false);
  }

  private static CommandDatabase started(EmbeddedPostgres postgres, boolean isNew) {
    return new CommandDatabase(postgres.database(), Optional.of(postgres), isNew);
  }

  private static CommandDatabase embedded(ServerConfig config, BooleanSupplier stopping) {
    Optional<Database> running = EmbeddedPostgres.findRunning(config.dataDir(), stopping);
    if (running.isPresent()) {
      return foreign(running.get());
    }
    Optional<FolderKind> known = EmbeddedPostgres.findKind(config.dataDir());
    FolderKind kind = known.orElse(FolderKind.SERVE);
    try {
      return started(EmbeddedPostgres.open(config.dataDir(), kind, stopping), known.isEmpty());
    } catch (FolderInUse e) {
      // Somebody else was faster in starting it.
      return foreign(EmbeddedPostgres.findRunning(config.dataDir(), stopping).orElseThrow(() -> e));
    }
  }

  private CommandDatabase prepared(
      Duration patience, BooleanSupplier stopping, InstantSource clock) {
    try {
      requireVersion(patience, stopping);
      try (var pool = database.pool("schema", SCHEMA_CONNECTIONS)) {
        new Schema(pool, clock).migrate();
      }
      return this;
    } catch (SQLException | FlywayException e) {
      close();
      throw unusable(e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void requireVersion(Duration patience, BooleanSupplier stopping) throws SQLException {
    try (Connection connection = connect(patience, stopping);
        Statement statement = connection.createStatement();
        ResultSet version =
            statement.executeQuery(
                """
                SELECT current_setting('server_version_num')::integer,
                  current_setting('server_version')
                """)) {
      version.next();
      if (version.getInt(1) < OLDEST_VERSION) {
        throw new Failure(
            "The database (%s) is PostgreSQL %s; Floodmark needs 15 or newer."
                .formatted(database, version.getString(2)));
      }
      log.info("Database: PostgreSQL {}, {}.", version.getString(2), database);
    }
  }

  private Connection connect(Duration patience, BooleanSupplier stopping) throws SQLException {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return database.connect();
      } catch (SQLException e) {
        if (!mayComeUp(e) || System.nanoTime() - start > patience.toNanos()) {
          throw e;
        }
        if (stopping.getAsBoolean()) {
          throw new Stopped("Stopped while waiting for the database.");
        }
        if (!told) {
          log.info("The database is not there yet; trying for {} s.", patience.toSeconds());
          told = true;
        }
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private static String onOneLine(String message) {
    // The driver repeats an address that it cannot read.
    return Database.withoutSecrets(message)
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .collect(joining(" "));
  }

  /** Class 08: no connection. Class 57: starting up or shutting down. */
  private static boolean mayComeUp(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("08") || state.startsWith("57");
  }
}
