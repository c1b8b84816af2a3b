package io.floodmark.api.sensors.register;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.live.Doorbell;
import io.floodmark.schema.AlertHistory;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rows of table {@code sensor}, in the caller's transaction. A trigger of the schema tells
 * every running process of a change. Confined to one thread.
 */
public final class SensorStore {
  static final String COLUMNS =
      """
      s.code, s.name, s.kind, s.lon, s.lat, s.mount_height_mm, s.low_point_delta_mm,
      s.report_interval_s, s.gateway, s.zone, s.street, s.attention_mm, s.warning_mm,
      s.danger_mm, s.severe_mm, s.clear_delay_s, s.retired_at
      """;

  private static final String INSERT =
      """
      INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, low_point_delta_mm,
        report_interval_s, gateway, zone, street, token_sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (code) DO NOTHING
      """;

  /** Leaves a sensor alone that is like that already, so that nobody is told of no change. */
  private static final String UPDATE =
      """
      UPDATE sensor s
      SET name = n.name, kind = n.kind, lon = n.lon, lat = n.lat,
        mount_height_mm = n.mount_height_mm, low_point_delta_mm = n.low_point_delta_mm,
        report_interval_s = n.report_interval_s, gateway = n.gateway, zone = n.zone,
        street = n.street, token_sha256 = coalesce(n.token_sha256, s.token_sha256)
      FROM (VALUES (?::text, ?::text, ?::text, ?::double precision, ?::double precision,
          ?::integer, ?::integer, ?::integer, ?::text, ?::text, ?::text, ?::bytea))
        AS n (code, name, kind, lon, lat, mount_height_mm, low_point_delta_mm,
          report_interval_s, gateway, zone, street, token_sha256)
      WHERE s.code = n.code
        AND (s.name, s.kind, s.lon, s.lat, s.mount_height_mm, s.low_point_delta_mm,
            s.report_interval_s, s.gateway, s.zone, s.street, s.token_sha256)
          IS DISTINCT FROM (n.name, n.kind, n.lon, n.lat, n.mount_height_mm,
            n.low_point_delta_mm, n.report_interval_s, n.gateway, n.zone, n.street,
            coalesce(n.token_sha256, s.token_sha256))
      """;

  // The trigger on the sensor locks its state too, and takes from the commit loop what it had read.
  private static final String RETIRE =
      """
      UPDATE sensor SET retired_at = now() WHERE code = ? AND retired_at IS NULL
      RETURNING id
      """;

  // That it goes is no word of the water: nobody may be told that it has gone, so the end is kept
  // back before it is written. What ends so, nobody has to look at.
  private static final String KEEP_BACK =
      """
      WITH kept AS (
        UPDATE alert SET suppressed = 'retired'
        WHERE sensor_id = ? AND state = 'active' AND suppressed IS NULL
        RETURNING id, sensor_id, level
      )
      INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at)
      SELECT id, sensor_id, 'suppressed', level, level, statement_timestamp(),
        statement_timestamp()
      FROM kept
      """;

  // The statement's time, for while the transaction waited for its locks others wrote later ones.
  private static final String CLEAR_ALERT =
      """
      WITH cleared AS (
        UPDATE alert
        SET state = 'cleared', changed_at = statement_timestamp(),
          cleared_at = statement_timestamp(), remind_at = NULL,
          acknowledged_at = coalesce(acknowledged_at, statement_timestamp()),
          acknowledged_by = coalesce(acknowledged_by, 'floodmark'),
          closed_at = statement_timestamp(), closed_by = 'floodmark'
        WHERE sensor_id = ? AND state = 'active'
        RETURNING id, sensor_id, level
      )
      INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at)
      SELECT id, sensor_id, 'cleared', level, 0, statement_timestamp(), statement_timestamp()
      FROM cleared
      """;

  /** So that what is still queued of it, or due by time alone, meets no level of before. */
  private static final String FORGET =
      """
      UPDATE sensor_state
      SET alert_id = NULL, alert_level = 0, level = NULL, trend_mm_per_min = NULL, memory = '{}',
        watch = '{}', due_at = NULL
      WHERE sensor_id = ?
      """;

  private static final String SET_POLICY =
      """
      UPDATE sensor
      SET attention_mm = ?, warning_mm = ?, danger_mm = ?, severe_mm = ?, clear_delay_s = ?
      WHERE code = ?
        AND (attention_mm, warning_mm, danger_mm, severe_mm, clear_delay_s)
          IS DISTINCT FROM (?, ?, ?, ?, ?)
      """;

  private final Connection connection;

  /** The rows that {@code connection} sees. */
  public SensorStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * A sensor as it stands, with what tells whether it still stands so.
   *
   * @param sensor what is registered
   * @param version another after every change of its row
   */
  public record Held(RegisteredSensor sensor, String version) {}

  /** The sensor of that code, retired or not. */
  public Optional<Held> find(SensorCode code) throws SQLException {
    return held(code, "");
  }

