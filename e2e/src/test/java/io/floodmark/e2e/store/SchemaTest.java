package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.e2e.TestDatabase.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class SchemaTest extends SchemaOnEachEngine {

  @Test
  void migratingTwiceChangesNothing() throws Exception {
    migrate();
    String before = tables();
    migrate();
    assertEquals(before, tables());
  }

  @Test
  void aSessionTellsTimesInUtcAndSpendsNothingOnCompiling() throws Exception {
    assertEquals("UTC", query("SHOW TimeZone"));
    assertEquals("off", query("SHOW jit"));
  }

  @Test
  void aDatabaseOfANewerProgramIsRefused() throws Exception {
    migrate();
    query(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        SELECT max(installed_rank) + 1, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 0,
               current_user, 0, true
        FROM flyway_schema_history RETURNING 1
        """);
    assertThrows(FlywayException.class, this::migrate);
  }

  @Test
  void severalProcessesMayMigrateAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> migrations = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Callable<Boolean> migration =
          () -> {
            migrate();
            return true;
          };
      migrations.add(threads.submit(migration));
    }
    for (Future<?> migration : migrations) {
      migration.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    insertReading("2026-07-21T12:00:00Z");
    assertEquals("1", query("SELECT count(*) FROM reading"));
  }

  @Test
  void readingsAreInAHypertableWhereThereIsTimescale() throws Exception {
    migrate();
    assertEquals(
        engine == Engine.TIMESCALE ? "r" : "p",
        query("SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass"));
  }
}
