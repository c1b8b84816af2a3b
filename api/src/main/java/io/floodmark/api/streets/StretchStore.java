package io.floodmark.api.streets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.assets.files.Bounds;
import io.floodmark.api.http.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads and writes stretches. Works in the transaction of its connection, on its thread. */
public final class StretchStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Around the sensors: a ward is smaller, and its neighbours may lend a street. */
  private static final double MARGIN_DEGREES = 0.2;

  private static final String SELECT =
      """
      SELECT t.*, ARRAY(SELECT s.code FROM street_sensor ts JOIN sensor s ON s.id = ts.sensor_id
                        WHERE ts.stretch_id = t.id ORDER BY s.code COLLATE "C") AS sensors
      FROM street_stretch t
      """;

  private final Connection connection;

  /** A store over {@code connection}. */
  public StretchStore(Connection connection) {
    this.connection = connection;
  }

  /** All, by name. */
  List<Stretch> all() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "ORDER BY plain_text(t.name), t.id")) {
      return stretches(select);
    }
  }

  /** The one of that number, if there is one. */
  Optional<Stretch> find(long id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE t.id = ?")) {
      select.setLong(1, id);
      return stretches(select).stream().findFirst();
    }
  }

  /** How many there are, and how many positions they have. */
  Size size() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*), coalesce(sum(positions), 0) FROM street_stretch");
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Size(row.getInt(1), row.getInt(2));
    }
  }

  /** What all stretches come to. */
  record Size(int stretches, int positions) {}

  /** Where stretches are expected: around the sensors; empty before there are any. */
  Optional<Bounds> area() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT min(lon), min(lat), max(lon), max(lat) FROM sensor
                WHERE retired_at IS NULL HAVING count(*) > 0
                """);
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Bounds(
                  Math.max(-180, row.getDouble(1) - MARGIN_DEGREES),
                  Math.max(-90, row.getDouble(2) - MARGIN_DEGREES),
                  Math.min(180, row.getDouble(3) + MARGIN_DEGREES),
                  Math.min(90, row.getDouble(4) + MARGIN_DEGREES)))
          : Optional.empty();
    }
  }

  /** Lets nobody else add stretches until this transaction ends: two could add the same. */
  void lock() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(4669031)")) {
      lock.execute();
    }
  }

  /** Whether there is one of that name and course. */
  boolean isKnown(StretchDraft draft) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM street_stretch WHERE name = ? AND lines = ?::jsonb")) {
      select.setString(1, draft.name());
      select.setString(2, text(draft.lines()));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Adds one; gives back its number. */
  public int add(
      String name,
      StretchLines lines,
      Optional<List<String>> sensors,
      boolean madeUp,
      String by,
      Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO street_stretch (name, lines, positions, made_up, created_by, created_at)
            VALUES (?, ?::jsonb, ?, ?, ?, ?)
            RETURNING id
            """)) {
      insert.setString(1, name);
      insert.setString(2, text(lines));
      insert.setInt(3, lines.positions());
      insert.setBoolean(4, madeUp);
      insert.setString(5, by);
      insert.setObject(6, at.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        int id = row.getInt(1);
        if (sensors.isPresent()) {
          setSensors(id, sensors.get(), by, at);
        }
        return id;
      }
    }
  }

  /**
   * Renames one and says which sensors speak for it; false if it has changed since that version.
   */
  boolean change(long id, int version, String name, List<String> sensors, String by, Instant at)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE street_stretch SET name = ?, version = version + 1 WHERE id = ? AND version = ?
            """)) {
      update.setString(1, name);
      update.setLong(2, id);
      update.setInt(3, version);
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    setSensors(id, sensors, by, at);
    return true;
  }

  private void setSensors(long id, List<String> codes, String by, Instant at) throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE street_stretch SET sensors_set_by = ?, sensors_set_at = ? WHERE id = ?");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM street_sensor WHERE stretch_id = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO street_sensor (stretch_id, sensor_id)
                SELECT ?, id FROM sensor WHERE code = ANY (?)
                """)) {
      update.setString(1, by);
      update.setObject(2, at.atOffset(ZoneOffset.UTC));
      update.setLong(3, id);
      update.executeUpdate();
      delete.setLong(1, id);
      delete.executeUpdate();
      insert.setLong(1, id);
      insert.setArray(2, connection.createArrayOf("text", codes.toArray()));
      insert.executeUpdate();
    }
  }

  /** Takes one away; false if there is none. */
  boolean remove(long id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM street_stretch WHERE id = ?")) {
      delete.setLong(1, id);
      return delete.executeUpdate() > 0;
    }
  }

  private static List<Stretch> stretches(PreparedStatement select) throws SQLException {
    List<Stretch> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Array sensors = row.getArray("sensors");
        OffsetDateTime setAt = row.getObject("sensors_set_at", OffsetDateTime.class);
        found.add(
            new Stretch(
                row.getInt("id"),
                row.getString("name"),
                StretchLines.stored(parsed(row.getString("lines"))),
                row.getBoolean("made_up"),
                row.getInt("version"),
                Arrays.asList((String[]) sensors.getArray()),
                setAt == null
                    ? Optional.empty()
                    : Optional.of(
                        new Stretch.Decided(row.getString("sensors_set_by"), setAt.toInstant()))));
      }
    }
    return found;
  }

  static String text(StretchLines lines) {
    return new String(Json.bytes(lines::write), StandardCharsets.UTF_8);
  }

  static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL writes JSON that can be read.", e);
    }
  }
}
