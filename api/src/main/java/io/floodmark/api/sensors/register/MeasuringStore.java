package io.floodmark.api.sensors.register;

import io.floodmark.alert.SensorWatch;
import io.floodmark.sensor.DeviceRange;
import io.floodmark.sensor.SensorCode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How sensors measure: columns of {@code sensor}, and {@code sensor_offset}. In the caller's
 * transaction, confined to one thread.
 */
public final class MeasuringStore {
  private static final int OFFSETS_SHOWN = 20;

  private final Connection connection;

  /** The rows that {@code connection} sees. */
  public MeasuringStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * How a sensor measures now.
   *
   * @param offsetMm what is in force
   * @param version another after every change of the sensor's row
   * @param retired whether it is out of service for good
   */
  public record Held(
      int sensorId, Measuring measuring, int offsetMm, String version, boolean retired) {}

  /** The sensor of that code. */
  public Optional<Held> find(SensorCode code) throws SQLException {
    return held(code, "");
  }

  /** The same; nobody else changes it until the transaction ends. */
  public Optional<Held> lock(SensorCode code) throws SQLException {
    return held(code, " FOR NO KEY UPDATE");
  }

  private Optional<Held> held(SensorCode code, String lock) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT id, temperature_compensated, range_min_mm, range_max_mm, quality, offset_mm,
              neighbours, battery_low_mv, fast_rise_mm_per_min,
              xmin::text AS version, retired_at IS NOT NULL AS retired
            FROM sensor
            WHERE code = ?
            """
                + lock)) {
      select.setString(1, code.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Held(
                    row.getInt("id"),
                    new Measuring(
                        row.getBoolean("temperature_compensated"),
                        new DeviceRange(
                            optionalInt(row, "range_min_mm"), optionalInt(row, "range_max_mm")),
                        Optional.ofNullable(row.getString("quality")),
                        neighbours(row.getArray("neighbours")),
                        new SensorWatch.Limits(
                            optionalInt(row, "fast_rise_mm_per_min"),
                            optionalInt(row, "battery_low_mv"))),
                    row.getInt("offset_mm"),
                    row.getString("version"),
                    row.getBoolean("retired")))
            : Optional.empty();
      }
    }
  }

  /** Changes how a sensor measures. False if it does so already. */
  boolean set(int sensorId, Measuring measuring) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE sensor s
            SET temperature_compensated = n.compensated, range_min_mm = n.least,
              range_max_mm = n.most, quality = n.quality, neighbours = n.neighbours,
              battery_low_mv = n.battery, fast_rise_mm_per_min = n.rise
            FROM (VALUES (?::boolean, ?::integer, ?::integer, ?::jsonb, ?::text[], ?::integer,
                ?::integer))
              AS n (compensated, least, most, quality, neighbours, battery, rise)
            WHERE s.id = ?
              AND (s.temperature_compensated, s.range_min_mm, s.range_max_mm, s.quality,
                  s.neighbours, s.battery_low_mv, s.fast_rise_mm_per_min)
                IS DISTINCT FROM (n.compensated, n.least, n.most, n.quality, n.neighbours,
                  n.battery, n.rise)
            """)) {
      update.setBoolean(1, measuring.temperatureCompensated());
      update.setObject(2, boxed(measuring.range().minMm()));
      update.setObject(3, boxed(measuring.range().maxMm()));
      update.setString(4, measuring.quality().orElse(null));
      update.setArray(5, array(measuring.neighbours()));
      update.setObject(6, boxed(measuring.watch().batteryLowMv()));
      update.setObject(7, boxed(measuring.watch().fastRiseMmPerMin()));
      update.setInt(8, sensorId);
      return update.executeUpdate() == 1;
    }
  }

  /** The newest offsets of a sensor, proposed or decided, newest first. */
  public List<SensorOffset> offsets(int sensorId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT id, offset_mm, nights, readings, spread_mm, state, proposed_at, decided_at,
              decided_by, valid_from, valid_until
            FROM sensor_offset
            WHERE sensor_id = ?
            ORDER BY id DESC
            LIMIT ?
            """)) {
      select.setInt(1, sensorId);
      select.setInt(2, OFFSETS_SHOWN);
      List<SensorOffset> offsets = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          offsets.add(
              new SensorOffset(
                  row.getLong("id"),
                  row.getInt("offset_mm"),
                  row.getInt("nights"),
                  row.getInt("readings"),
                  row.getInt("spread_mm"),
                  row.getString("state"),
                  instant(row, "proposed_at").orElseThrow(),
                  instant(row, "decided_at"),
                  Optional.ofNullable(row.getString("decided_by")),
                  instant(row, "valid_from"),
                  instant(row, "valid_until")));
        }
      }
      return offsets;
    }
  }

  /** Puts an open proposal in force, in place of the one before it. */
  void accept(int sensorId, SensorOffset offset, String by, Instant at) throws SQLException {
    OffsetDateTime now = at.atOffset(ZoneOffset.UTC);
    try (PreparedStatement end =
            connection.prepareStatement(
                """
                UPDATE sensor_offset SET valid_until = greatest(?, valid_from)
                WHERE sensor_id = ? AND state = 'accepted' AND valid_until IS NULL
                """);
        PreparedStatement begin =
            connection.prepareStatement(
                """
                UPDATE sensor_offset
                SET state = 'accepted', decided_at = ?, decided_by = ?, valid_from = ?
                WHERE id = ?
                """);
        PreparedStatement apply =
            connection.prepareStatement("UPDATE sensor SET offset_mm = ? WHERE id = ?")) {
      end.setObject(1, now);
      end.setInt(2, sensorId);
      end.executeUpdate();
      begin.setObject(1, now);
      begin.setString(2, by);
      begin.setObject(3, now);
      begin.setLong(4, offset.id());
      begin.executeUpdate();
      apply.setInt(1, offset.offsetMm());
      apply.setInt(2, sensorId);
      apply.executeUpdate();
    }
  }

  /** Turns an open proposal down. */
  void reject(SensorOffset offset, String by, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE sensor_offset SET state = 'rejected', decided_at = ?, decided_by = ?
            WHERE id = ?
            """)) {
      update.setObject(1, at.atOffset(ZoneOffset.UTC));
      update.setString(2, by);
      update.setLong(3, offset.id());
      update.executeUpdate();
    }
  }

  /** Which of these codes no sensor has. */
  public List<String> unknown(List<String> codes) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT u.code
            FROM unnest(?::text[]) WITH ORDINALITY AS u (code, position)
            WHERE NOT EXISTS (SELECT FROM sensor s WHERE s.code = u.code)
            ORDER BY u.position
            """)) {
      select.setArray(1, array(Optional.of(codes)));
      List<String> unknown = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          unknown.add(row.getString(1));
        }
      }
      return unknown;
    }
  }

  private Array array(Optional<List<String>> codes) throws SQLException {
    return codes.isPresent() ? connection.createArrayOf("text", codes.get().toArray()) : null;
  }

  private static Optional<List<String>> neighbours(Array codes) throws SQLException {
    return codes == null ? Optional.empty() : Optional.of(List.of((String[]) codes.getArray()));
  }

  private static Integer boxed(OptionalInt value) {
    return value.isPresent() ? (Integer) value.getAsInt() : null;
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
