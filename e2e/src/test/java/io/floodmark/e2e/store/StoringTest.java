package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.CommitLoop.Progress;
import io.floodmark.live.DoorbellListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a batch leaves in the tables. */
@ParameterizedClass
@EnumSource(Engine.class)
final class StoringTest extends CommitLineOnEachEngine {

  @Test
  void aReadingIsStoredWithItsFlagsAndSettled() throws Exception {
    line.send(sensor, depth(142, NOON.minusSeconds(5)));
    assertEquals(
        "2026-07-21 11:59:55+00 2026-07-21 12:00:00+00 1858 142 142 - - 31.5 - 0 3700 -71 1 f f - -",
        select(
            """
            SELECT observed_at, received_at, distance_mm, depth_mm, low_point_depth_mm,
              sent_depth_mm, rain_mm, temperature_c, housing_c, qc_reasons, battery_mv, rssi_dbm,
              qc, backfill, stamped, seq, device_ts_ms
            FROM whole_reading WHERE sensor_id = ?
            """,
            sensor));
    assertEquals(1, line.settled());
    assertEquals(0, line.queue().size());
    assertEquals(1, line.counters().received());
    assertEquals(1, line.counters().committed());
  }

  @Test
  void theStateHoldsTheNewestReading() throws Exception {
    line.send(sensor, depth(130, NOON.minusSeconds(60)));
    line.send(sensor, depth(142, NOON));
    assertEquals(
        "2026-07-21 12:00:00+00 2026-07-21 12:00:00+00 1858 142 142 1 3700 -71 31.5 1 12 1",
        select(
            """
            SELECT last_arrival_at, observed_at, distance_mm, depth_mm, low_point_depth_mm, qc,
              battery_mv, rssi_dbm, temperature_c, level, trend_mm_per_min, alert_level
            FROM sensor_state WHERE sensor_id = ?
            """,
            sensor));
  }

