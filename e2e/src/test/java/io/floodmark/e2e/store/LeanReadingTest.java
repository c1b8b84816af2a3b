package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** That the small row of a reading says all that was sent, however odd. */
final class LeanReadingTest extends CommitLineOnEachEngine {
  private static final String WHOLE =
      """
      SELECT observed_at, received_at, distance_mm, depth_mm, sent_depth_mm, rain_mm,
        temperature_c, housing_c, battery_mv, rssi_dbm, stamped, seq, device_ts_ms
      FROM whole_reading WHERE sensor_id = ? ORDER BY observed_at
      """;

  @Test
  void valuesThatFitNoSmallColumnAreStoredAsTheyWereSent() throws Exception {
    line.send(
        sensor,
        odd(NOON.toEpochMilli(), 2_147_483_647, -2_000_000_000, 0.1, 100_000, 31.24999, 44.01),
        odd(NOON.toEpochMilli() + 1, 32_768, 32_767, 1e10, 32_768, -999.99, 0.07),
        // received 24.9 days before its own time, and never
        odd(NOON.toEpochMilli() + 2_150_000_000L, 812, 3, 0, 32_767, 1e-7, -40),
        odd(7, 813, -32_769, 3.4e38, 0, 327.68, 327));
    assertEquals(
        """
        2026-07-21 12:00:00+00 2026-07-21 12:00:00+00 2147483647 -2147481647 -2000000000 0.1 31.24999 44.01 100000 -71 f 9223372036854775807 -
        2026-07-21 12:00:00.001+00 2026-07-21 12:00:00+00 32768 -30768 32767 1e+10 -999.99 0.07 32768 -71 f 9223372036854775807 -
        2026-07-21 12:00:00.002+00 2026-07-21 12:00:00+00 813 1187 -32769 3.4e+38 327.68 327 0 -71 t 9223372036854775807 7
        2026-08-15 09:13:20+00 2026-07-21 12:00:00+00 812 1188 3 0 1e-07 -40 32767 -71 f 9223372036854775807 -"""
            .replace("12:00:00.002", stampOf(sensor)),
        select(WHOLE, sensor));
    assertSameBySql(sensor);
  }

  @Test
  void aSensorThatSendsDepthsKeepsThemAsSent() throws Exception {
    int gauge = register("depth");
    line.send(gauge, sentDepth(142, NOON), sentDepth(-40_000, NOON.plusMillis(1)));
    assertEquals(
        "- 142 142\n- -40000 -40000",
        select(
            """
            SELECT distance_mm, depth_mm, sent_depth_mm
            FROM whole_reading WHERE sensor_id = ? ORDER BY observed_at
            """,
            gauge));
    assertSameBySql(gauge);
  }

  @Test
  void manyReadingsAreKeptAsFewAre() throws Exception {
    List<Reading> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long ts = NOON.plusMillis(i).toEpochMilli();
      many.add(odd(ts, 812 + i * 4_000, 70_001, i / 8.0, 3_600 + i * 3_000, 31.2005, 44.01));
    }
    line.send(sensor, many.toArray(Reading[]::new));
    assertEquals("20", count("reading", sensor));
    assertSameBySql(sensor);
  }

  /** What a sensor sends alone is inserted once its state is in memory; all else is copied. */
  @Test
  void readingsThatComeAloneAreKeptAsThoseOfABatchAre() throws Exception {
    Reading first = depth(10, NOON);
    List<Reading> others = new ArrayList<>();
    for (int i = 1; i <= 16; i++) { // PostgreSQL plans a statement anew for the first ten times
      others.add(oftenEmpty(NOON.plusSeconds(60L * i).toEpochMilli(), i));
    }
    now.set(NOON.plusSeconds(3_600));
    line.send(sensor, first);
    for (Reading other : others) {
      line.send(sensor, other);
    }
    int copied = register("distance");
    line.send(copied, first);
    line.send(copied, others.toArray(Reading[]::new));
    assertEquals("17", count("reading", sensor));
    assertEquals(select(WHOLE, copied), select(WHOLE, sensor));
    assertSameBySql(sensor);
  }

  @Test
  void aReadingSentAgainIsKnownByItsOddValues() throws Exception {
    Reading odd = odd(NOON.toEpochMilli(), 70_000, 70_001, -0.0, 1, 1, 1);
    line.send(sensor, odd);
    line.send(sensor, odd);
    assertEquals("1", count("reading", sensor));
    assertEquals("0", count("rejected_message", sensor));
  }

  /** What the line wrote is what the migration, and an insert by hand, would have written. */
  private void assertSameBySql(int sensorId) throws Exception {
    assertEquals(
        "0",
        select(
            """
            SELECT count(*)
            FROM whole_reading w
            JOIN reading r USING (sensor_id, observed_at)
            CROSS JOIN LATERAL lean_reading(w.observed_at, w.received_at, w.sensor_id, w.distance_mm,
              w.depth_mm, w.low_point_depth_mm, w.sent_depth_mm, w.rain_mm, w.temperature_c,
              w.housing_c, w.qc_reasons, w.battery_mv, w.rssi_dbm, w.qc, w.backfill, w.stamped,
              w.seq, w.device_ts_ms, w.qc_tests) AS l
            WHERE w.sensor_id = ?
              AND (to_jsonb(r) - 'more' <> to_jsonb(l) - 'more'
                OR nullif(r.more, '')::jsonb IS DISTINCT FROM nullif(l.more, '')::jsonb)
            """,
            sensorId));
  }

  private String stampOf(int sensorId) throws Exception {
    return select(
        """
        SELECT to_char(observed_at, 'HH24:MI:SS.MS') FROM whole_reading WHERE sensor_id = ? AND stamped
        """,
        sensorId);
  }

  /** Each second, third, fourth of them has a value, now one that fits its column and now not. */
  private static Reading oftenEmpty(long ts, int i) {
    boolean fits = i % 5 > 0;
    return new Reading(
        OptionalLong.of(ts),
        OptionalInt.of(1_990),
        i % 2 == 0 ? OptionalInt.of(fits ? 7 : 70_007) : OptionalInt.empty(),
        i % 3 == 0 ? OptionalDouble.of(0.2) : OptionalDouble.empty(),
        i % 2 == 1 ? OptionalInt.of(fits ? 3_601 : 36_001) : OptionalInt.empty(),
        i % 4 == 0 ? OptionalInt.empty() : OptionalInt.of(-70 - i),
        i % 3 == 1 ? OptionalDouble.of(fits ? 31.5 : 31.2005) : OptionalDouble.empty(),
        i % 2 == 0 ? OptionalDouble.of(fits ? 44 : 44.01) : OptionalDouble.empty(),
        i % 4 == 1 ? OptionalLong.empty() : OptionalLong.of(fits ? i : Long.MAX_VALUE - i));
  }

  private static Reading odd(
      long ts, int distance, int depth, double rain, int battery, double air, double housing) {
    return new Reading(
        OptionalLong.of(ts),
        OptionalInt.of(distance),
        OptionalInt.of(depth),
        OptionalDouble.of(rain),
        OptionalInt.of(battery),
        OptionalInt.of(-71),
        OptionalDouble.of(air),
        OptionalDouble.of(housing),
        OptionalLong.of(Long.MAX_VALUE));
  }
}
