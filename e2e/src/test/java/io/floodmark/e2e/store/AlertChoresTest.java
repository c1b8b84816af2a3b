package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Timers;
import io.floodmark.reading.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alerts that time alone begins, ends or tells again, and those of several sensors. */
@ParameterizedClass
@EnumSource(Engine.class)
final class AlertChoresTest extends CommitLineOnEachEngine {
  private static Timers timers;

  @BeforeParameterizedClassInvocation
  static void start() throws SQLException {
    timers = new Timers(database, () -> NOON);
    timers.doWork(NOON.minus(Duration.ofDays(1)));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    // Without such an engine none were started.
    if (timers != null) {
      timers.abort();
      // Or those that come next do not lead at once, and listen from later on.
      awaitUnlocked(TIMERS_LOCK);
      timers = null;
    }
  }

  @Test
  void aSensorFallsSilentOnceAndItsNextReadingEndsIt() throws Exception {
    line.send(sensor, depth(0, NOON));
    timers.doWork(after(5).minusMillis(1));
    assertEquals("", silence(sensor));
    timers.doWork(after(5));
    timers.doWork(after(6));
    assertEquals("raised 0 1", silence(sensor));
    now.set(after(7));
    line.send(sensor, depth(0, now.get()));
    assertEquals("raised 0 1\ncleared 1 0", silence(sensor));
    assertEquals(
        "2026-07-21 12:07:00+00 2026-07-21 12:07:00+00",
        select(
            "SELECT occurred_at, observed_at FROM alert_event"
                + " WHERE sensor_id = ? AND kind = 'cleared'",
            sensor));
  }

  @Test
  void storedReadingsAreNoSignThatAnybodyWatchesTheStreet() throws Exception {
    line.send(sensor, depth(0, NOON));
    timers.doWork(after(5));
    now.set(after(40));
    line.send(sensor, depth(600, NOON.minusSeconds(30)), depth(600, after(1)));
    assertEquals("raised 0 1", silence(sensor));
    assertEquals("", eventsOf(sensor));
  }

  @Test
  void theSilenceOfOursIsNobodysElse() throws Exception {
    line.send(sensor, depth(0, NOON));
    stop();
    timers = new Timers(database, clock);
    timers.doWork(after(60));
    timers.doWork(after(64));
    assertEquals("", silence(sensor), "listening for four minutes only");
    timers.doWork(after(65));
    assertEquals("raised 0 1", silence(sensor));
    stop();
    start();
  }

  @Test
  void sensorsBehindADeadGatewayAreOneAlertUntilOneOfThemSpeaks() throws Exception {
    int other = register("distance");
    select("UPDATE sensor SET gateway = 'gw-1' WHERE id IN (?, ?)", sensor, other);
    line.send(sensor, depth(0, NOON));
    now.set(NOON.plusSeconds(40));
    line.send(other, depth(0, now.get()));
    timers.doWork(after(5));
    assertEquals("", silence(sensor), "the other one may still speak");
    timers.doWork(after(6));
    assertEquals(
        "raised gateway_silent - -\nraised silent gateway under\nraised silent gateway under\n"
            + "suppressed silent gateway under\nsuppressed silent gateway under",
        select(
            """
            SELECT e.kind, a.kind, a.suppressed, CASE WHEN a.parent_id IS NOT NULL THEN 'under' END
            FROM alert_event e JOIN alert a ON a.id = e.alert_id
            WHERE e.sensor_id IN (?, ?) ORDER BY e.kind, a.kind
            """,
            sensor,
            other));
    now.set(after(10));
    line.send(sensor, depth(0, now.get()));
    assertEquals(
        "cleared",
        select("SELECT state FROM alert WHERE gateway = 'gw-1' ORDER BY id DESC LIMIT 1"));
    assertEquals("raised 0 1\nsuppressed 1 1\ncleared 1 0", silence(sensor));
    timers.doWork(after(15).minusMillis(1));
    assertEquals("raised 0 1\nsuppressed 1 1", silence(other), "it has as long to speak again");
    now.set(after(14));
    line.send(sensor, depth(0, now.get()));
    timers.doWork(after(15));
    assertEquals("raised 0 1\nsuppressed 1 1\nreleased 1 1", silence(other));
    assertEquals(
        "active - -",
        select(
            "SELECT state, suppressed, parent_id FROM alert WHERE sensor_id = ? AND kind = 'silent'",
            other));
  }

