package io.floodmark.e2e.api;

import io.floodmark.live.Doorbell;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Writes rows as ingest does: readings, states and alerts, each with the doorbell in the same
 * transaction.
 */
final class Street {
  private final Database database;

  Street(Database database) {
    this.database = database;
  }

  /** Registers a distance sensor that reports every minute, 180 mm over its low point. */
  int sensor(String code, String name) throws SQLException {
    return number(
        """
        INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, low_point_delta_mm,
                            street, zone, token_sha256)
        VALUES (?, ?, 'distance', 106.0712, 20.9411, 3000, 180,
                'Nguyễn Văn Linh', 'Bần', decode(repeat('00', 32), 'hex'))
        RETURNING id
        """,
        code,
        name);
  }

  /** The newest reading of a sensor as the commit loop leaves it, good unless said otherwise. */
  void state(int sensorId, Instant at, int depthMm, int qc, Integer level) throws SQLException {
    ring(
        sensorId,
        """
        UPDATE sensor_state
        SET version = version + 1, last_arrival_at = ?, evaluated_at = ?, evaluated_arrival_at = ?,
            observed_at = ?, depth_mm = ?, low_point_depth_mm = ?, qc = ?, level = ?,
            trend_mm_per_min = 6.4999, battery_mv = 3710, rssi_dbm = -71, temperature_c = 31.2
        WHERE sensor_id = ?
        """,
        at,
        at,
        at,
        at,
        depthMm,
        depthMm + 180,
        qc,
        level,
        sensorId);
  }

  void status(int sensorId, String status, Instant since) throws SQLException {
    ring(
        sensorId,
        """
        INSERT INTO sensor_status (sensor_id, status, by_will, since) VALUES (?, ?, true, ?)
        ON CONFLICT (sensor_id) DO UPDATE SET status = excluded.status, since = excluded.since
        """,
        sensorId,
        status,
        since);
  }

  /** Raises an alert and returns its id. */
  int raise(int sensorId, int level, Instant at) throws SQLException {
    return number(
        """
        WITH raised AS (
          INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at)
          VALUES (?, 'flood', 'active', ?, ?, ?, ?)
          RETURNING id, sensor_id, level, since
        ), event AS (
          INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level,
                                   occurred_at, recorded_at)
          SELECT id, sensor_id, 'raised', 0, level, since, since FROM raised
        )
        SELECT id, pg_notify('floodmark_reading', sensor_id::text) FROM raised
        """,
        sensorId,
        level,
        level,
        at,
        at);
  }

  /** Moves the open alert of a sensor to another level, 0 to clear it. */
  void move(int sensorId, int level, Instant at) throws SQLException {
    ring(
        sensorId,
        """
        WITH old AS (
          SELECT id, level FROM alert WHERE sensor_id = ? AND state = 'active'
        ), moved AS (
          UPDATE alert a
          SET level = CASE WHEN ?::int = 0 THEN a.level ELSE ? END,
              peak_level = greatest(a.peak_level, ?),
              state = CASE WHEN ?::int = 0 THEN 'cleared' ELSE 'active' END,
              changed_at = ?,
              cleared_at = CASE WHEN ?::int = 0 THEN ?::timestamptz END
          FROM old WHERE a.id = old.id
        )
        INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level,
                                 occurred_at, recorded_at)
        SELECT id, ?, CASE WHEN ?::int = 0 THEN 'cleared'
                           WHEN ?::int > level THEN 'escalated' ELSE 'lowered' END,
               level, ?, ?, ?
        FROM old
        """,
        sensorId,
        level,
        level,
        level,
        level,
        at,
        level,
        at,
        sensorId,
        level,
        level,
        level,
        at,
        at);
  }

  void retire(int sensorId, Instant at) throws SQLException {
    execute("UPDATE sensor SET retired_at = ? WHERE id = ?", at, sensorId);
  }

  void reading(int sensorId, Instant at, Integer depthMm, int qc) throws SQLException {
    execute(
        """
        INSERT INTO whole_reading (sensor_id, observed_at, received_at, depth_mm, qc)
        VALUES (?, ?, ?, ?, ?)
        """,
        sensorId,
        at,
        at,
        depthMm,
        qc);
  }

  /** A good reading every {@code stepS} seconds from {@code from} until before {@code to}. */
  void readings(int sensorId, Instant from, Instant to, int stepS) throws SQLException {
    execute(
        """
        INSERT INTO whole_reading (sensor_id, observed_at, received_at, distance_mm, depth_mm, qc)
        SELECT ?, t, t + interval '2 seconds', 3000 - 100 - n % 50, 100 + n % 50, 1
        FROM (SELECT t, (extract(epoch FROM t))::bigint / ? AS n
              FROM generate_series(?::timestamptz, ?::timestamptz - interval '1 ms',
                                   make_interval(secs => ?)) t) series
        """,
        sensorId, stepS, from, to, stepS);
  }

  /** What a later reading says of one at {@code at}. */
  void verdict(int sensorId, Instant at, int reason, int flag) throws SQLException {
    execute(
        """
        INSERT INTO reading_verdict (sensor_id, observed_at, test, qc_reason, flag, decided_by,
          decided_at)
        VALUES (?, ?, 'spike', ?, ?, ?, ?)
        """,
        sensorId,
        at,
        reason,
        flag,
        at.plusSeconds(60),
        at.plusSeconds(61));
  }

  /** Runs a statement and rings for the sensor in the same transaction. */
  private void ring(int sensorId, String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        set(statement, parameters);
        statement.executeUpdate();
      }
      Doorbell.ring(connection, List.of(sensorId));
      connection.commit();
    }
  }

  void execute(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      statement.execute();
    }
  }

  private int number(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(
          i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }
  }
}
