package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.OffsetProposals;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How good readings are, as stored. */
@ParameterizedClass
@EnumSource(Engine.class)
final class QualityTest extends CommitLineOnEachEngine {
  private static final Instant MORNING = Instant.parse("2026-07-20T23:30:00Z"); // 06:30 there

  @Test
  void aSpikeIsDoubtedByALaterReadingAndItsOwnFlagIsLeftAlone() throws Exception {
    for (int minute = 0; minute < 4; minute++) {
      Instant at = NOON.plusSeconds(60L * minute);
      now.set(at);
      line.send(sensor, depth(minute == 1 ? 330 : 30, at));
    }
    assertEquals(
        "1\n3\n3\n1",
        select("SELECT qc FROM whole_reading WHERE sensor_id = ? ORDER BY observed_at", sensor));
    assertEquals(
        "2026-07-21 12:01:00+00 spike 4 2026-07-21 12:02:00+00",
        select(
            "SELECT observed_at, test, flag, decided_by FROM reading_verdict WHERE sensor_id = ?",
            sensor));
    assertEquals(
        "1\n4\n3\n1",
        select(
            """
            SELECT e.qc FROM export_reading e JOIN sensor s ON s.code = e.sensor_code
            WHERE s.id = ? ORDER BY e.observed_at
            """,
            sensor));
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> select("UPDATE reading_verdict SET flag = 3 WHERE sensor_id = ?", sensor));
    assertEquals("23001", refused.getSQLState());
  }

  @Test
  void whatQualityControlRemembersSurvivesARestart() throws Exception {
    line.send(sensor, depth(30, NOON));
    now.set(NOON.plusSeconds(60));
    line.send(sensor, depth(330, now.get()));
    now.set(NOON.plusSeconds(120));
    Line restarted = new Line(database, clock);
    restarted.send(sensor, depth(30, now.get()));
    restarted.loop().abort();
    assertEquals("1", count("reading_verdict", sensor));
  }

  @Test
  void settingsThatSomebodyBrokeByHandStopNoReading() throws Exception {
    select("UPDATE sensor SET quality = '{\"spyke\": 1}' WHERE id = ?", sensor);
    line.send(sensor, depth(30, NOON));
    assertEquals("1", select("SELECT qc FROM whole_reading WHERE sensor_id = ?", sensor));
  }

  @Test
  void theOffsetAndTheTemperatureCountFromTheNextReadingOn() throws Exception {
    line.send(sensor, depth(100, NOON));
    select("UPDATE sensor SET offset_mm = 12, quality = '{\"spike\": null}' WHERE id = ?", sensor);
    now.set(NOON.plusSeconds(60));
    line.send(sensor, depth(100, now.get()));
    assertEquals(
        "1900 100\n1900 112",
        select(
            "SELECT distance_mm, depth_mm FROM whole_reading WHERE sensor_id = ? ORDER BY observed_at",
            sensor));
  }

  @Test
  void quietNightsProposeAnOffsetOnceAndStaffAreNotAskedAgainWhatTheyRefused() throws Exception {
    // 05:00 to 20:00 there it reads short by the heat; at night the ground lies 14 mm further away.
    select(
        """
        INSERT INTO whole_reading (sensor_id, observed_at, received_at, distance_mm, depth_mm, qc)
        SELECT ?, t, t,
          CASE WHEN extract(hour FROM t AT TIME ZONE 'Asia/Ho_Chi_Minh') BETWEEN 5 AND 20
               THEN 1940 ELSE 2013 + (extract(minute FROM t)::integer / 10) % 3 END, 0, 1
        FROM generate_series(?::timestamptz - interval '7 days', ?::timestamptz, '10 minutes') AS t
        """,
        sensor, MORNING.toString(), MORNING.toString());
    String proposals =
        "SELECT offset_mm, nights, spread_mm, state FROM sensor_offset WHERE sensor_id = ?";
    propose(MORNING.minusSeconds(3_600));
    assertEquals("", select(proposals, sensor));
    propose(MORNING);
    assertEquals("14 7 0 proposed", select(proposals, sensor));
    propose(MORNING);
    assertEquals("1", count("sensor_offset", sensor));
    select(
        "UPDATE sensor_offset SET state = 'rejected', decided_at = ? WHERE sensor_id = ?",
        Timestamp.from(MORNING),
        sensor);
    propose(MORNING);
    assertEquals("1", count("sensor_offset", sensor));
    select("DELETE FROM sensor_offset WHERE sensor_id = ?", sensor);
    propose(MORNING);
    assertEquals("14 7 0 proposed", select(proposals, sensor));
    select("UPDATE sensor SET mount_height_mm = 2014 WHERE id = ?", sensor);
    assertEquals("14 7 0 outdated", select(proposals, sensor));
  }

  @Test
  void aTurnLooksAtAFewSensorsSoThatNothingElseWaitsForIt() throws Exception {
    int sensors = 2 * OffsetProposals.SENSORS_A_TURN + 1;
    select(
        """
        WITH street AS (
          INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, token_sha256)
          SELECT 'night-' || ? || '-' || n, 'Night', 'distance', 108, 16 + n * 0.1, 2000,
            sha256(convert_to('night-' || n, 'UTF8'))
          FROM generate_series(1, ?::integer) AS n
          RETURNING id
        )
        INSERT INTO whole_reading (sensor_id, observed_at, received_at, distance_mm, depth_mm, qc)
        SELECT id, t, t, 2020, 0, 1
        FROM street,
          generate_series(?::timestamptz - interval '7 days', ?::timestamptz, '1 hour') AS t
        """,
        sensor,
        sensors,
        MORNING.toString(),
        MORNING.toString());
    OffsetProposals proposals = new OffsetProposals(ZoneId.of("Asia/Ho_Chi_Minh"));
    String done =
        """
        SELECT count(*) FROM sensor_offset o JOIN sensor s ON s.id = o.sensor_id
        WHERE s.code LIKE 'night-' || ? || '-%'
        """;
    int before = 0;
    for (int turn = 0; turn < sensors || before < sensors; turn++) {
      proposals.run(sql, MORNING.plusSeconds(turn));
      int now = Integer.parseInt(select(done, sensor));
      assertTrue(now - before <= OffsetProposals.SENSORS_A_TURN, before + " -> " + now);
      assertTrue(turn < 1_000, "not all sensors had their turn: " + now);
      before = now;
    }
    assertEquals(sensors, before);
  }

  /** All of a morning's turns. */
  private void propose(Instant at) throws SQLException {
    OffsetProposals proposals = new OffsetProposals(ZoneId.of("Asia/Ho_Chi_Minh"));
    int sensors = Integer.parseInt(select("SELECT count(*) FROM sensor"));
    for (int seen = 0; seen <= sensors; seen += OffsetProposals.SENSORS_A_TURN) {
      proposals.run(sql, at);
    }
  }
}
