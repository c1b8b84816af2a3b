package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Timers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The flood of a zone: whose it is, what holds it, and what its end says. */
@ParameterizedClass
@EnumSource(Engine.class)
final class AlertGroupsTest extends CommitLineOnEachEngine {
  private static Timers timers;

  @BeforeParameterizedClassInvocation
  static void start() throws SQLException {
    timers = new Timers(database, () -> NOON);
    timers.doWork(NOON.minus(Duration.ofDays(1)));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    timers.abort();
  }

  @Test
  void aZoneHasOneAlertOfItsHighestLevel() throws Exception {
    int other = register("distance");
    select("UPDATE sensor SET zone = 'Bần' WHERE id IN (?, ?)", sensor, other);
    flood(sensor, 120, 0);
    flood(other, 350, 2);
    assertEquals(
        "raised 0 1\nescalated 1 3",
        select(
            """
            SELECT e.kind, e.from_level, e.to_level FROM alert_event e
            JOIN alert a ON a.id = e.alert_id WHERE a.zone = 'Bần' ORDER BY e.id
            """));
    assertEquals(
        "2",
        select(
            """
            SELECT count(*) FROM alert a JOIN alert z ON z.id = a.parent_id AND z.zone = 'Bần'
            WHERE a.sensor_id IN (?, ?)
            """,
            sensor,
            other));
    select("UPDATE sensor SET zone = NULL WHERE id = ?", other);
    timers.doWork(after(4));
    assertEquals("cleared", select("SELECT state FROM alert WHERE zone = 'Bần'"));
    assertEquals("raised 0 1\nreleased 1 1", eventsOf(sensor), "its flood goes on by itself");
    assertEquals("raised 0 3\nreleased 3 3", eventsOf(other));
    assertEquals(
        "- 2026-07-21 13:04:00+00\n- 2026-07-21 12:19:00+00",
        select(
            """
            SELECT parent_id, remind_at FROM alert
            WHERE sensor_id IN (?, ?) AND kind = 'flood' ORDER BY sensor_id
            """,
            sensor,
            other));
  }

  @Test
  void maintenanceOfTheMemberThatHoldsAZoneKeepsTheZoneBackAndDoesNotEndItsFlood()
      throws Exception {
    int other = zone("Bần Trong");
    flood(sensor, 350, 0);
    maintain(sensor, 30);
    timers.doWork(after(2));
    timers.doWork(after(3));
    assertEquals("raised 0 3\nsuppressed 3 3", eventsOfZone("Bần Trong"));
    flood(other, 150, 4);
    assertEquals(
        "raised 0 3\nsuppressed 3 3\nlowered 3 1\nreleased 1 1",
        eventsOfZone("Bần Trong"),
        "what is seen counts for itself");
    timers.doWork(after(30));
    assertEquals(
        "raised 0 3\nsuppressed 3 3\nlowered 3 1\nreleased 1 1\nescalated 1 3",
        eventsOfZone("Bần Trong"));
  }

  @Test
  void aMemberUnderMaintenanceHoldsItsZonesLevelAndRaisesNone() throws Exception {
    int other = zone("Bần Ngoài");
    flood(sensor, 250, 0);
    flood(other, 150, 2);
    maintain(sensor, 30);
    timers.doWork(after(4));
    flood(sensor, 350, 5);
    assertEquals("raised 0 2", eventsOfZone("Bần Ngoài"));
    timers.doWork(after(30));
    assertEquals("raised 0 2\nescalated 2 3", eventsOfZone("Bần Ngoài"));
  }

  @Test
  void aZoneWhoseFloodIsRetiredWithItsSensorGivesNoAllClear() throws Exception {
    zone("Bần Cũ");
    select("UPDATE sensor SET zone = 'Bần Cũ' WHERE id = ?", register("distance"));
    flood(sensor, 250, 0);
    select("UPDATE sensor SET retired_at = now() WHERE id = ?", sensor);
    timers.doWork(after(3));
    assertEquals("raised 0 2\nsuppressed 2 2\ncleared 2 0", eventsOfZone("Bần Cũ"));
    assertEquals("retired", select("SELECT suppressed FROM alert WHERE zone = 'Bần Cũ'"));
  }

  @Test
  void aZoneWhoseHighestMemberIsRetiredIsCountedAnewAndNotCalledLower() throws Exception {
    int other = zone("Bần Mới");
    select("UPDATE sensor SET zone = 'Bần Mới' WHERE id = ?", register("distance"));
    flood(sensor, 350, 0);
    flood(other, 150, 2);
    select("UPDATE sensor SET retired_at = now() WHERE id = ?", sensor);
    timers.doWork(after(5));
    assertEquals("raised 0 3\nrecounted 3 1", eventsOfZone("Bần Mới"));
    dry(other, 8);
    timers.doWork(after(200));
    assertEquals("raised 0 3\nrecounted 3 1\ncleared 1 0", eventsOfZone("Bần Mới"));
  }

  @Test
  void aZoneThatIsLeftByItsWaterGivesTheAllClear() throws Exception {
    zone("Bần Khô");
    select("UPDATE sensor SET clear_delay_s = 60 WHERE id = ?", sensor);
    flood(sensor, 250, 0);
    dry(sensor, 10);
    timers.doWork(after(200));
    assertEquals("cleared", select("SELECT state FROM alert WHERE zone = 'Bần Khô'"));
    assertEquals("-", select("SELECT suppressed FROM alert WHERE zone = 'Bần Khô'"));
  }

  /** Another sensor, and both in that zone. */
  private int zone(String name) throws SQLException {
    int other = register("distance");
    select("UPDATE sensor SET zone = ? WHERE id IN (?, ?)", name, sensor, other);
    return other;
  }

  private void maintain(int sensorId, int untilMinute) throws SQLException {
    select(
        """
        UPDATE sensor SET maintenance_since = ?::timestamptz, maintenance_by = 'lan',
          maintenance_until = ?::timestamptz, maintenance_reason = 'cleaning'
        WHERE id = ?
        """,
        NOON.toString(),
        after(untilMinute).toString(),
        sensorId);
  }

  private String eventsOfZone(String name) throws SQLException {
    return select(
        """
        SELECT e.kind, e.from_level, e.to_level FROM alert_event e
        JOIN alert a ON a.id = e.alert_id WHERE a.zone = ? ORDER BY e.id
        """,
        name);
  }

  /** Two readings a minute apart, which make an alert. */
  private void flood(int sensorId, int depthMm, int minute) throws InterruptedException {
    now.set(after(minute + 1));
    line.send(sensorId, depth(depthMm, after(minute)), depth(depthMm, after(minute + 1)));
  }

  private void dry(int sensorId, int minute) throws InterruptedException {
    now.set(after(minute + 2));
    line.send(sensorId, depth(0, after(minute)), depth(0, after(minute + 2)));
  }

  private static Instant after(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }
}
