package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Timers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How months get partitions, which only plain PostgreSQL has. */
@ParameterizedClass
@EnumSource(value = Engine.class, names = "EMBEDDED")
final class MonthsTest extends CommitLineOnEachEngine {
  private static final Instant MARCH = Instant.parse("2026-03-05T00:00:00Z");

  private static final String LEADERS =
      """
      SELECT count(*) FROM pg_locks
      WHERE locktype = 'advisory' AND objid = 4669003
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  private final Timers timers = new Timers(database, clock);

  @AfterEach
  void stop() throws SQLException {
    timers.abort();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!select(LEADERS).equals("0")) {
      assertTrue(System.nanoTime() < until, "The next test's timers could not lead.");
    }
  }

  @Test
  void aLongReaderHoldsUpNoCommitAndTheMonthIsMadeOnceItIsGone() throws Exception {
    try (Connection reader = database.connect();
        Statement read = reader.createStatement()) {
      reader.setAutoCommit(false);
      read.execute("SELECT count(*) FROM reading");
      line.send(sensor, depth(20, MARCH));
      assertEquals(0, line.counters().retries());
      assertEquals("1", select("SELECT count(*) FROM reading_default"));
      timers.doWork(NOON);
      assertEquals("1", select("SELECT count(*) FROM reading_default"));
      reader.rollback();
    }
    timers.doWork(NOON.plusSeconds(60));
    assertEquals("0", select("SELECT count(*) FROM reading_default"));
    assertEquals("1", select("SELECT count(*) FROM reading_2026_03"));
    assertEquals("1", count("reading", sensor));
  }

  @Test
  void aMonthIsMadeByTheFirstReadingOfIt() throws Exception {
    line.send(sensor, depth(20, Instant.parse("2026-02-05T00:00:00Z")));
    assertEquals("1", select("SELECT count(*) FROM reading_2026_02"));
  }
}
