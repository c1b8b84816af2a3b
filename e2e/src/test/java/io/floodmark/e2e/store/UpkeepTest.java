package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.ingest.upkeep.Upkeep;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hours told, readings too old dropped. */
final class UpkeepTest extends CommitLineOnEachEngine {
  private static final String HOURS =
      "SELECT hour, readings, max_mm FROM reading_hour WHERE sensor_id = ? ORDER BY hour";

  private final Upkeep upkeep = new Upkeep(database, clock, Duration.ofDays(1_095));

  @BeforeEach
  void nothingIsTold() throws SQLException {
    select("TRUNCATE reading_hour, reading_late, reading_rollup");
  }

  @AfterEach
  void stop() {
    upkeep.abort();
    // Or the next test's could not lead.
    awaitUnlocked(UPKEEP_LOCK);
  }

  @Test
  void anHourIsToldTwoHoursAfterItsEndAndAgainAfterWhatComesLate() throws Exception {
    Instant nine = NOON.minus(Duration.ofHours(3));
    line.send(sensor, depth(100, nine), depth(120, nine.plusSeconds(60)));
    line.send(sensor, depth(50, NOON.minus(Duration.ofHours(2))));
    upkeep.doWork(NOON);
    assertEquals("2026-07-21 09:00:00+00 2 120", select(HOURS, sensor));
    line.send(sensor, depth(150, nine.plusSeconds(120)));
    line.send(sensor, depth(150, nine.plusSeconds(120)));
    assertEquals("1", count("reading_late", sensor));
    upkeep.doWork(NOON);
    assertEquals("0", count("reading_late", sensor));
    assertEquals("2026-07-21 09:00:00+00 3 150", select(HOURS, sensor));
    now.set(NOON.plus(Duration.ofHours(1)));
    upkeep.doWork(now.get());
    assertEquals(
        "2026-07-21 09:00:00+00 3 150\n2026-07-21 10:00:00+00 1 50", select(HOURS, sensor));
  }

  @Test
  void whatComesWhileItsHourIsToldIsToldToo() throws Exception {
    Instant nine = NOON.minus(Duration.ofHours(3));
    line.send(sensor, depth(100, nine));
    // Between the statement that tells the hour and the one that takes what came late.
    select(
        """
        CREATE FUNCTION another_comes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO whole_reading (sensor_id, observed_at, received_at, depth_mm, qc)
          SELECT sensor_id, observed_at + interval '1 minute', received_at, 150, 1
          FROM whole_reading WHERE observed_at = '%1$s';
          INSERT INTO reading_late (sensor_id, hour)
          SELECT sensor_id, observed_at FROM reading WHERE observed_at = '%1$s';
          RETURN NULL;
        END $$
        """
            .formatted(nine));
    select(
        "CREATE TRIGGER another_comes AFTER UPDATE ON reading_rollup EXECUTE FUNCTION another_comes()");
    upkeep.doWork(NOON);
    select("DROP FUNCTION another_comes CASCADE");
    assertEquals("2", count("reading", sensor));
    assertEquals("2026-07-21 09:00:00+00 2 150", select(HOURS, sensor));
  }

  @Test
  void aVerdictOnAnHourThatIsToldIsToldToo() throws Exception {
    Instant spike = NOON.plusSeconds(60);
    for (int minute = 0; minute < 2; minute++) {
      now.set(NOON.plusSeconds(60L * minute));
      line.send(sensor, depth(minute == 1 ? 330 : 30, now.get()));
    }
    now.set(NOON.plus(Duration.ofHours(4)));
    upkeep.doWork(now.get());
    String worst = "SELECT worst FROM reading_hour WHERE sensor_id = ?";
    assertEquals("3", select(worst, sensor));
    line.send(sensor, depth(30, now.get()));
    boolean doubted = !count("reading_verdict", sensor).equals("0");
    assertEquals(doubted ? "1" : "0", count("reading_late", sensor));
    upkeep.doWork(now.get());
    assertEquals(
        select(
            """
            SELECT max(CASE WHEN v.flag = 4 THEN 4 ELSE 3 END) FROM whole_reading r
            LEFT JOIN reading_verdict v USING (sensor_id, observed_at)
            WHERE r.sensor_id = ? AND r.observed_at <= ?::timestamptz
            """,
            sensor,
            spike.toString()),
        select(worst, sensor));
  }

  @Test
  void whatIsTooOldIsDroppedWithAllThatHangsOnItAndOnce() throws Exception {
    Instant old = NOON.minus(Duration.ofDays(1_200));
    line.send(sensor, depth(100, old), depth(100, NOON.minus(Duration.ofDays(1_000))));
    select(
        """
        INSERT INTO reading_verdict (sensor_id, observed_at, test, qc_reason, flag, decided_by, decided_at)
        SELECT sensor_id, observed_at, 'spike', 16, 4, observed_at, observed_at FROM reading
        WHERE sensor_id = ?
        """,
        sensor);
    upkeep.doWork(NOON);
    assertEquals("1", count("reading", sensor));
    assertEquals("1", count("reading_verdict", sensor));
    now.set(NOON.plus(Duration.ofHours(1)));
    // It comes again, is stored, and leaves with the next turn.
    line.send(sensor, depth(100, old));
    assertEquals("2", count("reading", sensor));
    upkeep.doWork(now.get());
    now.set(now.get().plus(Duration.ofHours(1)));
    upkeep.doWork(now.get());
    assertEquals("1", count("reading", sensor));
    assertEquals("1", count("reading_hour", sensor));
  }
}
