package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.reading.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What readings do to alerts, and what is kept of it. */
@ParameterizedClass
@EnumSource(Engine.class)
final class AlertHistoryTest extends CommitLineOnEachEngine {

  @Test
  void anAlertIsRaisedEscalatedLoweredAndClearedWithItsHistory() throws Exception {
    int[] depths = {250, 260, 350, 360, 250, 150, 40, 0, 0, 0};
    for (int i = 0; i < depths.length; i++) {
      now.set(NOON.plus(Duration.ofMinutes(5L * i)));
      line.send(sensor, depth(depths[i], now.get()));
    }
    assertEquals(
        """
        raised 0 2 2026-07-21 12:05:00+00 2026-07-21 12:05:00+00 260
        escalated 2 3 2026-07-21 12:15:00+00 2026-07-21 12:15:00+00 360
        lowered 3 2 2026-07-21 12:25:00+00 - -
        lowered 2 1 2026-07-21 12:30:00+00 - -
        cleared 1 0 2026-07-21 12:35:00+00 - -""",
        select(
            """
            SELECT kind, from_level, to_level, occurred_at, observed_at, depth_mm
            FROM alert_event WHERE sensor_id = ?
              AND alert_id IN (SELECT id FROM alert WHERE kind = 'flood')
            ORDER BY id
            """,
            sensor));
    assertEquals(
        "cleared 1 3 2026-07-21 12:05:00+00 2026-07-21 12:35:00+00 2026-07-21 12:35:00+00",
        select(
            "SELECT state, level, peak_level, since, changed_at, cleared_at FROM alert"
                + " WHERE kind = 'flood' AND sensor_id = ?",
            sensor));
    assertEquals(
        "0 -",
        select("SELECT alert_level, alert_id FROM sensor_state WHERE sensor_id = ?", sensor));
  }

  @Test
  void severalAlertsOfOneSensorInOneBatchKeepTheirOrder() throws Exception {
    select("UPDATE sensor SET clear_delay_s = 60 WHERE id = ?", sensor);
    int[] depths = {250, 260, 0, 0, 0, 350, 360, 0, 0, 0};
    Reading[] readings = new Reading[depths.length];
    for (int i = 0; i < depths.length; i++) {
      readings[i] = depth(depths[i], NOON.minusSeconds(60L * (depths.length - i)));
    }
    line.send(sensor, readings);
    assertEquals("raised 0 2\ncleared 2 0\nraised 0 3\ncleared 3 0", eventsOf(sensor));
    assertEquals(
        "2", select("SELECT count(*) FROM alert WHERE sensor_id = ? AND kind = 'flood'", sensor));
    assertEquals(1, line.counters().batches());
  }

  @Test
  void anAlertThatWasChangedByHandHoldsNothingUp() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    select("UPDATE alert SET state = 'cleared', cleared_at = now() WHERE sensor_id = ?", sensor);
    now.set(NOON.plusSeconds(2));
    line.send(sensor, depth(350, NOON.plusSeconds(1)), depth(350, NOON.plusSeconds(2)));
    assertEquals("raised 0 2\nescalated 2 3", eventsOf(sensor));
    assertEquals(
        "3 active",
        select(
            "SELECT a.level, a.state FROM sensor_state st JOIN alert a ON a.id = st.alert_id"
                + " WHERE st.sensor_id = ?",
            sensor));
  }

  @Test
  void theStateLeadsToTheOpenAlert() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    assertEquals(
        "t",
        select(
            "SELECT a.state = 'active' FROM sensor_state st JOIN alert a ON a.id = st.alert_id"
                + " WHERE st.sensor_id = ?",
            sensor));
  }

  @Test
  void backfillIsStoredAndRaisesNothing() throws Exception {
    List<Reading> stored = new ArrayList<>();
    for (int minute = 600; minute > 20; minute--) {
      stored.add(depth(600, NOON.minus(Duration.ofMinutes(minute))));
    }
    line.send(sensor, stored.toArray(Reading[]::new));
    assertEquals(
        "580",
        select("SELECT count(*) FROM whole_reading WHERE sensor_id = ? AND backfill", sensor));
    assertEquals("", eventsOf(sensor));
    assertEquals(
        "2026-07-21 12:00:00+00 -",
        select(
            "SELECT last_arrival_at, evaluated_at FROM sensor_state WHERE sensor_id = ?", sensor));
  }

  @Test
  void theHistoryOfAlertsCanOnlyGrow() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    for (String change :
        List.of(
            "UPDATE alert_event SET to_level = 1",
            "DELETE FROM alert_event",
            "TRUNCATE alert_event CASCADE")) {
      assertTrue(
          refusal(change).startsWith("23001"), () -> change + " should be refused: append-only");
    }
    assertEquals("raised 0 2", eventsOf(sensor));
  }

  private String refusal(String change) {
    try {
      return select(change);
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
