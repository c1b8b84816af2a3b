package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Timers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How months get partitions, and that no engine makes commits wait for them. */
@ParameterizedClass
@EnumSource(Engine.class)
final class MonthsTest extends CommitLineOnEachEngine {
  private static final Instant MARCH = Instant.parse("2026-03-05T00:00:00Z");

  private final Timers timers = new Timers(database, clock);

  @AfterEach
  void stop() {
    timers.abort();
    // Or the next test's could not lead.
    awaitUnlocked(TIMERS_LOCK);
  }

  @Test
  void aLongReaderHoldsUpNoCommitAndTheMonthIsMadeOnceItIsGone() throws Exception {
    try (Connection reader = database.connect();
        Statement read = reader.createStatement()) {
      reader.setAutoCommit(false);
      read.execute("SELECT count(*) FROM reading");
      line.send(sensor, depth(20, MARCH));
      assertEquals(0, line.counters().retries());
      assertRows(1, "reading_default");
      timers.doWork(NOON);
      assertRows(1, "reading_default");
      reader.rollback();
    }
    timers.doWork(NOON.plusSeconds(60));
    assertRows(0, "reading_default");
    assertRows(1, "reading_2026_03");
    assertEquals("1", count("reading", sensor));
  }

  @Test
  void aMonthIsMadeByTheFirstReadingOfIt() throws Exception {
    line.send(sensor, depth(20, Instant.parse("2026-02-05T00:00:00Z")));
    assertRows(1, "reading_2026_02");
  }

  /** Only plain PostgreSQL has these tables. */
  private void assertRows(int rows, String partition) throws SQLException {
    if (engine == Engine.EMBEDDED) {
      assertEquals(Integer.toString(rows), select("SELECT count(*) FROM " + partition));
    }
  }
}
