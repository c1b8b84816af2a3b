package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Rejection.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When a reading was stored before, and when it contradicts one that was. */
@ParameterizedClass
@EnumSource(Engine.class)
final class IdentityTest extends CommitLineOnEachEngine {

  @Test
  void theSameReadingAgainIsSettledAndStoredOnce() throws Exception {
    line.send(sensor, depth(250, NOON));
    line.send(sensor, depth(250, NOON));
    assertEquals(2, line.settled());
    assertEquals("1", count("reading", sensor));
    assertEquals(1, line.counters().duplicates());
    assertEquals("", eventsOf(sensor));
  }

  @Test
  void theSameReadingTwiceInABatchCountsOnceForAlerts() throws Exception {
    line.queue(sensor, depth(250, NOON));
    line.queue(sensor, depth(250, NOON));
    line.commit();
    assertEquals(2, line.settled());
    assertEquals("1", count("reading", sensor));
    assertEquals("", eventsOf(sensor));
  }

  @Test
  void anotherMeasurementOfTheSameTimeIsRejectedAsConflict() throws Exception {
    line.send(sensor, depth(250, NOON));
    line.send(sensor, depth(251, NOON));
    assertEquals(2, line.settled());
    assertEquals("250", select("SELECT depth_mm FROM reading WHERE sensor_id = ?", sensor));
    assertEquals(
        "conflict {\"ts\":1784635200000,\"distance_mm\":1749,\"battery_mv\":3700,\"rssi_dbm\":-71,"
            + "\"temperature_c\":31.5}",
        select(
            "SELECT reason, convert_from(payload, 'UTF8') FROM rejected_message"
                + " WHERE sensor_id = ?",
            sensor));
    assertEquals(1, line.counters().rejected(Reason.CONFLICT));
  }

  @Test
  void aConflictWithinABatchIsRejectedToo() throws Exception {
    line.send(sensor, depth(250, NOON), depth(251, NOON));
    assertEquals("1", count("reading", sensor));
    assertEquals(1, line.counters().rejected(Reason.CONFLICT));
  }

  @Test
  void newReadingsBesideDuplicatesAreStoredAndEvaluated() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(120)));
    now.set(NOON.plusSeconds(1));
    int other = register("distance");
    line.queue(sensor, depth(250, NOON.minusSeconds(120)), depth(260, NOON.minusSeconds(60)));
    line.queue(other, depth(10, NOON));
    line.commit();
    assertEquals("2", count("reading", sensor));
    assertEquals("1", count("reading", other));
    assertEquals("raised 0 2", eventsOf(sensor));
  }

  @Test
  void aDepthThatNoiseHidesIsStillToldFromAnother() throws Exception {
    int gauge = register("depth");
    line.send(gauge, sentDepth(3, NOON));
    line.send(gauge, sentDepth(3, NOON));
    line.send(gauge, sentDepth(4, NOON));
    assertEquals(1, line.counters().duplicates());
    assertEquals(1, line.counters().rejected(Reason.CONFLICT));
    assertEquals(
        "0 3",
        select("SELECT depth_mm, sent_depth_mm FROM whole_reading WHERE sensor_id = ?", gauge));
  }

  @Test
  void readingsWithoutATimeThatComeTogetherAreStampedApart() throws Exception {
    line.queue(sensor, depthWithoutTime(250, 1));
    line.queue(sensor, depthWithoutTime(260, 2));
    line.commit();
    assertEquals(
        "2026-07-21 12:00:00+00 t\n2026-07-21 12:00:00.001+00 t",
        select(
            "SELECT observed_at, stamped FROM whole_reading WHERE sensor_id = ? ORDER BY 1",
            sensor));
    assertEquals("raised 0 2", eventsOf(sensor));
  }

  @Test
  void aStampGivesWayToAReadingWithThatTime() throws Exception {
    line.send(sensor, depth(20, NOON), depth(20, NOON.plusMillis(1)));
    line.send(sensor, depthWithoutTime(250, 1));
    assertEquals(
        "2026-07-21 12:00:00.002+00",
        select("SELECT observed_at FROM whole_reading WHERE sensor_id = ? AND stamped", sensor));
  }

  @Test
  void aTimeFromBefore2020IsKeptBesideTheArrival() throws Exception {
    line.send(sensor, depth(250, Instant.EPOCH.plusMillis(7)));
    assertEquals(
        "2026-07-21 12:00:00+00 7",
        select("SELECT observed_at, device_ts_ms FROM whole_reading WHERE sensor_id = ?", sensor));
  }

  @Test
  void aRepetitionWithoutATimeIsKnownByItsNumber() throws Exception {
    line.send(sensor, depthWithoutTime(250, 17));
    now.set(NOON.plusSeconds(90));
    line.queueAgain(sensor, depthWithoutTime(250, 17));
    line.commit();
    assertEquals("1", count("reading", sensor));
    assertEquals(2, line.settled());
    assertEquals(1, line.counters().duplicates());
  }

  @Test
  void aRepetitionInTheBatchOfTheFirstIsKnownToo() throws Exception {
    line.queue(sensor, depthWithoutTime(250, 17));
    line.queueAgain(sensor, depthWithoutTime(250, 17));
    line.commit();
    assertEquals("1", count("reading", sensor));
  }

  @Test
  void aRepetitionOfWhatNeverArrivedIsStored() throws Exception {
    line.send(sensor, depthWithoutTime(250, 17));
    line.queueAgain(sensor, depthWithoutTime(250, 18));
    // The number began again with the device; the water says that it is another reading.
    line.queueAgain(sensor, depthWithoutTime(270, 17));
    line.commit();
    assertEquals("3", count("reading", sensor));
  }

  @Test
  void aNumberSentAgainWithoutTheMarkIsANewReading() throws Exception {
    line.send(sensor, depthWithoutTime(250, 17));
    line.send(sensor, depthWithoutTime(250, 17));
    assertEquals("2", count("reading", sensor));
  }
}
