package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.live.DoorbellListener;
import io.floodmark.sensor.SensorCode;
import io.floodmark.staff.Right;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Keeps the directories and the retained messages as the tables have them. Confined to the thread
 * of the doorbell, on which it reads the database; while that is away, they stay as they were.
 */
final class DoorbellFeed implements DoorbellListener.Listener {
  private static final String SENSORS =
      """
      SELECT id, code, token_sha256
      FROM sensor
      WHERE retired_at IS NULL
      """;

  private static final String READERS =
      """
      SELECT t.id, t.name, t.token_sha256, t.expires_at
      FROM api_token t
      LEFT JOIN staff s ON s.id = t.created_by
      WHERE t.revoked_at IS NULL AND s.disabled_at IS NULL AND ? = ANY (t.rights)
      """;

  private static final String TOPICS =
      """
      SELECT s.code, s.retired_at IS NOT NULL AS retired, ss.status,
             st.observed_at, st.depth_mm, st.low_point_depth_mm, st.level, st.trend_mm_per_min, st.qc,
             a.id AS alert_id, a.kind AS alert_kind, a.level AS alert_level, a.state AS alert_state,
             a.since AS alert_since
      FROM sensor s
      LEFT JOIN sensor_status ss ON ss.sensor_id = s.id
      LEFT JOIN sensor_state st ON st.sensor_id = s.id
      LEFT JOIN LATERAL (
        -- What stands comes before what is over, and water before all else.
        (SELECT 0 AS place, * FROM alert WHERE sensor_id = s.id AND state = 'active'
         ORDER BY kind = 'flood' DESC, level DESC, id DESC LIMIT 1)
        UNION ALL
        (SELECT 1 AS place, * FROM alert WHERE sensor_id = s.id ORDER BY id DESC LIMIT 1)
        ORDER BY place
        LIMIT 1
      ) a ON true
      WHERE true
      """;

  private static final String AMONG = "AND id = ANY (?)";
  private static final String TOPICS_AMONG = "AND s.id = ANY (?)";

  /** How old a retained level may become while nobody is subscribed to anything. */
  private static final Duration UNSUBSCRIBED = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final SensorDirectory directory;
  private final ReaderDirectory readers;
  private final Accounts accounts;
  private final Broker broker;

  DoorbellFeed(
      DataSource dataSource,
      SensorDirectory directory,
      ReaderDirectory readers,
      Accounts accounts,
      Broker broker) {
    this.dataSource = dataSource;
    this.directory = directory;
    this.readers = readers;
    this.accounts = accounts;
    this.broker = broker;
  }

  @Override
  public void connected() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      readers.replaceAll(readers(connection));
      directory.replaceAll(sensors(connection, Optional.empty()));
      // Those that went while we were not there, or not told, nobody was told of.
      broker.keepAccounts(accounts);
      Map<String, byte[]> all = new HashMap<>();
      for (Messages of : messages(connection, Optional.empty())) {
        all.putAll(of.byTopic());
      }
      broker.replaceStates(all);
    }
  }

  /** Whoever subscribes is sent what was read last, and a moment later what has changed since. */
  @Override
  public Duration betweenReadings() {
    return broker.figures().subscriptions() > 0
        ? DoorbellListener.Listener.super.betweenReadings()
        : UNSUBSCRIBED;
  }

  @Override
  public void readingsChanged(Set<Integer> sensorIds) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      publish(connection, sensorIds);
    }
  }

  @Override
  public void sensorsChanged(Set<Integer> sensorIds) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      directory.update(sensorIds, sensors(connection, Optional.of(sensorIds)));
      publish(connection, sensorIds);
    }
  }

  @Override
  public void tokensChanged() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      readers.replaceAll(readers(connection));
    }
  }

  @Override
  public void disconnected() {
    // Sensors and readers that are known go on as before.
  }

  private void publish(Connection connection, Set<Integer> sensorIds) throws SQLException {
    for (Messages of : messages(connection, Optional.of(sensorIds))) {
      for (String topic :
          List.of(Topics.status(of.code()), Topics.level(of.code()), Topics.alert(of.code()))) {
        if (!of.byTopic().containsKey(topic)) {
          broker.clearState(topic);
        }
      }
      of.byTopic().forEach(broker::publishState);
    }
  }

  private static List<SensorDirectory.Entry> sensors(
      Connection connection, Optional<Set<Integer>> ids) throws SQLException {
    List<SensorDirectory.Entry> entries = new ArrayList<>();
    try (PreparedStatement select = prepare(connection, SENSORS, AMONG, ids);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new SensorDirectory.Entry(
                rows.getInt("id"),
                new SensorCode(rows.getString("code")),
                TokenHash.ofSha256(rows.getBytes("token_sha256"))));
      }
    }
    return entries;
  }

  private static List<ReaderDirectory.Entry> readers(Connection connection) throws SQLException {
    List<ReaderDirectory.Entry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(READERS)) {
      select.setString(1, Right.SUBSCRIBE.key());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(
              new ReaderDirectory.Entry(
                  rows.getInt("id"),
                  rows.getString("name"),
                  TokenHash.ofSha256(rows.getBytes("token_sha256")),
                  instant(rows, "expires_at")));
        }
      }
    }
    return entries;
  }

  /** What is retained of one sensor. */
  private record Messages(SensorCode code, Map<String, byte[]> byTopic) {}

  private static List<Messages> messages(Connection connection, Optional<Set<Integer>> ids)
      throws SQLException {
    List<Messages> messages = new ArrayList<>();
    try (PreparedStatement select = prepare(connection, TOPICS, TOPICS_AMONG, ids);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        SensorCode code = new SensorCode(rows.getString("code"));
        Map<String, byte[]> byTopic = new HashMap<>();
        if (!rows.getBoolean("retired")) {
          Optional.ofNullable(rows.getString("status"))
              .ifPresent(
                  status ->
                      byTopic.put(Topics.status(code), status.getBytes(StandardCharsets.US_ASCII)));
          level(code, rows).ifPresent(level -> byTopic.put(Topics.level(code), level.toJson()));
          alert(rows).ifPresent(alert -> byTopic.put(Topics.alert(code), alert.toJson()));
        }
        messages.add(new Messages(code, byTopic));
      }
    }
    return messages;
  }

  private static Optional<ReaderMessages.Level> level(SensorCode code, ResultSet row)
      throws SQLException {
    Optional<Instant> observedAt = instant(row, "observed_at");
    if (observedAt.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReaderMessages.Level(
            code,
            observedAt.get(),
            integer(row, "depth_mm"),
            integer(row, "low_point_depth_mm"),
            integer(row, "level"),
            real(row, "trend_mm_per_min"),
            integer(row, "qc")));
  }

  private static Optional<ReaderMessages.Alert> alert(ResultSet row) throws SQLException {
    Optional<Instant> since = instant(row, "alert_since");
    if (since.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReaderMessages.Alert(
            row.getLong("alert_id"),
            row.getString("alert_kind"),
            row.getInt("alert_level"),
            row.getString("alert_state"),
            since.get()));
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, String among, Optional<Set<Integer>> ids)
      throws SQLException {
    if (ids.isEmpty()) {
      return connection.prepareStatement(sql);
    }
    PreparedStatement select = connection.prepareStatement(sql + among);
    Array array = connection.createArrayOf("integer", ids.get().toArray());
    select.setArray(1, array);
    return select;
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalDouble real(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
