package io.floodmark.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns {@code reading} from a partitioned table into a hypertable, if TimescaleDB can be loaded.
 * Flyway always lays the partitioned table, so that a database to which TimescaleDB comes later
 * goes the same way, rows and all.
 */
final class Hypertable {
  private static final Logger log = LoggerFactory.getLogger(Hypertable.class);

  private final Connection connection;
  private String plainBecause = "";

  Hypertable(Connection connection) {
    this.connection = connection;
  }

  /** One phrase for the log: what readings are kept in, and why not in a hypertable. */
  String describe() {
    return plainBecause.isEmpty()
        ? "a TimescaleDB hypertable"
        : "monthly partitions; TimescaleDB is not used: " + plainBecause;
  }

  void convertWherePossible() throws SQLException {
    if (isTrue("SELECT relkind <> 'p' FROM pg_class WHERE oid = 'reading'::regclass")) {
      return;
    }
    plainBecause = whyNot();
    if (!plainBecause.isEmpty()) {
      return;
    }
    connection.setAutoCommit(false);
    try {
      // Held to the end of the transaction: a second process waits, then finds the work done.
      Schema.execute(connection, "LOCK TABLE reading IN ACCESS EXCLUSIVE MODE");
      boolean stillPartitioned =
          isTrue("SELECT relkind = 'p' FROM pg_class WHERE oid = 'reading'::regclass");
      if (stillPartitioned) {
        convert();
      }
      connection.commit();
      if (stillPartitioned) {
        log.info("Readings have moved into a TimescaleDB hypertable.");
      }
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void convert() throws SQLException {
    Schema.execute(
        connection,
        """
        ALTER TABLE reading RENAME TO reading_partitioned;
        ALTER INDEX reading_pkey RENAME TO reading_partitioned_pkey;
        CREATE TABLE reading (LIKE reading_partitioned INCLUDING ALL);
        SELECT create_hypertable('reading', by_range('observed_at', interval '7 days'), create_default_indexes => false);
        INSERT INTO reading SELECT * FROM reading_partitioned;
        """);
    // Replaced, not dropped: what was granted on the views, and what others built on them, stays.
    Schema.execute(connection, exportViews());
    Schema.execute(connection, "DROP TABLE reading_partitioned");
  }

  /** Why TimescaleDB cannot be used; empty if it can, and then it is loaded. */
  private String whyNot() throws SQLException {
    if (isLoaded()) {
      return "";
    }
    if (!isTrue("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb')")) {
      return "it is not installed beside this PostgreSQL";
    }
    // CREATE EXTENSION without the library preloaded ends the connection, so ask first. The list of
    // preloaded libraries is for superusers only; the settings that they bring are for everyone.
    if (!isTrue("SELECT EXISTS (SELECT FROM pg_settings WHERE name LIKE 'timescaledb.%')")) {
      return "it is installed but not loaded: add timescaledb to shared_preload_libraries and"
          + " restart PostgreSQL";
    }
    try {
      Schema.execute(connection, "CREATE EXTENSION IF NOT EXISTS timescaledb");
      return "";
    } catch (SQLException e) {
      // IF NOT EXISTS does not help where another process creates it at this moment: it waits for
      // that one, and is refused.
      if (isLoaded()) {
        return "";
      }
      return "CREATE EXTENSION timescaledb was refused (SQLState "
          + e.getSQLState()
          + "): let a superuser run it in this database, then start again";
    }
  }

  private boolean isLoaded() throws SQLException {
    return isTrue("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')");
  }

  private boolean isTrue(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static String exportViews() {
    try (InputStream in = Hypertable.class.getResourceAsStream("R__export_views.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
