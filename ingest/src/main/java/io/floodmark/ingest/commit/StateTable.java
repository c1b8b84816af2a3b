package io.floodmark.ingest.commit;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.SensorWatch;
import io.floodmark.ingest.commit.SensorState.Latest;
import io.floodmark.quality.QualitySettings;
import io.floodmark.quality.QualitySettingsJson;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.DeviceRange;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code sensor_state}, together with what {@code sensor} says. */
final class StateTable {
  private static final Logger log = LoggerFactory.getLogger(StateTable.class);

  private static final String SELECT =
      """
      SELECT s.id, s.code, s.kind, s.mount_height_mm, s.noise_floor_mm, s.low_point_delta_mm,
        s.report_interval_s, s.clear_delay_s, s.attention_mm, s.warning_mm, s.danger_mm,
        s.severe_mm, s.offset_mm, s.temperature_compensated, s.range_min_mm, s.range_max_mm,
        s.quality, s.battery_low_mv, s.fast_rise_mm_per_min,
        st.version, st.last_arrival_at, st.last_stamp_at, st.evaluated_at,
        st.evaluated_arrival_at, st.observed_at, st.distance_mm, st.depth_mm,
        st.low_point_depth_mm, st.rain_mm, st.qc, st.battery_mv, st.rssi_dbm, st.temperature_c,
        st.level, st.memory, st.alert_level, st.watch
      FROM sensor s
      JOIN sensor_state st ON st.sensor_id = s.id
      """;

  private static final String LOAD = SELECT + "WHERE s.id = ANY (?)";

  // Locking stands apart from reading: a statement that waited for a lock sees the locked row as
  // it is now, but what it joins as it was when the statement began (PostgreSQL documentation,
  // "Read Committed Isolation Level"): a new version with the calibration before it.
  // Always in the order of ids, so that two processes that want the same rows wait, not deadlock.
  private static final String LOCK =
      """
      SELECT sensor_id FROM sensor_state
      WHERE sensor_id = ANY (?)
      ORDER BY sensor_id
      FOR UPDATE
      """;

  // A row that someone else holds is being evaluated; what is due in it is due a second later too.
  private static final String LOCK_DUE =
      """
      SELECT sensor_id FROM sensor_state
      WHERE due_at <= ?
      ORDER BY due_at
      LIMIT ?
      FOR UPDATE SKIP LOCKED
      """;

  private static final String SENSORS = "SELECT sensor_id FROM sensor_state";

  private StateTable() {}

  /** All sensors that there is a state of. */
  static Set<Integer> sensorIds(Connection connection) throws SQLException {
    Set<Integer> sensorIds = new HashSet<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(SENSORS)) {
      while (row.next()) {
        sensorIds.add(row.getInt(1));
      }
    }
    return sensorIds;
  }

  /** What is known of these sensors; one that is not there is not in the answer. */
  static Map<Integer, Gauge> load(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOAD)) {
      new Columns<>(select, sensorIds).add("int4", id -> id);
      return gauges(select);
    }
  }

  /**
   * The same, and until the end of the transaction nobody else writes a reading, a state or an
   * alert of these sensors.
   */
  static Map<Integer, Gauge> lock(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      new Columns<>(lock, sensorIds).add("int4", id -> id);
      return load(connection, locked(lock));
    }
  }

  /** The same of those whose rows nobody else holds just now: who turns every second can wait. */
  static Map<Integer, Gauge> lockFree(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(LOCK.stripTrailing() + " SKIP LOCKED")) {
      new Columns<>(lock, sensorIds).add("int4", id -> id);
      return load(connection, locked(lock));
    }
  }

  /** Up to {@code max} sensors to whose alert time alone does something, locked likewise. */
  static List<Gauge> lockDue(Connection connection, Instant now, int max) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK_DUE)) {
      lock.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      lock.setInt(2, max);
      return List.copyOf(load(connection, locked(lock)).values());
    }
  }

  private static List<Integer> locked(PreparedStatement lock) throws SQLException {
    List<Integer> sensorIds = new ArrayList<>();
    try (ResultSet row = lock.executeQuery()) {
      while (row.next()) {
        sensorIds.add(row.getInt(1));
      }
    }
    return sensorIds;
  }

  private static Map<Integer, Gauge> gauges(PreparedStatement select) throws SQLException {
    Map<Integer, Gauge> gauges = new HashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        gauges.put(row.getInt("id"), gaugeOf(row));
      }
    }
    return gauges;
  }

  private static Gauge gaugeOf(ResultSet row) throws SQLException {
    return new Gauge(
        sensorOf(row),
        stateOf(row),
        new SensorWatch.Limits(
            optionalInt(row, "fast_rise_mm_per_min"), optionalInt(row, "battery_low_mv")),
        WatchMemory.of(row.getString("watch")));
  }

  private static Sensor sensorOf(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new Sensor(
        row.getInt("id"),
        new SensorCode(row.getString("code")),
        SensorKind.find(kind)
            .orElseThrow(() -> new IllegalStateException("sensor.kind is unknown: " + kind)),
        new Calibration(
            optionalInt(row, "mount_height_mm"),
            row.getInt("offset_mm"),
            row.getBoolean("temperature_compensated"),
            row.getInt("noise_floor_mm"),
            row.getInt("low_point_delta_mm")),
        new AlertPolicy(
            List.of(
                row.getInt("attention_mm"),
                row.getInt("warning_mm"),
                row.getInt("danger_mm"),
                row.getInt("severe_mm")),
            Duration.ofSeconds(row.getInt("clear_delay_s"))),
        Duration.ofSeconds(row.getInt("report_interval_s")),
        new DeviceRange(optionalInt(row, "range_min_mm"), optionalInt(row, "range_max_mm")),
        qualityOf(row));
  }

  /** A mistake that somebody made by hand must not stop the readings of all. */
  private static QualitySettings qualityOf(ResultSet row) throws SQLException {
    String json = row.getString("quality");
    if (json == null) {
      return QualitySettings.DEFAULT;
    }
    try {
      return QualitySettingsJson.parse(json);
    } catch (IllegalArgumentException e) {
      log.warn(
          "sensor.quality of {} is not understood, the defaults are in force: {}",
          row.getString("code"),
          e.getMessage());
      return QualitySettings.DEFAULT;
    }
  }

  private static SensorState stateOf(ResultSet row) throws SQLException {
    JsonNode memory = SensorMemory.parse(row.getString("memory"));
    return new SensorState(
        row.getInt("id"),
        row.getLong("version"),
        instant(row, "last_arrival_at"),
        instant(row, "last_stamp_at"),
        latestOf(row),
        SensorMemory.qualityOf(memory),
        SensorMemory.trendOf(memory),
        SensorMemory.alertOf(memory, row.getInt("alert_level")));
  }

  private static Optional<Latest> latestOf(ResultSet row) throws SQLException {
    Instant evaluatedAt = instant(row, "evaluated_at");
    if (evaluatedAt.equals(Instant.MIN)) {
      return Optional.empty();
    }
    return Optional.of(
        new Latest(
            evaluatedAt,
            instant(row, "evaluated_arrival_at"),
            instant(row, "observed_at"),
            optionalInt(row, "distance_mm"),
            optionalInt(row, "depth_mm"),
            optionalInt(row, "low_point_depth_mm"),
            optionalDouble(row, "rain_mm"),
            row.getInt("qc"),
            optionalInt(row, "battery_mv"),
            optionalInt(row, "rssi_dbm"),
            optionalDouble(row, "temperature_c"),
            optionalInt(row, "level")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? Instant.MIN : at.toInstant();
  }

  private static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalDouble optionalDouble(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