  @Test
  void whatIsUnderMaintenanceIsKeptBackAndLetGoWhenItEnds() throws Exception {
    flood(sensor, 250, 0);
    maintain(sensor, 30);
    timers.doWork(after(2));
    timers.doWork(after(3));
    assertEquals("raised 0 2\nsuppressed 2 2", eventsOf(sensor));
    timers.doWork(after(30));
    timers.doWork(after(31));
    assertEquals("raised 0 2\nsuppressed 2 2\nreleased 2 2", eventsOf(sensor));
    assertEquals("-", select("SELECT maintenance_until FROM sensor WHERE id = ?", sensor));
  }

  @Test
  void anAlertIsToldAgainWhileNobodyHasAcknowledgedIt() throws Exception {
    flood(sensor, 250, 0);
    timers.doWork(after(31).minusMillis(1));
    assertEquals("raised 0 2", eventsOf(sensor));
    timers.doWork(after(31));
    timers.doWork(after(32));
    assertEquals("raised 0 2\nreminded 2 2", eventsOf(sensor));
    select(
        "UPDATE alert SET acknowledged_at = now(), acknowledged_by = 'lan' WHERE sensor_id = ?",
        sensor);
    timers.doWork(after(90));
    assertEquals("raised 0 2\nreminded 2 2", eventsOf(sensor));
    now.set(after(91));
    line.send(sensor, depth(350, after(90).plusSeconds(1)), depth(350, after(91)));
    assertEquals(
        "-",
        select("SELECT acknowledged_at FROM alert WHERE kind = 'flood' AND sensor_id = ?", sensor),
        "a rise wants to be seen again");
  }

  @Test
  void aShelfEndsByTimeAndByARise() throws Exception {
    flood(sensor, 250, 0);
    shelve(60);
    timers.doWork(after(59));
    assertEquals("raised 0 2", eventsOf(sensor), "nothing is told of what is on the shelf");
    timers.doWork(after(60));
    timers.doWork(after(61));
    assertEquals("raised 0 2\nshelf_ended 2 2", eventsOf(sensor));
    shelve(180);
    now.set(after(100));
    line.send(sensor, depth(350, after(99)), depth(350, after(100)));
    assertEquals(
        "- 3",
        select(
            "SELECT shelved_until, level FROM alert WHERE kind = 'flood' AND sensor_id = ?",
            sensor));
  }

  @Test
  void whatComesAgainWhileItIsOnTheShelfLiesThereTooUnlessItIsGraver() throws Exception {
    select("UPDATE sensor SET clear_delay_s = 60 WHERE id = ?", sensor);
    flood(sensor, 250, 0);
    shelve(600);
    dry(sensor, 10);
    flood(sensor, 150, 20);
    assertEquals("t", shelvedAndActive());
    dry(sensor, 30);
    flood(sensor, 350, 40);
    assertEquals("f", shelvedAndActive());
  }

  @Test
  void waterThatComesBackToWhereItWasShelvedStaysOnTheShelf() throws Exception {
    select("UPDATE sensor SET clear_delay_s = 60 WHERE id = ?", sensor);
    flood(sensor, 250, 0);
    shelve(600);
    flood(sensor, 150, 10);
    flood(sensor, 250, 20);
    assertEquals("raised 0 2\nlowered 2 1\nescalated 1 2", eventsOf(sensor));
    assertEquals("t", shelvedAndActive());
    flood(sensor, 350, 30);
    assertEquals("f", shelvedAndActive());
  }

