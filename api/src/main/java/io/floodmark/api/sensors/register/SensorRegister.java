package io.floodmark.api.sensors.register;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.live.Doorbell;
import io.floodmark.schema.AlertHistory;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Table {@code sensor}, as commands change it. A trigger of the schema tells every running process,
 * so a change is in force there within a second. Confined to one thread and one connection, which
 * must be in auto-commit.
 */
public final class SensorRegister {
  private static final String COLUMNS =
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

  // The statement's time, for while the transaction waited for its locks others wrote later ones.
  private static final String CLEAR_ALERT =
      """
      WITH cleared AS (
        UPDATE alert
        SET state = 'cleared', changed_at = statement_timestamp(),
          cleared_at = statement_timestamp()
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
        due_at = NULL
      WHERE sensor_id = ?
      """;

  private final Connection connection;
  private final SecureRandom random;

  /** A register that draws its tokens from {@code random}. */
  public SensorRegister(Connection connection, SecureRandom random) {
    this.connection = connection;
    this.random = random;
  }

  /**
   * What became of a list.
   *
   * @param added codes that are new
   * @param changed codes that were there, in another shape
   * @param unchanged how many were there as listed
   * @param newTokens tokens that were made; nobody can ask for them again
   */
  public record Outcome(
      List<SensorCode> added,
      List<SensorCode> changed,
      int unchanged,
      Map<SensorCode, SensorToken> newTokens) {}

  /**
   * Takes a list over, all of it or nothing. A sensor that is registered already is changed in what
   * its row says and keeps the rest, its token included.
   *
   * @throws SensorListException naming every row that cannot be taken
   */
  public Outcome takeOver(List<SensorRow> rows) throws SQLException {
    return inTransaction(() -> save(rows, false));
  }

  /**
   * Registers one sensor that must not be there yet.
   *
   * @throws SensorListException naming what is wrong with it
   */
  public Outcome add(SensorRow row) throws SQLException {
    return inTransaction(() -> save(List.of(row), true));
  }

  /** All sensors by code, those in service before those that are retired. */
  public List<RegisteredSensor> list() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT "
                    + COLUMNS
                    + ", st.last_arrival_at"
                    + " FROM sensor s LEFT JOIN sensor_state st ON st.sensor_id = s.id"
                    + " ORDER BY s.retired_at IS NOT NULL, s.code");
        ResultSet rows = select.executeQuery()) {
      List<RegisteredSensor> sensors = new ArrayList<>();
      while (rows.next()) {
        OffsetDateTime lastArrival = rows.getObject("last_arrival_at", OffsetDateTime.class);
        sensors.add(
            registered(rows, Optional.ofNullable(lastArrival).map(OffsetDateTime::toInstant)));
      }
      return sensors;
    }
  }

  /** Gives a sensor in service a new token; empty if there is none of that code. */
  public Optional<SensorToken> replaceToken(SensorCode code) throws SQLException {
    SensorToken token = SensorToken.random(random);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE sensor SET token_sha256 = ? WHERE code = ? AND retired_at IS NULL")) {
      update.setBytes(1, token.sha256());
      update.setString(2, code.value());
      return update.executeUpdate() == 1 ? Optional.of(token) : Optional.empty();
    }
  }

  /**
   * Takes a sensor out of service for good and clears its alert if one is open: nobody would ever
   * lower it. False if none of that code is in service.
   */
  public boolean retire(SensorCode code) throws SQLException {
    return inTransaction(
        () -> {
          OptionalInt id = retireRow(code);
          if (id.isPresent()) {
            AlertHistory.lock(connection);
            execute(CLEAR_ALERT, id.getAsInt());
            execute(FORGET, id.getAsInt());
            Doorbell.ring(connection, List.of(id.getAsInt()));
          }
          return id.isPresent();
        });
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

  private Outcome save(List<SensorRow> rows, boolean mustBeNew) throws SQLException {
    Map<SensorCode, RegisteredSensor> registered = lock(rows);
    List<String> problems = new ArrayList<>();
    Map<SensorEntry, Optional<SensorToken>> sensors = new LinkedHashMap<>();
    Set<SensorCode> seen = new LinkedHashSet<>();
    for (SensorRow row : rows) {
      Optional<RegisteredSensor> known = row.findCode().map(registered::get);
      if (row.findCode().isPresent() && !seen.add(row.findCode().get())) {
        problems.add(row.label() + ", column code: " + row.findCode().get() + " is there twice");
      } else if (known.isPresent() && known.get().retired()) {
        problems.add(
            "%s, column code: %s is retired, and a code is not used again; take another"
                .formatted(row.label(), known.get().entry().code()));
      } else if (known.isPresent() && mustBeNew) {
        problems.add(
            "%s is registered already; `sensor import` changes it, `sensor token` gives a new token"
                .formatted(known.get().entry().code()));
      } else {
        row.over(known.map(RegisteredSensor::entry), problems)
            .ifPresent(entry -> sensors.put(entry, row.findToken(new ArrayList<>())));
      }
    }
    if (!problems.isEmpty()) {
      throw new SensorListException(problems);
    }
    return write(sensors, registered);
  }

  private Outcome write(
      Map<SensorEntry, Optional<SensorToken>> sensors, Map<SensorCode, RegisteredSensor> registered)
      throws SQLException {
    List<SensorCode> added = new ArrayList<>();
    List<SensorCode> changed = new ArrayList<>();
    Map<SensorCode, SensorToken> newTokens = new LinkedHashMap<>();
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement update = connection.prepareStatement(UPDATE)) {
      for (var sensor : sensors.entrySet()) {
        SensorCode code = sensor.getKey().code();
        if (registered.containsKey(code)) {
          bind(update, sensor.getKey(), sensor.getValue());
          if (update.executeUpdate() == 1) {
            changed.add(code);
          }
        } else {
          SensorToken token = sensor.getValue().orElseGet(() -> SensorToken.random(random));
          if (sensor.getValue().isEmpty()) {
            newTokens.put(code, token);
          }
          bind(insert, sensor.getKey(), Optional.of(token));
          insert.executeUpdate();
          added.add(code);
        }
      }
    }
    int unchanged = sensors.size() - added.size() - changed.size();
    return new Outcome(added, changed, unchanged, newTokens);
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

  /** The sensors of these codes, which nobody else changes until the transaction ends. */
  private Map<SensorCode, RegisteredSensor> lock(Collection<SensorRow> rows) throws SQLException {
    Map<SensorCode, RegisteredSensor> sensors = new LinkedHashMap<>();
    Object[] codes =
        rows.stream()
            .map(SensorRow::findCode)
            .flatMap(Optional::stream)
            .map(SensorCode::value)
            .toArray();
    Array array = connection.createArrayOf("text", codes);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM sensor s WHERE s.code = ANY (?) FOR NO KEY UPDATE")) {
      select.setArray(1, array);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          RegisteredSensor sensor = registered(found, Optional.empty());
          sensors.put(sensor.entry().code(), sensor);
        }
      }
    }
    return sensors;
  }

  private static RegisteredSensor registered(ResultSet row, Optional<Instant> lastArrival)
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
    for (String column : List.of("attention_mm", "warning_mm", "danger_mm", "severe_mm")) {
      thresholdsMm.add(row.getInt(column));
    }
    AlertPolicy policy =
        new AlertPolicy(thresholdsMm, Duration.ofSeconds(row.getInt("clear_delay_s")));
    return new RegisteredSensor(entry, policy, lastArrival, row.getObject("retired_at") != null);
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T outcome = work.run();
      connection.commit();
      return outcome;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }
}
