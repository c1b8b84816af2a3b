package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Schema;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What only TimescaleDB has. */
@ParameterizedClass
@EnumSource(value = Engine.class, names = "TIMESCALE")
final class HypertableTest extends SchemaOnEachEngine {

  @Test
  void aDatabaseToWhichTimescaleComesLaterKeepsItsReadings() throws Exception {
    layWithoutTimescale();
    Schema.ensurePartition(connection, NOON);
    insertReading("2026-07-21T12:00:00Z");
    insertReading("2031-07-21T12:00:00Z");
    assertEquals("p", query("SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass"));
    migrate();
    assertEquals("r", query("SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass"));
    assertEquals("2", query("SELECT count(*) FROM reading"));
    assertEquals("2", query("SELECT count(*) FROM export_reading"));
    assertEquals("23505", refusalOfReading("2026-07-21T12:00:00Z"));
    assertEquals(
        "",
        query("SELECT string_agg(relname, ' ') FROM pg_class WHERE relname ~ '^reading_.*2026'"));
  }

  @Test
  void aHypertableNeedsNoPartition() throws Exception {
    migrate();
    assertFalse(Schema.ensurePartition(connection, NOON));
  }

  /** As it was before TimescaleDB came. */
  private void layWithoutTimescale() {
    Flyway.configure()
        .dataSource(CommitLineOnEachEngine.dataSource(database))
        .locations("classpath:io/floodmark/schema")
        .load()
        .migrate();
  }
}
