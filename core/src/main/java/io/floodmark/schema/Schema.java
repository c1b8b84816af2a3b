package io.floodmark.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the schema of this program. Several processes may do so at once. */
public final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private static final String UNFINISHED = "floodmark_restore";

  /** SQLState of an object that is not in the state that is needed. */
  private static final String NOT_READY = "55000";

  private final DataSource dataSource;
  private final InstantSource clock;

  /**
   * A schema to be laid in {@code dataSource}; {@code clock} says which months need a partition.
   */
  public Schema(DataSource dataSource, InstantSource clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * Migrates, turns {@code reading} into a hypertable where that can be, and makes partitions for
   * this month and the next where it cannot. Doing it twice changes nothing.
   *
   * @throws org.flywaydb.core.api.FlywayException if the database was laid by a newer program, was
   *     changed by hand, or cannot be reached
   * @throws SQLException if the steps after it fail
   */
  public void migrate() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      refuseUnfinishedRestore(connection);
    }
    layForRestore();
  }

  /** As {@link #migrate}, in a database that {@linkplain #markUnfinished is marked}. */
  public void layForRestore() throws SQLException {
    steps().load().migrate();
    try (Connection connection = dataSource.getConnection()) {
      Hypertable hypertable = new Hypertable(connection);
      hypertable.convertWherePossible();
      log.info("Readings are kept in {}.", hypertable.describe());
      Instant now = clock.instant();
      ensurePartition(connection, now);
      ensurePartition(connection, now.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant());
    }
  }

  /**
   * Lays the tables as they were after step {@code version}, without views and hypertable, which
   * are of the newest: for rows of that time, before {@link #migrate}.
   */
  public void layAsOf(String version) {
    steps()
        .target(version)
        // Today's views are of tables that came later.
        .repeatableSqlMigrationPrefix("later")
        .load()
        .migrate();
  }

  /** The last step that this program knows, such as {@code 015}. */
  public String newest() {
    return Arrays.stream(steps().load().info().all())
        .filter(step -> step.isVersioned() && step.getState().isResolved())
        .map(step -> step.getVersion())
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .getVersion();
  }

  /** Which of two steps comes later, as {@link Comparator#compare} says it. */
  public static int compare(String version, String other) {
    return MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(other));
  }

  /** The last step that the tables have seen; empty if there are none of ours. */
  public static Optional<String> version(Connection connection) throws SQLException {
    if (!isTrue(connection, "SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT version FROM flyway_schema_history
                WHERE success AND version IS NOT NULL
                ORDER BY installed_rank DESC LIMIT 1
                """)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** Marks a database whose rows are still to come. The mark is no table: the place stays empty. */
  public static void markUnfinished(Connection connection) throws SQLException {
    execute(connection, "CREATE SCHEMA IF NOT EXISTS " + UNFINISHED);
  }

  /** Takes the mark away, in the transaction that brings the rows. */
  public static void unmarkUnfinished(Connection connection) throws SQLException {
    execute(connection, "DROP SCHEMA " + UNFINISHED);
  }

  /** Whether rows are still to come. */
  public static boolean isUnfinished(Connection connection) throws SQLException {
    return isTrue(connection, "SELECT to_regnamespace('" + UNFINISHED + "') IS NOT NULL");
  }

  /**
   * Refuses a database that a restore has left before its end.
   *
   * @throws SQLException then, with a sentence that says what to do
   */
  public static void refuseUnfinishedRestore(Connection connection) throws SQLException {
    if (isUnfinished(connection)) {
      throw new SQLException(
          "a restore into it has not come to its end, and it holds no row. Run `restore` again, or wait for the one that runs.",
          NOT_READY);
    }
  }

  /**
   * Gives the month of {@code at} a partition of its own, where readings are kept in partitions.
   * While somebody may be writing readings, in a transaction of its own.
   *
   * @return whether one was made
   */
  public static boolean ensurePartition(Connection connection, Instant at) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("SELECT ensure_reading_partition(?)")) {
      call.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      try (ResultSet result = call.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  private FluentConfiguration steps() {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:io/floodmark/schema")
        // By default Flyway passes over steps that it does not know: a newer program's.
        .ignoreMigrationPatterns(new String[0]);
  }

  private static boolean isTrue(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
