package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Timers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class TimersTest extends CommitLineOnEachEngine {
  private static final Instant BEFORE = NOON.minus(Duration.ofDays(1));

  private static Timers timers;

  @BeforeParameterizedClassInvocation
  static void start() throws SQLException {
    timers = new Timers(database, () -> NOON);
    timers.doWork(BEFORE);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    timers.abort();
  }

  @Test
  void anAlertClearsWithoutAFurtherReading() throws Exception {
    raiseThenFall();
    assertEquals(
        "2026-07-21 12:10:00+00",
        select("SELECT due_at FROM sensor_state WHERE sensor_id = ?", sensor));
    timers.doWork(NOON.plus(Duration.ofMinutes(10)).minusMillis(1));
    assertEquals("raised 0 2", eventsOf(sensor));
    timers.doWork(NOON.plus(Duration.ofMinutes(10)));
    assertEquals("raised 0 2\ncleared 2 0", eventsOf(sensor));
    assertEquals(
        "2026-07-21 12:10:00+00 - -",
        select(
            "SELECT occurred_at, observed_at, depth_mm FROM alert_event"
                + " WHERE sensor_id = ? AND kind = 'cleared'",
            sensor));
    assertEquals(
        "0 - -",
        select(
            "SELECT alert_level, alert_id, due_at FROM sensor_state WHERE sensor_id = ?", sensor));
    timers.doWork(NOON.plus(Duration.ofMinutes(20)));
    assertEquals("raised 0 2\ncleared 2 0", eventsOf(sensor));
  }

  @Test
  void anAlertDoesNotClearWhileTheLastReadingStillMeetsIt() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    timers.doWork(NOON.plus(Duration.ofDays(1)));
    assertEquals("raised 0 2\nreminded 2 2", eventsOf(sensor));
  }

  @Test
  void theLoopGoesOnFromWhatTheTimersDid() throws Exception {
    raiseThenFall();
    timers.doWork(NOON.plus(Duration.ofMinutes(15)));
    now.set(NOON.plus(Duration.ofMinutes(16)));
    line.send(sensor, depth(350, now.get()));
    assertEquals(1, line.counters().versionConflicts());
    now.set(NOON.plus(Duration.ofMinutes(17)));
    line.send(sensor, depth(350, now.get()));
    assertEquals(1, line.counters().versionConflicts());
    assertEquals("raised 0 2\ncleared 2 0\nraised 0 3", eventsOf(sensor));
    assertEquals(
        "2", select("SELECT count(*) FROM alert WHERE sensor_id = ? AND kind = 'flood'", sensor));
  }

  @Test
  void aStateThatIsBeingWrittenIsLeftForTheNextTurn() throws Exception {
    raiseThenFall();
    Instant due = NOON.plus(Duration.ofMinutes(10));
    try (Connection holder = database.connect();
        Statement hold = holder.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute("SELECT FROM sensor_state WHERE sensor_id = " + sensor + " FOR UPDATE");
      timers.doWork(due);
      assertEquals("raised 0 2", eventsOf(sensor));
      holder.rollback();
    }
    timers.doWork(due);
    assertEquals("raised 0 2\ncleared 2 0", eventsOf(sensor));
  }

  @Test
  void aLongerClearDelayMovesWhatIsDue() throws Exception {
    raiseThenFall();
    select("UPDATE sensor SET clear_delay_s = 1200 WHERE id = ?", sensor);
    timers.doWork(NOON.plus(Duration.ofMinutes(11)));
    assertEquals("raised 0 2", eventsOf(sensor));
    timers.doWork(NOON.plus(Duration.ofMinutes(20)));
    assertEquals("raised 0 2\ncleared 2 0", eventsOf(sensor));
  }

  @Test
  void aPartThatFailsEachTurnKeepsNoOtherFromItsWork() throws Exception {
    line.send(sensor, depth(0, NOON));
    select(
        """
        UPDATE sensor SET maintenance_since = ?::timestamptz, maintenance_by = 'lan',
          maintenance_until = ?::timestamptz, maintenance_reason = 'cleaning'
        WHERE id = ?
        """,
        NOON.toString(),
        NOON.plusSeconds(1).toString(),
        sensor);
    select(
        "ALTER TABLE sensor ADD CONSTRAINT held CHECK (maintenance_until IS NOT NULL) NOT VALID");
    try {
      for (int second = 0; second <= 300; second += 4) {
        timers.doWork(NOON.plusSeconds(second));
      }
    } finally {
      select("ALTER TABLE sensor DROP CONSTRAINT held");
    }
    assertEquals("raised 0 1", eventsOf("silent", sensor));
  }

  @Test
  void onlyOneOfTwoProcessesDoesIt() throws Exception {
    Timers second = new Timers(database, clock);
    assertEquals(0, second.doWork(BEFORE));
    raiseThenFall();
    assertEquals(0, second.doWork(NOON.plus(Duration.ofMinutes(15))));
    second.abort();
    assertEquals("raised 0 2", eventsOf(sensor));
  }

  /** Level 2 at noon, last held at noon; a second later the street is dry. */
  private void raiseThenFall() throws InterruptedException {
    line.send(sensor, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    now.set(NOON.plusSeconds(1));
    line.send(sensor, depth(0, now.get()));
  }
}
