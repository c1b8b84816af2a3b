package io.floodmark.ingest.commit;

import io.floodmark.quality.QualityReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes, each morning, how much the ground below a sensor lies further away than its mount
 * height says: the median of the quiet distances of the last seven nights. At night, because by day
 * the sun defeats the device's own compensation. Staff decide whether it is put in force.
 *
 * <p>A night counts if no rain gauge nearby saw rain, and the middle 80 % of its good distances lie
 * within 20 mm; a proposal needs four of them that agree within 30 mm. What would move the ground
 * by more than 200 mm is no drift, and not proposed; nor what staff have turned down within a
 * month.
 *
 * <p>A few sensors a turn, for levels clear and silence is noticed on the same connection: a ward
 * of a thousand is through in minutes, and nobody waits for it.
 *
 * <p>Confined to the thread of the timers; for the one process that holds their lock. Who takes
 * over in the middle begins again, which changes nothing that is done.
 */
public final class OffsetProposals implements Timers.Chore {
  /** How many sensors are looked at in one turn of the timers, at most. */
  public static final int SENSORS_A_TURN = 4;

  private static final Logger log = LoggerFactory.getLogger(OffsetProposals.class);

  private static final int NIGHTS = 7;
  private static final int NIGHT_ENDS_AT_HOUR = 5;
  private static final int DONE_FROM_HOUR = 6;
  private static final Duration RETRY = Duration.ofHours(1);
  private static final int WORTH_MM = 5;
  private static final int OFFSET_MAX_MM = 200;
  private static final Duration REFUSED_FOR = Duration.ofDays(30);

  /** Of doubts, those that a dry street under a wrong mount height raises itself. */
  private static final int HARMLESS =
      QualityReason.toBits(
          EnumSet.of(QualityReason.BELOW_GROUND, QualityReason.STUCK, QualityReason.ATTENUATED));

  private static final String NEXT =
      """
      SELECT id FROM sensor
      WHERE id > ? AND kind = 'distance' AND retired_at IS NULL
      ORDER BY id
      LIMIT ?
      """;

  // The correction is that of Calibration.compensated.
  private static final String ESTIMATE =
      """
      WITH night AS (
        SELECT starts, ends FROM unnest(?::timestamptz[], ?::timestamptz[]) AS n (starts, ends)
      ), quiet AS (
        SELECT s.id, s.mount_height_mm, s.offset_mm, n.starts, taken.distances, taken.p[2] AS median
        FROM sensor s
        CROSS JOIN night n
        CROSS JOIN LATERAL (
          SELECT array_agg(d) AS distances, count(*) AS readings,
            percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY d) AS p
          FROM (
            SELECT CASE WHEN s.temperature_compensated OR r.temperature_c IS NULL
                          OR r.temperature_c NOT BETWEEN -20 AND 60
                        THEN r.distance_mm
                        ELSE r.distance_mm * (331.3 + 0.606 * r.temperature_c)
                          / (331.3 + 0.606 * 25)
                   END::double precision AS d
            FROM whole_reading r
            WHERE r.sensor_id = s.id AND r.observed_at >= n.starts AND r.observed_at < n.ends
              AND r.distance_mm IS NOT NULL AND r.qc IN (1, 3) AND r.qc_reasons & ~? = 0
              AND r.depth_mm BETWEEN -150 AND 150
          ) AS good
        ) AS taken
        WHERE s.id = ANY (?)
          AND taken.readings >= 3 AND taken.p[3] - taken.p[1] <= 20
          AND NOT EXISTS (
            SELECT FROM sensor g
            JOIN whole_reading r ON r.sensor_id = g.id
            WHERE g.kind = 'rain' AND g.retired_at IS NULL
              AND abs(g.lat - s.lat) < 0.02 AND abs(g.lon - s.lon) < 0.02
              AND r.observed_at >= n.starts - interval '6 hours' AND r.observed_at < n.ends
              AND r.rain_mm > 0
          )
      )
      SELECT id, offset_mm,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY d))::integer - mount_height_mm AS ground,
        count(DISTINCT starts) AS nights, count(*) AS readings,
        round(max(median) - min(median))::integer AS spread
      FROM quiet, unnest(distances) AS d
      GROUP BY id, mount_height_mm, offset_mm
      HAVING count(DISTINCT starts) >= 4 AND max(median) - min(median) <= 30
      """;

  private static final String OUTDATE =
      """
      UPDATE sensor_offset SET state = 'outdated', decided_at = ?
      WHERE sensor_id = ? AND state = 'proposed' AND abs(offset_mm - ?) >= ?
      """;

