package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Schema;
import java.time.Instant;
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
}