  /** The same; nobody else changes it until the transaction ends. */
  public Optional<Held> lock(SensorCode code) throws SQLException {
    return held(code, " FOR NO KEY UPDATE");
  }

  private Optional<Held> held(SensorCode code, String lock) throws SQLException {
    // xmin: the transaction that wrote the row. No column of ours has to be kept in step with it.
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + ", s.xmin::text AS version FROM sensor s WHERE s.code = ?"
                + lock)) {
      select.setString(1, code.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Held(registered(row, Optional.empty()), row.getString("version")))
            : Optional.empty();
      }
    }
  }

  /** Adds a sensor, with the default thresholds. False if there is one of that code. */
  public boolean insert(SensorEntry sensor, SensorToken token) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, sensor, Optional.of(token));
      return insert.executeUpdate() == 1;
    }
  }

  /** Changes a sensor; keeps its token where none is given. False if it is like that already. */
  public boolean update(SensorEntry sensor, Optional<SensorToken> token) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      bind(update, sensor, token);
      return update.executeUpdate() == 1;
    }
  }

  /** Sets thresholds and delay. False if they are like that already. */
  public boolean setPolicy(SensorCode code, AlertPolicy policy) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SET_POLICY)) {
      for (int i = 0; i < AlertPolicy.LEVEL_MAX; i++) {
        update.setInt(i + 1, policy.thresholdsMm().get(i));
        update.setInt(i + 7, policy.thresholdsMm().get(i));
      }
      update.setInt(5, (int) policy.clearDelay().toSeconds());
      update.setString(6, code.value());
      update.setInt(11, (int) policy.clearDelay().toSeconds());
      return update.executeUpdate() == 1;
    }
  }

  /** Gives a sensor in service another token. False if none of that code is in service. */
  public boolean replaceToken(SensorCode code, SensorToken token) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE sensor SET token_sha256 = ? WHERE code = ? AND retired_at IS NULL")) {
      update.setBytes(1, token.sha256());
      update.setString(2, code.value());
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Takes a sensor out of service for good and ends its alert if one is open: nobody would ever
   * lower it. It is kept back first, for it is no all-clear. False if none of that code is in
   * service.
   */
  public boolean retire(SensorCode code) throws SQLException {
    OptionalInt id = retireRow(code);
    if (id.isPresent()) {
      AlertHistory.lock(connection);
      execute(KEEP_BACK, id.getAsInt());
      execute(CLEAR_ALERT, id.getAsInt());
      execute(FORGET, id.getAsInt());
      Doorbell.ring(connection, List.of(id.getAsInt()));
    }
    return id.isPresent();
  }

  private OptionalInt retireRow(SensorCode code) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RETIRE)) {
      update.setString(1, code.value());
      try (ResultSet retired = update.executeQuery()) {
        return retired.next() ? OptionalInt.of(retired.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  private void execute(String sql, int sensorId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, sensorId);
      statement.executeUpdate();
    }
  }

  private static void bind(
      PreparedStatement statement, SensorEntry sensor, Optional<SensorToken> token)
      throws SQLException {
    Integer mountHeightMm =
        sensor.mountHeightMm().isPresent() ? sensor.mountHeightMm().getAsInt() : null;
    statement.setString(1, sensor.code().value());
    statement.setString(2, sensor.name());
    statement.setString(3, sensor.kind().code());
    statement.setDouble(4, sensor.lon());
    statement.setDouble(5, sensor.lat());
    statement.setObject(6, mountHeightMm);
    statement.setInt(7, sensor.lowPointDeltaMm());
    statement.setInt(8, sensor.reportIntervalS());
    statement.setString(9, sensor.gateway().orElse(null));
    statement.setString(10, sensor.zone().orElse(null));
    statement.setString(11, sensor.street().orElse(null));
    statement.setBytes(12, token.map(SensorToken::sha256).orElse(null));
  }

  static RegisteredSensor registered(ResultSet row, Optional<Instant> lastArrival)
      throws SQLException {
    int mountHeightMm = row.getInt("mount_height_mm");
    OptionalInt mountHeight = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(mountHeightMm);
    SensorEntry entry =
        new SensorEntry(
            new SensorCode(row.getString("code")),
            row.getString("name"),
            SensorKind.find(row.getString("kind")).orElseThrow(),
            row.getDouble("lon"),
            row.getDouble("lat"),
            mountHeight,
            row.getInt("low_point_delta_mm"),
            row.getInt("report_interval_s"),
            Optional.ofNullable(row.getString("gateway")),
            Optional.ofNullable(row.getString("zone")),
            Optional.ofNullable(row.getString("street")));
    List<Integer> thresholdsMm = new ArrayList<>();
    for (String column : SensorRow.THRESHOLDS) {
      thresholdsMm.add(row.getInt(column));
    }
    AlertPolicy policy =
        new AlertPolicy(thresholdsMm, Duration.ofSeconds(row.getInt("clear_delay_s")));
    return new RegisteredSensor(entry, policy, lastArrival, row.getObject("retired_at") != null);
  }
}