  @Test
  void anotherProcessGoesOnFromTheStoredState() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(60)));
    Line other = new Line(database, clock);
    other.send(sensor, depth(260, NOON));
    other.loop().abort();
    assertEquals("raised 0 2", eventsOf(sensor));
    assertEquals(
        "10", select("SELECT trend_mm_per_min FROM sensor_state WHERE sensor_id = ?", sensor));
  }

  @Test
  void readingsOfARetiredSensorThatAreUnderWayAreStored() throws Exception {
    line.queue(sensor, depth(250, NOON));
    select("UPDATE sensor SET retired_at = now() WHERE id = ?", sensor);
    line.commit();
    assertEquals("1", count("reading", sensor));
  }

  @Test
  void oldMonthsGetPartitionsAndFarOnesDoNot() throws Exception {
    line.send(sensor, depth(10, Instant.parse("2020-01-01T00:00:00Z")));
    line.send(sensor, depth(10, Instant.parse("2024-02-29T23:59:59.999Z")));
    line.send(sensor, depth(10, Instant.parse("2031-05-05T05:05:05Z")));
    assertEquals("3", count("reading", sensor));
    assertEquals(
        "3 0",
        select(
            "SELECT qc, qc_reasons - 1 FROM whole_reading WHERE sensor_id = ? AND qc = 3", sensor));
    if (select("SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass").equals("p")) {
      assertEquals(
          "reading_2020_01\nreading_2024_02\nreading_default",
          select(
              "SELECT tableoid::regclass FROM reading WHERE sensor_id = ? ORDER BY observed_at",
              sensor));
    }
  }

  @Test
  void aStatusIsStoredBeforeItIsSettledAndKeepsItsFirstTime() throws Exception {
    line.queueStatus(sensor, true, false);
    line.commit();
    now.set(NOON.plusSeconds(60));
    line.queueStatus(sensor, true, false);
    line.commit();
    assertEquals("online f 2026-07-21 12:00:00+00", status());
    line.queueStatus(sensor, true, false);
    line.queueStatus(sensor, false, true);
    line.commit();
    assertEquals("offline t 2026-07-21 12:01:00+00", status());
    assertEquals(4, line.settled());
  }

  @Test
  void anOlderStatusThatHadToWaitChangesNothing() throws Exception {
    line.queueStatus(sensor, false, true);
    now.set(NOON.plusSeconds(60));
    Line other = new Line(database, clock);
    other.queueStatus(sensor, true, false);
    other.commit();
    other.loop().abort();
    line.commit();
    assertEquals("online f 2026-07-21 12:01:00+00", status());
  }

  @Test
  void theDoorbellRingsForReadingsAndStatusesOnceTheyAreThere() throws Exception {
    int silent = register("distance");
    line.send(sensor, depth(10, NOON.minusSeconds(60))); // the first ring is for all sensors
    BlockingQueue<Set<Integer>> heard = new LinkedBlockingQueue<>();
    try (DoorbellListener listener = listener(heard)) {
      start(listener, heard);
      line.queue(sensor, depth(10, NOON));
      line.queueStatus(silent, true, false);
      line.commit();
      assertEquals(Set.of(sensor, silent), heard.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void whatComesInQuickSuccessionIsAllRungForOnceThereIsNothingToDo() throws Exception {
    assertAllRungForAfter(line.loop()::doWork);
  }

  @Test
  void aLineThatEndsTakesNoRingWithIt() throws Exception {
    assertAllRungForAfter(
        () -> {
          line.loop().stop();
          line.loop().run();
          return Progress.IDLE;
        });
  }

  private void assertAllRungForAfter(Callable<Progress> quiet) throws Exception {
    int next = register("distance");
    line.send(sensor, depth(10, NOON.minusSeconds(60)));
    line.send(next, depth(10, NOON.minusSeconds(60)));
    BlockingQueue<Set<Integer>> heard = new LinkedBlockingQueue<>();
    try (DoorbellListener listener = listener(heard)) {
      start(listener, heard);
      line.send(sensor, depth(10, NOON));
      line.send(next, depth(10, NOON));
      assertEquals(Progress.IDLE, quiet.call());
      Set<Integer> rung = new HashSet<>();
      while (!rung.containsAll(Set.of(sensor, next))) {
        rung.addAll(Objects.requireNonNull(heard.poll(20, TimeUnit.SECONDS), () -> "only " + rung));
      }
    }
    assertEquals(4, line.settled());
  }

  private static DoorbellListener listener(BlockingQueue<Set<Integer>> heard) {
    return new DoorbellListener("test-doorbell", database, new Heard(heard));
  }

  private static void start(DoorbellListener listener, BlockingQueue<Set<Integer>> heard)
      throws InterruptedException {
    listener.start();
    assertEquals(Set.of(), heard.poll(20, TimeUnit.SECONDS), "connected");
  }

  @Test
  void aSmallBatchOfWhichAnotherProcessHasChangedOneSensorIsStoredOnce() throws Exception {
    int shared = register("distance");
    line.send(sensor, depth(10, NOON.minusSeconds(120)));
    line.send(shared, depth(10, NOON.minusSeconds(120)));
    Line other = new Line(database, clock);
    other.send(shared, depth(10, NOON.minusSeconds(60)));
    other.loop().abort();
    line.queue(sensor, depth(20, NOON));
    line.queue(shared, depth(20, NOON));
    line.commit();
    assertEquals(4, line.settled());
    assertEquals("2", count("reading", sensor));
    assertEquals("3", count("reading", shared));
    assertEquals(1, line.counters().versionConflicts());
    assertEquals(1, line.counters().duplicates(), "only what the first attempt had committed");
    assertEquals(
        "2026-07-21 12:00:00+00 1980\n2026-07-21 12:00:00+00 1980",
        select(
            "SELECT observed_at, distance_mm FROM sensor_state WHERE sensor_id IN (?, ?)",
            sensor,
            shared));
  }

  @Test
  void manySensorsInOneBatchAreStoredTogether() throws Exception {
    List<Integer> sensors = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sensors.add(register("distance"));
    }
    for (int id : sensors) {
      line.queue(id, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    }
    assertEquals(Progress.COMMITTED, line.loop().doWork());
    assertEquals(300, line.settled());
    assertEquals(1, line.counters().batches());
    assertEquals(
        "300",
        select(
            "SELECT count(*) FROM alert WHERE sensor_id BETWEEN ? AND ?",
            sensors.get(0),
            sensors.get(299)));
  }

  private String status() throws Exception {
    return select("SELECT status, by_will, since FROM sensor_status WHERE sensor_id = ?", sensor);
  }

  /** Hands on what was heard; an empty set for having connected. */
  private record Heard(BlockingQueue<Set<Integer>> rings) implements DoorbellListener.Listener {
    @Override
    public void connected() {
      rings.add(Set.of());
    }

    @Override
    public void readingsChanged(Set<Integer> sensorIds) {
      rings.add(sensorIds);
    }

    @Override
    public void sensorsChanged(Set<Integer> sensorIds) {
      // Registering sensors is not what is listened for.
    }

    @Override
    public void disconnected() {
      // The test ends.
    }
  }
}
