package io.floodmark.backup;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.backup.Progress.Step;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Brings a backup into an empty database, whatever kind it came from: lays the tables as they were,
 * copies the rows in one transaction, then migrates. Until that transaction is committed the
 * database is marked, and no Floodmark works on it.
 */
public final class Restore {
  /** Flyway holds its lock on one and works on another. */
  private static final int SCHEMA_CONNECTIONS = 3;

  // A number of its own among our advisory locks.
  private static final String ALONE = "SELECT pg_try_advisory_lock(4669051)";

  private static final int BUFFER_BYTES = 1 << 16;

  /** As with readings that come from sensors: what is older, or lies ahead, needs no partition. */
  private static final YearMonth FIRST_MONTH = YearMonth.of(2020, 1);

  private final Database database;
  private final InstantSource clock;

  /** A restore into {@code database}; {@code clock} says which months lie ahead. */
  public Restore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Restores {@code file}, which the caller has {@linkplain BackupFile#verify checked}.
   *
   * @throws BackupException if the database is not empty, the backup too new, or not as it was
   *     written; the database then has no row of it
   * @throws SQLException if the database refuses; the same holds
   */
  public void from(BackupFile file, Progress progress)
      throws BackupException, SQLException, IOException {
    Manifest manifest = file.manifest();
    try (HikariDataSource pool = database.pool("restore", SCHEMA_CONNECTIONS);
        Connection connection = database.connect()) {
      Schema schema = new Schema(pool, clock);
      String newest = schema.newest();
      if (Schema.compare(manifest.schema(), newest) > 0) {
        throw new BackupException(
            "The backup was written by Floodmark %s with tables as of step %s; this Floodmark knows them up to step %s. Restore it with that version or a newer one."
                .formatted(manifest.product(), manifest.schema(), newest));
      }
      requireAlone(connection);
      requireEmpty(connection);
      Schema.markUnfinished(connection);
      if (manifest.schema().equals(newest)) {
        // With TimescaleDB the rows then go straight into its chunks.
        schema.layForRestore();
      } else {
        schema.layAsOf(manifest.schema());
      }
      requireSame(connection, manifest);
      copy(connection, file, progress);
      schema.migrate();
      execute(connection, "ANALYZE");
    }
  }

  /** Until the connection is closed. */
  private static void requireAlone(Connection connection) throws SQLException, BackupException {
    try (Statement statement = connection.createStatement();
        ResultSet lock = statement.executeQuery(ALONE)) {
      lock.next();
      if (!lock.getBoolean(1)) {
        throw new BackupException("Another restore works on this database. Wait for its end.");
      }
    }
  }

  private void requireEmpty(Connection connection) throws SQLException, BackupException {
    if (!Catalog.isEmpty(connection) && !Schema.isUnfinished(connection)) {
      throw new BackupException(
          "The database (%s) is not empty, and a backup is restored into an empty one only. Name a new folder with data.dir, or a new database with db.url. Nothing was changed."
              .formatted(database));
    }
  }

  /** An attempt before this one may have been with another backup. */
  private void requireSame(Connection connection, Manifest manifest)
      throws SQLException, BackupException {
    String laid = Schema.version(connection).orElse("none");
    if (!laid.equals(manifest.schema())) {
      throw new BackupException(
          "The database (%s) has tables as of step %s from an attempt with another backup; this one is of step %s. Restore into a new one."
              .formatted(database, laid, manifest.schema()));
    }
  }

  private void copy(Connection connection, BackupFile file, Progress progress)
      throws SQLException, BackupException, IOException {
    Manifest manifest = file.manifest();
    connection.setAutoCommit(false);
    try {
      List<Catalog.Obstacle> obstacles = Catalog.obstacles(connection);
      for (Catalog.Obstacle obstacle : obstacles) {
        execute(connection, obstacle.off());
      }
      makeMonths(connection, manifest.months());
      for (Catalog.Table table : Catalog.tables(connection)) {
        // What the schema brings along is in the backup, too, as it is now.
        execute(connection, "DELETE FROM " + table.quotedName());
      }
      for (Manifest.Table table : manifest.tables()) {
        copy(connection, file, table, progress);
      }
      for (Manifest.Sequence sequence : manifest.sequences()) {
        set(connection, sequence);
      }
      for (Catalog.Obstacle obstacle : obstacles) {
        execute(connection, obstacle.on());
      }
      Schema.unmarkUnfinished(connection);
      connection.commit();
    } catch (SQLException | BackupException | IOException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void makeMonths(Connection connection, List<YearMonth> months) throws SQLException {
    YearMonth last = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).plusMonths(1);
    for (YearMonth month : months) {
      if (!month.isBefore(FIRST_MONTH) && !month.isAfter(last)) {
        Schema.ensurePartition(connection, month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
    }
  }

  private static void copy(
      Connection connection, BackupFile file, Manifest.Table table, Progress progress)
      throws SQLException, IOException, BackupException {
    Catalog.Table into = new Catalog.Table(table.name(), table.columns());
    String copy = "COPY %s (%s) FROM STDIN".formatted(into.quotedName(), into.quotedColumns());
    byte[] buffer = new byte[BUFFER_BYTES];
    CopyIn rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    try (BackupFile.Rows from = file.rows(table)) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        rows.writeToCopy(buffer, 0, n);
        progress.at(Step.RESTORING, table.name(), 0, false);
      }
      from.requireWhole();
      long stored = rows.endCopy();
      if (stored != table.rows()) {
        throw new BackupException(
            "Table %s has %d rows in the backup, and %d came out of it. Take another backup; nothing was changed."
                .formatted(table.name(), table.rows(), stored));
      }
      progress.at(Step.RESTORING, table.name(), stored, true);
    } finally {
      if (rows.isActive()) {
        rows.cancelCopy();
      }
    }
  }

  private static void set(Connection connection, Manifest.Sequence sequence) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("SELECT setval(?::regclass, ?, ?)")) {
      call.setString(1, Catalog.quoted(sequence.name()));
      call.setLong(2, sequence.value());
      call.setBoolean(3, sequence.drawn());
      call.executeQuery().close();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
