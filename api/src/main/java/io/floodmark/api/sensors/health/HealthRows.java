package io.floodmark.api.sensors.health;

import io.floodmark.api.sensors.SensorView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads how a sensor is doing. */
public final class HealthRows {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private static final String COUNT =
      """
      SELECT count(*) AS received, count(*) FILTER (WHERE backfill) AS late,
             min(observed_at) AS first_at, max(observed_at) AS last_at
      FROM whole_reading
      WHERE sensor_id = ? AND observed_at >= ? AND observed_at < ?
      """;

  private static final String SILENCES =
      """
      SELECT extract(epoch FROM silence) AS seconds
      FROM (
        SELECT observed_at - lag(observed_at) OVER (ORDER BY observed_at) AS silence
        FROM whole_reading
        WHERE sensor_id = ? AND observed_at >= ? AND observed_at < ?
      ) AS between_two
      WHERE silence > make_interval(secs => ?)
      """;

  private static final String DOUBTS =
      """
      SELECT CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc) ELSE greatest(r.qc, v.flag) END AS flag,
             r.qc_reasons | coalesce(v.reasons, 0) AS reasons, count(*) AS readings
      FROM whole_reading r
      LEFT JOIN (
        SELECT observed_at, max(flag) AS flag, bit_or(qc_reason) AS reasons
        FROM reading_verdict
        WHERE sensor_id = ? AND observed_at >= ? AND observed_at < ?
        GROUP BY observed_at
      ) AS v ON v.observed_at = r.observed_at
      WHERE r.sensor_id = ? AND r.observed_at >= ? AND r.observed_at < ?
      GROUP BY 1, 2
      """;

  private static final String MEANS =
      """
      SELECT round(avg(battery_mv))::integer AS battery_mv, round(avg(rssi_dbm))::integer AS rssi_dbm,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM received_at - observed_at))
               FILTER (WHERE NOT stamped AND NOT backfill) AS delay_s,
             count(*) FILTER (WHERE stamped) AS stamped, count(*) AS readings
      FROM whole_reading
      WHERE sensor_id = ? AND observed_at >= ? AND observed_at < ?
      """;

  private HealthRows() {}

  /** How {@code sensor} is doing at {@code now}. */
  public static SensorHealth of(Connection connection, SensorView sensor, Instant now)
      throws SQLException {
    Optional<Instant> first = first(connection, sensor.id());
    return new SensorHealth(
        loss(connection, sensor, first, now.minus(DAY), now),
        loss(connection, sensor, first, now.minus(WEEK), now),
        doubts(connection, sensor.id(), now.minus(WEEK), now),
        means(connection, sensor.id(), now.minus(DAY), now),
        means(connection, sensor.id(), now.minus(WEEK).minus(DAY), now.minus(WEEK)));
  }

  private static Optional<Instant> first(Connection connection, int sensorId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT min(observed_at) FROM reading WHERE sensor_id = ?")) {
      select.setInt(1, sensorId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return time(row, 1);
      }
    }
  }

  /** A sensor owes nothing from before its first reading. */
  private static Optional<PacketLoss> loss(
      Connection connection,
      SensorView sensor,
      Optional<Instant> firstEver,
      Instant since,
      Instant now)
      throws SQLException {
    if (firstEver.isEmpty() || !firstEver.get().isBefore(now)) {
      return Optional.empty();
    }
    Instant from = firstEver.get().isAfter(since) ? firstEver.get() : since;
    try (PreparedStatement select = select(connection, COUNT, sensor.id(), from, now);
        ResultSet row = select.executeQuery()) {
      row.next();
      List<Duration> silences = silences(connection, sensor, from, now);
      time(row, 3).ifPresent(first -> silences.add(Duration.between(from, first)));
      time(row, 4).ifPresent(last -> silences.add(Duration.between(last, now)));
      return Optional.of(
          PacketLoss.of(
              Duration.between(from, now),
              sensor.reportInterval(),
              row.getLong("received"),
              row.getLong("late"),
              silences));
    }
  }

  private static List<Duration> silences(
      Connection connection, SensorView sensor, Instant from, Instant now) throws SQLException {
    try (PreparedStatement select = select(connection, SILENCES, sensor.id(), from, now)) {
      select.setDouble(4, 1.5 * sensor.reportInterval().toSeconds());
      List<Duration> silences = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          silences.add(Duration.ofMillis(Math.round(row.getDouble(1) * 1_000)));
        }
      }
      return silences;
    }
  }

  private static Doubts doubts(Connection connection, int sensorId, Instant from, Instant now)
      throws SQLException {
    try (PreparedStatement select = select(connection, DOUBTS, sensorId, from, now)) {
      select.setInt(4, sensorId);
      select.setObject(5, from.atOffset(ZoneOffset.UTC));
      select.setObject(6, now.atOffset(ZoneOffset.UTC));
      List<Doubts.Group> groups = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          groups.add(
              new Doubts.Group(row.getInt("flag"), row.getInt("reasons"), row.getLong("readings")));
        }
      }
      return Doubts.of(groups);
    }
  }

  private static SensorHealth.Means means(
      Connection connection, int sensorId, Instant from, Instant to) throws SQLException {
    try (PreparedStatement select = select(connection, MEANS, sensorId, from, to);
        ResultSet row = select.executeQuery()) {
      row.next();
      double delayS = row.getDouble("delay_s");
      OptionalDouble delay = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(delayS);
      return new SensorHealth.Means(
          integer(row, "battery_mv"),
          integer(row, "rssi_dbm"),
          delay,
          row.getLong("stamped"),
          row.getLong("readings"));
    }
  }

  private static PreparedStatement select(
      Connection connection, String sql, int sensorId, Instant from, Instant to)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setInt(1, sensorId);
    select.setObject(2, from.atOffset(ZoneOffset.UTC));
    select.setObject(3, to.atOffset(ZoneOffset.UTC));
    return select;
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
