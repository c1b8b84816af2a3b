package io.floodmark.backup;

import io.floodmark.backup.Progress.Step;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Writes everything that the database holds into a file, as it was at one moment, while others go
 * on writing: what was committed, and so acknowledged, before it began is in it.
 *
 * <p>One connection in one transaction of isolation REPEATABLE READ; nobody waits for it but who
 * wants to change tables, and those of ours who do try again later. It takes no more memory for
 * more rows.
 */
public final class Backup {
  /** A long table is told of every so many rows. */
  private static final long ROWS_BETWEEN = 100_000;

  private final Database database;
  private final InstantSource clock;
  private final String product;

  /**
   * A backup to be written.
   *
   * @param product version of this program, to be told to whoever restores it
   */
  public Backup(Database database, InstantSource clock, String product) {
    this.database = database;
    this.clock = clock;
    this.product = product;
  }

  /**
   * Writes it, under another name until it is complete and on the disk. For its owner's eyes only:
   * it holds what was measured and decided, personal data, hashes of tokens and passwords, and the
   * channels' secrets.
   *
   * @param file that is not there, or may be replaced
   * @return what is in it
   * @throws BackupException if there is nothing to be backed up, or its tables were just changed
   * @throws IOException if the file cannot be written; then there is none
   * @throws SQLException if the database refuses, or is away; then there is no file
   */
  public Manifest write(Path file, Progress progress)
      throws BackupException, SQLException, IOException {
    // Before the snapshot: what was committed by then is in it.
    Instant takenAt = clock.instant();
    try (Connection connection = database.connect()) {
      String schema = requireWhole(connection);
      List<Catalog.Table> tables = Catalog.tables(connection);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      lock(connection, tables);
      if (!Catalog.tables(connection).equals(tables)
          || !Schema.version(connection).equals(Optional.of(schema))) {
        throw new BackupException(
            "The tables were changed just as the backup began. Take it again.");
      }
      try (BackupWriter writer = new BackupWriter(file)) {
        Manifest manifest = copied(connection, schema, takenAt, tables, writer, progress);
        writer.finish(manifest);
        return manifest;
      }
    }
  }

  private static String requireWhole(Connection connection) throws SQLException, BackupException {
    Schema.refuseUnfinishedRestore(connection);
    return Schema.version(connection)
        .orElseThrow(
            () ->
                new BackupException(
                    "The database holds nothing of Floodmark's. Name the one that does, with db.url or data.dir."));
  }

  /** Before the snapshot is taken: a table written anew after that would look empty in it. */
  private static void lock(Connection connection, List<Catalog.Table> tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "LOCK TABLE "
              + tables.stream()
                  .map(table -> "ONLY " + table.quotedName())
                  .collect(Collectors.joining(", "))
              + " IN ACCESS SHARE MODE");
    }
  }

  private Manifest copied(
      Connection connection,
      String schema,
      Instant takenAt,
      List<Catalog.Table> tables,
      BackupWriter writer,
      Progress progress)
      throws SQLException, IOException {
    MonthsSeen months = new MonthsSeen();
    List<Manifest.Table> copied = new ArrayList<>();
    for (Catalog.Table table : tables) {
      copied.add(copied(connection, table, months, writer, progress));
    }
    return new Manifest(
        product,
        schema,
        takenAt,
        engine(connection),
        months.all(),
        copied,
        Catalog.sequences(connection));
  }

  private static Manifest.Table copied(
      Connection connection,
      Catalog.Table table,
      MonthsSeen months,
      BackupWriter writer,
      Progress progress)
      throws SQLException, IOException {
    // A query: COPY of a parent alone would leave out its partitions or chunks.
    String copy =
        "COPY (SELECT %s FROM %s) TO STDOUT".formatted(table.quotedColumns(), table.quotedName());
    MonthsSeen.Column timeColumn = months.of(table);
    BackupWriter.Entry entry = writer.begin(table);
    CopyOut rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
    try {
      for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
        timeColumn.note(row);
        entry.add(row);
        if (entry.rows() % ROWS_BETWEEN == 0) {
          progress.at(Step.COPYING, table.name(), entry.rows(), false);
        }
      }
    } finally {
      if (rows.isActive()) {
        rows.cancelCopy();
      }
    }
    progress.at(Step.COPYING, table.name(), entry.rows(), true);
    return entry.end();
  }

  private static String engine(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT 'PostgreSQL ' || current_setting('server_version')
                  || coalesce((SELECT ' with TimescaleDB ' || extversion FROM pg_extension WHERE extname = 'timescaledb'), '')
                """)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Tables that no backup holds, and why stands at {@link Catalog#OF_MQTT_SESSIONS}. */
  public static Set<String> leftOut() {
    return Catalog.OF_MQTT_SESSIONS;
  }
}
