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
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the schema of this program. Several processes may do so at once. */
public final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

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
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:io/floodmark/schema")
        // By default Flyway passes over steps that it does not know: a newer program's.
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
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
   * Gives the month of {@code at} a partition of its own, where readings are kept in partitions.
   * Runs in a transaction of its own: the connection must be in auto-commit.
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

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
