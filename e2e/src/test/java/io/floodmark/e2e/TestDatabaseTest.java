package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class TestDatabaseTest {

  private static TestDatabase database;

  @Parameter Engine engine;

  @BeforeParameterizedClassInvocation
  static void open(Engine engine) throws SQLException {
    database = TestDatabase.open(engine);
  }

  @AfterParameterizedClassInvocation
  static void close() throws SQLException {
    database.close();
  }

  @Test
  void theServerIsAsDurableAsInTheField() throws SQLException {
    assertEquals("on", query(database.database(), "SHOW fsync"));
    assertEquals("on", query(database.database(), "SHOW synchronous_commit"));
  }

  @Test
  void twoDatabasesKnowNothingOfEachOther() throws SQLException {
    try (TestDatabase other = TestDatabase.open(engine)) {
      execute(other.database(), "CREATE TABLE mine (id int)");
      assertEquals(
          "0", query(database.database(), "SELECT count(*) FROM pg_class WHERE relname = 'mine'"));
    }
  }

  @Test
  void aCopyHoldsWhatWasThereAndGoesItsOwnWay() throws SQLException {
    try (TestDatabase original = TestDatabase.open(engine)) {
      execute(original.database(), "CREATE TABLE mine AS SELECT 1 AS id");
      original.seal();
      try (TestDatabase one = original.copy();
          TestDatabase other = original.copy()) {
        execute(one.database(), "DELETE FROM mine");
        assertEquals("0", query(one.database(), "SELECT count(*) FROM mine"));
        assertEquals("1", query(other.database(), "SELECT count(*) FROM mine"));
      }
    }
  }

  @Test
  void aClosedDatabaseIsGoneAlsoWhileSomebodyIsConnected() throws SQLException {
    TestDatabase other = TestDatabase.open(engine);
    try (Connection left = other.database().connect()) {
      assertTrue(left.isValid(5));
      other.close();
    }
    SQLException refused = assertThrows(SQLException.class, () -> other.database().connect());
    assertEquals("3D000", refused.getSQLState());
  }

  @Test
  void readingsAreKeptInWhatTheEngineIsFor() throws SQLException {
    try (TestDatabase fresh = TestDatabase.open(engine);
        HikariDataSource pool = fresh.database().pool("schema", 2)) {
      new Schema(pool, InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"))).migrate();
      assertEquals(
          engine == Engine.TIMESCALE ? "r" : "p",
          query(fresh.database(), "SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass"));
    }
  }

  @Test
  void anAddressKeepsItsOtherSettings() {
    assertEquals(
        "jdbc:postgresql://[::1]:1/b?sslmode=require&ssl=true",
        TestDatabase.addressOf(
            "jdbc:postgresql://[::1]:1/a?sslmode=require&user=u&password=p&ssl=true", "b"));
    assertEquals(
        "jdbc:postgresql://h/b", TestDatabase.addressOf("jdbc:postgresql://h/a?user=u", "b"));
  }

  @Test
  void theContainerIsTheOneThatComposeRuns() {
    assertTrue(TestDatabase.imageOfCompose().matches("timescale/timescaledb:[\\w.]+-pg17-oss"));
  }

  private static void execute(Database at, String sql) throws SQLException {
    try (Connection connection = at.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(Database at, String sql) throws SQLException {
    try (Connection connection = at.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
