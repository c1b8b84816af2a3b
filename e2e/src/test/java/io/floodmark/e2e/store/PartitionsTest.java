package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.upkeep.Upkeep;
import io.floodmark.schema.Schema;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What only plain PostgreSQL has. */
@ParameterizedClass
@EnumSource(value = Engine.class, names = "EMBEDDED")
final class PartitionsTest extends SchemaOnEachEngine {

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
    AtomicLong received = new AtomicLong();
    Upkeep upkeep = new Upkeep(database, () -> NOON, Duration.ofDays(1_095), received::get);
    received.addAndGet(1_000_000);
    upkeep.doWork(NOON.plusSeconds(600));
    assertEquals("f", query(full), "1,666 readings a second come first");
    received.addAndGet(500_000);
    upkeep.doWork(NOON.plusSeconds(1_200));
    upkeep.abort();
    assertEquals("t", query(full));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
