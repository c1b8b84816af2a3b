package io.floodmark.e2e.store;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** An empty database for each test, and what one looks at after laying the schema. */
abstract class SchemaOnEachEngine {
  static final Instant NOON = Instant.parse("2026-07-21T12:00:00Z");

  /** What this class now runs on. */
  @Parameter Engine engine;

  Connection connection;
  Database database;

  private TestDatabase opened;

  @BeforeEach
  void open() throws SQLException {
    opened = TestDatabase.open(engine);
    database = opened.database();
    connection = database.connect();
  }

  @AfterEach
  void close() throws SQLException {
    // Also called after a test that was skipped for want of an engine.
    if (connection != null) {
      connection.close();
      opened.close();
    }
  }

  void migrate() throws SQLException {
    new Schema(CommitLineOnEachEngine.dataSource(database), () -> NOON).migrate();
  }

  void insertReading(String observedAt) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO sensor (code, name, kind, lon, lat, token_sha256)
          VALUES ('a', 'A', 'depth', 106, 21, sha256('a'))
          ON CONFLICT DO NOTHING
          """);
      statement.execute(
          """
          INSERT INTO whole_reading (observed_at, received_at, sensor_id, qc)
          SELECT '%1$s', '%1$s', id, 1 FROM sensor WHERE code = 'a'
          """
              .formatted(observedAt));
    }
  }

  String refusalOfReading(String observedAt) {
    try {
      insertReading(observedAt);
      return "none";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  String tables() throws SQLException {
    return query(
        """
        SELECT string_agg(relname || relkind::text, ' ' ORDER BY relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        """);
  }

  String query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      String text = result.getString(1);
      return text == null ? "" : text;
    }
  }
}
