package io.floodmark.api.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Language;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Channels in the database. Used by one thread, in the caller's transaction. */
public final class ChannelStore {
  /** What {@link #read} needs, of a channel called {@code c}. */
  static final String COLUMNS =
      """
      c.id AS channel_id, c.kind AS channel_kind, c.name AS channel_name, c.settings::text, c.secret,
      c.enabled, c.min_level, c.kinds, c.zones, c.quiet_from, c.quiet_to, c.quiet_all, c.language,
      c.max_per_hour, c.version
      """;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final Connection connection;

  /** A store over {@code connection}. */
  public ChannelStore(Connection connection) {
    this.connection = connection;
  }

  /** All channels that were not removed, oldest first. */
  public List<ChannelSetup> all() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + "FROM channel c WHERE c.removed_at IS NULL ORDER BY c.id")) {
      List<ChannelSetup> setups = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          setups.add(read(row));
        }
      }
      return setups;
    }
  }

  /** One that was not removed. */
  public Optional<ChannelSetup> find(long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + "FROM channel c WHERE c.removed_at IS NULL AND c.id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** Adds one; its id and version are given by the database. */
  public int add(ChannelSetup setup, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO channel (name, settings, secret, enabled, min_level, kinds, zones, quiet_from,
              quiet_to, quiet_all, language, max_per_hour, changed_at, kind, created_at)
            VALUES (?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """)) {
      set(insert, setup, now);
      insert.setString(14, setup.kind().code());
      insert.setObject(15, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /**
   * Changes one. What still waits on a channel that is switched off will not be sent: a warning
   * that comes when somebody switches it on again would be false.
   *
   * @return whether it was still the version that {@code setup} names
   */
  public boolean change(ChannelSetup setup, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE channel SET name = ?, settings = ?::jsonb, secret = ?, enabled = ?, min_level = ?, kinds = ?,
              zones = ?, quiet_from = ?, quiet_to = ?, quiet_all = ?, language = ?, max_per_hour = ?, changed_at = ?,
              version = version + 1
            WHERE id = ? AND version = ? AND removed_at IS NULL
            """)) {
      set(update, setup, now);
      update.setInt(14, setup.id());
      update.setInt(15, setup.version());
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    if (!setup.enabled()) {
      dropWaiting(setup.id(), now);
    }
    return true;
  }

  /** Takes one out of use for good; its log stays. */
  public boolean remove(long id, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE channel SET enabled = false, secret = '', removed_at = ?, changed_at = ?, version = version + 1
            WHERE id = ? AND removed_at IS NULL
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setObject(2, now.atOffset(ZoneOffset.UTC));
      update.setLong(3, id);
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    dropWaiting(id, now);
    return true;
  }

  private void dropWaiting(long id, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox SET state = 'skipped', reason = 'disabled', settled_at = ?
            WHERE channel_id = ? AND state = 'waiting' AND leased_until IS NULL
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  private void set(PreparedStatement statement, ChannelSetup setup, Instant now)
      throws SQLException {
    statement.setString(1, setup.name());
    statement.setString(2, json(setup.settings()));
    statement.setString(3, setup.secret());
    statement.setBoolean(4, setup.enabled());
    statement.setInt(5, setup.minLevel());
    statement.setArray(6, connection.createArrayOf("text", setup.kinds().toArray()));
    statement.setArray(7, connection.createArrayOf("text", setup.zones().toArray()));
    statement.setObject(8, setup.quiet().map(QuietHours::from).orElse(null));
    statement.setObject(9, setup.quiet().map(QuietHours::to).orElse(null));
    statement.setBoolean(10, setup.quiet().map(QuietHours::evenDanger).orElse(false));
    statement.setString(11, setup.language().code());
    if (setup.maxPerHour().isPresent()) {
      statement.setInt(12, setup.maxPerHour().getAsInt());
    } else {
      statement.setNull(12, Types.INTEGER);
    }
    statement.setObject(13, now.atOffset(ZoneOffset.UTC));
  }

  private static String json(Map<String, String> settings) {
    try {
      return MAPPER.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can always be written as JSON.", e);
    }
  }

  /** The channel of a row with {@link #COLUMNS}. */
  static ChannelSetup read(ResultSet row) throws SQLException {
    int maxPerHour = row.getInt("max_per_hour");
    OptionalInt limit = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(maxPerHour);
    LocalTime quietFrom = row.getObject("quiet_from", LocalTime.class);
    LocalTime quietTo = row.getObject("quiet_to", LocalTime.class);
    return new ChannelSetup(
        row.getInt("channel_id"),
        ChannelKind.find(row.getString("channel_kind")).orElseThrow(),
        row.getString("channel_name"),
        settings(row.getString("settings")),
        row.getString("secret"),
        row.getBoolean("enabled"),
        row.getInt("min_level"),
        List.of((String[]) row.getArray("kinds").getArray()),
        List.of((String[]) row.getArray("zones").getArray()),
        quietFrom == null
            ? Optional.empty()
            : Optional.of(new QuietHours(quietFrom, quietTo, row.getBoolean("quiet_all"))),
        Language.find(row.getString("language")).orElseThrow(),
        limit,
        row.getInt("version"));
  }

  private static Map<String, String> settings(String json) throws SQLException {
    try {
      return MAPPER.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new SQLException("The settings of a channel are no texts by key.", e);
    }
  }
}