  private static final String PROPOSE =
      """
      INSERT INTO sensor_offset (sensor_id, offset_mm, nights, readings, spread_mm, state,
        proposed_at)
      SELECT ?, ?, ?, ?, ?, 'proposed', ?
      WHERE NOT EXISTS (
        SELECT FROM sensor_offset
        WHERE sensor_id = ? AND (state = 'proposed'
          OR (state = 'rejected' AND decided_at > ? AND abs(offset_mm - ?) < ?))
      )
      """;

  private final ZoneId zone;
  private LocalDate roundOf = LocalDate.MIN;
  private LocalDate doneOn = LocalDate.MIN;
  private Instant nextTry = Instant.MIN;
  private int after;
  private int proposed;

  /** Proposals by the nights of {@code zone}. */
  public OffsetProposals(ZoneId zone) {
    this.zone = zone;
  }

  private record Estimate(
      int sensorId, int inForceMm, int offsetMm, int nights, int readings, int spreadMm) {}

  @Override
  public void run(Connection connection, Instant now) throws SQLException {
    ZonedDateTime local = now.atZone(zone);
    if (local.getHour() < DONE_FROM_HOUR
        || local.toLocalDate().equals(doneOn)
        || now.isBefore(nextTry)) {
      return;
    }
    if (!local.toLocalDate().equals(roundOf)) {
      roundOf = local.toLocalDate();
      after = 0;
      proposed = 0;
    }
    connection.setAutoCommit(false);
    try {
      turn(connection, local, now);
      connection.commit();
    } catch (SQLException e) {
      // What fails must not fail every second.
      nextTry = now.plus(RETRY);
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void turn(Connection connection, ZonedDateTime local, Instant now) throws SQLException {
    List<Integer> sensorIds = next(connection);
    if (sensorIds.isEmpty()) {
      doneOn = local.toLocalDate();
      if (proposed > 0) {
        log.info("{} sensors have a new offset proposed; staff decide on their pages.", proposed);
      }
      return;
    }
    // Before they are tried: what fails for one of them must not keep the others from theirs.
    after = sensorIds.get(sensorIds.size() - 1);
    int inTurn = 0;
    for (Estimate estimate : estimates(connection, local, sensorIds)) {
      inTurn += propose(connection, estimate, now);
    }
    proposed += inTurn;
  }

  private List<Integer> next(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setInt(1, after);
      select.setInt(2, SENSORS_A_TURN);
      List<Integer> ids = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getInt("id"));
        }
      }
      return ids;
    }
  }

  private static List<Estimate> estimates(
      Connection connection, ZonedDateTime local, List<Integer> sensorIds) throws SQLException {
    List<ZonedDateTime> midnights = new ArrayList<>();
    for (int i = 0; i < NIGHTS; i++) {
      midnights.add(local.toLocalDate().minusDays(i).atStartOfDay(local.getZone()));
    }
    try (PreparedStatement select = connection.prepareStatement(ESTIMATE)) {
      new Columns<>(select, midnights)
          .add("timestamptz", ZonedDateTime::toInstant)
          .add("timestamptz", midnight -> midnight.withHour(NIGHT_ENDS_AT_HOUR).toInstant());
      select.setInt(3, HARMLESS);
      select.setArray(4, connection.createArrayOf("integer", sensorIds.toArray()));
      List<Estimate> estimates = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          estimates.add(
              new Estimate(
                  row.getInt("id"),
                  row.getInt("offset_mm"),
                  row.getInt("ground"),
                  row.getInt("nights"),
                  row.getInt("readings"),
                  row.getInt("spread")));
        }
      }
      return estimates;
    }
  }

  private static int propose(Connection connection, Estimate estimate, Instant now)
      throws SQLException {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    try (PreparedStatement outdate = connection.prepareStatement(OUTDATE);
        PreparedStatement propose = connection.prepareStatement(PROPOSE)) {
      boolean worth =
          Math.abs(estimate.offsetMm() - estimate.inForceMm()) >= WORTH_MM
              && Math.abs(estimate.offsetMm()) <= OFFSET_MAX_MM;
      outdate.setObject(1, at);
      outdate.setInt(2, estimate.sensorId());
      outdate.setInt(3, estimate.offsetMm());
      // What is not worth a change any more makes the proposal before it old, too.
      outdate.setInt(4, worth ? WORTH_MM : 0);
      outdate.executeUpdate();
      if (!worth) {
        return 0;
      }
      propose.setInt(1, estimate.sensorId());
      propose.setInt(2, estimate.offsetMm());
      propose.setInt(3, estimate.nights());
      propose.setInt(4, estimate.readings());
      propose.setInt(5, estimate.spreadMm());
      propose.setObject(6, at);
      propose.setInt(7, estimate.sensorId());
      propose.setObject(8, at.minus(REFUSED_FOR));
      propose.setInt(9, estimate.offsetMm());
      propose.setInt(10, WORTH_MM);
      return propose.executeUpdate();
    }
  }
}
