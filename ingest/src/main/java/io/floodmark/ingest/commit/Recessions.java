package io.floodmark.ingest.commit;

import io.floodmark.nowcast.Recession;
import io.floodmark.nowcast.WaterSample;
import io.floodmark.schema.BelievedReading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notes how each flood drained, an hour after its alert ended: from what was believed between a
 * quarter of an hour before the alert and that hour, or the next alert. What happened under
 * maintenance or before a quarter of a year does not count.
 *
 * <p>Confined to the thread of the timers; for the one process that holds their lock.
 */
public final class Recessions implements Timers.Chore {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int FLOODS_A_TURN = 5;

  /** Half a day of a sensor that reports every four seconds. */
  private static final int READINGS_MAX = 10_000;

  private static final String ENDED =
      """
      SELECT a.id, a.sensor_id, a.cleared_at, a.since - interval '15 minutes' AS reading_from,
        least(a.cleared_at + interval '1 hour',
          (SELECT min(n.since) FROM alert n
           WHERE n.sensor_id = a.sensor_id AND n.kind = 'flood' AND n.since > a.since)) AS reading_to
      FROM alert a
      WHERE a.kind = 'flood' AND a.sensor_id IS NOT NULL
        AND a.cleared_at > ?::timestamptz - interval '90 days'
        AND a.cleared_at <= ?::timestamptz - interval '1 hour'
        AND NOT EXISTS (
          SELECT FROM alert_event e WHERE e.alert_id = a.id AND e.kind = 'suppressed')
        AND NOT EXISTS (SELECT FROM recession r WHERE r.alert_id = a.id)
      ORDER BY a.cleared_at
      LIMIT ?
      """;

  private static final String BELIEVED =
      """
      SELECT r.observed_at, r.depth_mm
      FROM whole_reading r
      WHERE r.sensor_id = ? AND r.observed_at >= ? AND r.observed_at < ?
        AND %s
      ORDER BY r.observed_at
      LIMIT ?
      """
          .formatted(BelievedReading.CONDITION);

  private static final String NOTE =
      """
      INSERT INTO recession (alert_id, sensor_id, ended_at, from_mm, tau_minutes,
        exponential_rmse_mm, mm_per_min, linear_rmse_mm)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private Instant nextTry = Instant.MIN;

  private record Ended(long alertId, int sensorId, Instant endedAt, Instant from, Instant to) {}

  @Override
  public void run(Connection connection, Instant now) throws SQLException {
    if (now.isBefore(nextTry)) {
      return;
    }
    // Before it is tried: what fails must not fail every second.
    nextTry = now.plus(EVERY);
    connection.setAutoCommit(false);
    try {
      for (Ended flood : ended(connection, now)) {
        note(connection, flood, Recession.of(believed(connection, flood)));
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static List<Ended> ended(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ENDED)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      select.setInt(3, FLOODS_A_TURN);
      List<Ended> ended = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ended.add(
              new Ended(
                  row.getLong("id"),
                  row.getInt("sensor_id"),
                  time(row, "cleared_at"),
                  time(row, "reading_from"),
                  time(row, "reading_to")));
        }
      }
      return ended;
    }
  }

  private static List<WaterSample> believed(Connection connection, Ended flood)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BELIEVED)) {
      select.setInt(1, flood.sensorId());
      select.setObject(2, flood.from().atOffset(ZoneOffset.UTC));
      select.setObject(3, flood.to().atOffset(ZoneOffset.UTC));
      select.setInt(4, READINGS_MAX);
      List<WaterSample> believed = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          believed.add(new WaterSample(time(row, "observed_at"), row.getInt("depth_mm")));
        }
      }
      return believed;
    }
  }

  private static void note(Connection connection, Ended flood, Optional<Recession> drained)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
      insert.setLong(1, flood.alertId());
      insert.setInt(2, flood.sensorId());
      insert.setObject(3, flood.endedAt().atOffset(ZoneOffset.UTC));
      if (drained.isPresent()) {
        insert.setInt(4, drained.get().fromMm());
        insert.setDouble(5, drained.get().tauMinutes());
        insert.setDouble(6, drained.get().exponentialRmseMm());
        insert.setDouble(7, drained.get().mmPerMin());
        insert.setDouble(8, drained.get().linearRmseMm());
      } else {
        insert.setNull(4, Types.INTEGER);
        for (int column = 5; column <= 8; column++) {
          insert.setNull(column, Types.DOUBLE);
        }
      }
      insert.executeUpdate();
    }
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