  @Test
  void whatComesAfterStaffWereDoneIsOnNoShelf() throws Exception {
    select("UPDATE sensor SET clear_delay_s = 60 WHERE id = ?", sensor);
    flood(sensor, 250, 0);
    shelve(600);
    dry(sensor, 10);
    timers.doWork(after(200));
    select(
        "UPDATE alert SET closed_at = now(), closed_by = 'lan' WHERE sensor_id = ? AND kind = 'flood'",
        sensor);
    flood(sensor, 150, 210);
    assertEquals("f", shelvedAndActive());
  }

  @Test
  void aSensorThatIsRetiredTakesItsAlertsWithIt() throws Exception {
    flood(sensor, 250, 0);
    select("UPDATE sensor SET retired_at = now() WHERE id = ?", sensor);
    timers.doWork(after(3));
    timers.doWork(after(4));
    assertEquals("raised 0 2\nsuppressed 2 2\ncleared 2 0", eventsOf(sensor));
    assertEquals(
        "cleared retired floodmark",
        select(
            "SELECT state, suppressed, closed_by FROM alert WHERE sensor_id = ? AND kind = 'flood'",
            sensor),
        "it is no all-clear, and nobody has to look at it");
    assertEquals(
        "0 -",
        select("SELECT alert_level, alert_id FROM sensor_state WHERE sensor_id = ?", sensor));
  }

  @Test
  void aBatteryThatIsLowThreeTimesIsAnAlertOfItsReading() throws Exception {
    for (int minute = 0; minute < 3; minute++) {
      now.set(after(minute));
      line.send(sensor, battery(3_250, now.get()));
    }
    assertEquals("raised 0 1", eventsOf("battery", sensor));
    assertEquals(
        "2026-07-21 12:02:00+00 1",
        select(
            "SELECT observed_at, threshold_version FROM alert_event WHERE sensor_id = ?", sensor));
  }

  @Test
  void aRiseOfTenMillimetresAMinuteIsAnAlertBeforeAnyLevel() throws Exception {
    for (int minute = 0; minute < 3; minute++) {
      now.set(after(minute));
      line.send(sensor, depth(40 + 15 * minute, now.get()));
    }
    assertEquals("raised 0 2", eventsOf("fast_rise", sensor));
    assertEquals("", eventsOf(sensor));
  }

  @Test
  void theHistoryNamesTheThresholdsOfItsTime() throws Exception {
    select("UPDATE sensor SET warning_mm = 240 WHERE id = ?", sensor);
    select("UPDATE sensor SET name = 'another' WHERE id = ?", sensor);
    flood(sensor, 250, 0);
    assertEquals(
        "2 240",
        select(
            """
            SELECT e.threshold_version, t.warning_mm FROM alert_event e
            JOIN sensor_threshold t ON t.sensor_id = e.sensor_id AND t.version = e.threshold_version
            WHERE e.sensor_id = ?
            """,
            sensor));
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

  /** Two readings a minute apart, which make an alert. */
  private void flood(int sensorId, int depthMm, int minute) throws InterruptedException {
    now.set(after(minute + 1));
    line.send(sensorId, depth(depthMm, after(minute)), depth(depthMm, after(minute + 1)));
  }

  private void dry(int sensorId, int minute) throws InterruptedException {
    now.set(after(minute + 2));
    line.send(sensorId, depth(0, after(minute)), depth(0, after(minute + 2)));
  }

  private void shelve(int untilMinute) throws SQLException {
    select(
        """
        UPDATE alert SET shelved_until = ?::timestamptz, shelved_by = 'lan', shelf_reason = 'known',
          shelved_level = level
        WHERE sensor_id = ? AND state = 'active' AND kind = 'flood'
        """,
        after(untilMinute).toString(),
        sensor);
  }

  private String shelvedAndActive() throws SQLException {
    return select(
        "SELECT shelved_until IS NOT NULL FROM alert"
            + " WHERE sensor_id = ? AND state = 'active' AND kind = 'flood'",
        sensor);
  }

  private String silence(int sensorId) throws SQLException {
    return eventsOf("silent", sensorId);
  }

  private static Instant after(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  private static Reading battery(int batteryMv, Instant at) {
    return new Reading(
        OptionalLong.of(at.toEpochMilli()),
        OptionalInt.of(2_000),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.of(batteryMv),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }
}
