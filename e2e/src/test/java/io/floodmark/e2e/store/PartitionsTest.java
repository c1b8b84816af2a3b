package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.Until;
import io.floodmark.ingest.upkeep.Upkeep;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What only plain PostgreSQL has. */
@ParameterizedClass
@EnumSource(value = Engine.class, names = "EMBEDDED")
final class PartitionsTest extends SchemaOnEachEngine {

  private static final String WAITING =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'REINDEX%'
      """;

  @Test
  void aMonthTakesItsReadingsOutOfTheDefaultPartition() throws Exception {
    migrate();
    insertReading("2026-10-01T00:00:00Z");
    insertReading("2026-10-31T23:59:59.999Z");
    insertReading("2026-11-01T00:00:00Z");
    assertEquals("3", query("SELECT count(*) FROM reading_default"));
    assertTrue(Schema.ensurePartition(connection, Instant.parse("2026-10-05T00:00:00Z")));
    assertEquals("1", query("SELECT count(*) FROM reading_default"));
    assertEquals("2", query("SELECT count(*) FROM reading_2026_10"));
    assertEquals("23505", refusalOfReading("2026-10-31T23:59:59.999Z"));
    assertFalse(Schema.ensurePartition(connection, Instant.parse("2026-10-31T23:59:59.999Z")));
  }

  @Test
  void theIndexOfAClosedMonthIsBuiltAnewAndFullAfterTenMinutesOfFewReadings() throws Exception {
    migrate();
    Schema.ensurePartition(connection, Instant.parse("2026-05-01T00:00:00Z"));
    execute(
        """
        INSERT INTO reading (observed_at, sensor_id, flags)
        SELECT timestamptz '2026-05-02' + m * interval '1 minute' + s * interval '1 ms', s, 0
        FROM generate_series(1, 700) AS m, generate_series(1, 40) AS s
        ORDER BY m, s
        """);
    execute("ANALYZE reading_2026_05");
    String full =
        """
        SELECT pg_relation_size('reading_2026_05_pkey') < 30 * (SELECT count(*) FROM reading_2026_05)
        """;
    assertEquals("f", query(full));
    Upkeep upkeep = new Upkeep(database, () -> NOON, Duration.ofDays(1_095));
    for (int minute = 0; minute < 10; minute++) {
      upkeep.doWork(NOON.plus(Duration.ofMinutes(minute)));
      assertEquals("f", query(full));
    }
    try (Connection reader = database.connect()) {
      reader.setAutoCommit(false);
      execute(reader, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      execute(reader, "SELECT count(*) FROM reading");
      Future<?> built = inBackground(upkeep, NOON.plus(Duration.ofMinutes(10)));
      Until.succeeds("it waits for the reader", () -> assertEquals("1", query(WAITING)));
      execute(reader, "SELECT pg_sleep(0.7)");
      assertEquals("1", query(WAITING), "not given up after half a second");
      reader.commit();
      built.get(30, TimeUnit.SECONDS);
    }
    upkeep.abort();
    assertEquals("t", query(full));
  }

  private static Future<?> inBackground(Upkeep upkeep, Instant now) {
    FutureTask<?> work =
        new FutureTask<>(
            () -> {
              upkeep.doWork(now);
              return null;
            });
    new Thread(work, "test-upkeep").start();
    return work;
  }

  @Test
  void anIndexThatWasNeverFinishedIsDropped() throws Exception {
    migrate();
    Schema.ensurePartition(connection, Instant.parse("2026-10-05T00:00:00Z"));
    insertReading("2026-10-01T00:00:00Z");
    insertReading("2026-10-02T00:00:00Z");
    String unfinished =
        "CREATE UNIQUE INDEX CONCURRENTLY reading_2026_10_pkey_%s ON reading_2026_10 (sensor_id)";
    for (String end : List.of("ccnew", "ccold1")) {
      assertThrows(SQLException.class, () -> execute(unfinished.formatted(end)));
    }
    String indexes =
        """
        SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
        WHERE relname LIKE 'reading_2026_10_%'
        """;
    assertEquals(
        "reading_2026_10_pkey reading_2026_10_pkey_ccnew reading_2026_10_pkey_ccold1",
        query(indexes));
    Upkeep upkeep = new Upkeep(database, () -> NOON, Duration.ofDays(1_095));
    for (int minute = 0; minute <= 10; minute++) {
      upkeep.doWork(NOON.plus(Duration.ofMinutes(minute)));
    }
    upkeep.abort();
    assertEquals("reading_2026_10_pkey", query(indexes));
  }

  private void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
