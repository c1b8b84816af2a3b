package io.floodmark.api.tagpage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Language;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all that a plate's page shows: in one statement, unless the nearest sensor is silent. */
final class TagRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Farther away, a sensor says nothing of the water at one's feet. */
  static final int SENSOR_WITHIN_M = 1_500;

  /**
   * The public fields are picked out in the database, so that no other value ever comes here, nor
   * what somebody wrote as a house's name or place, which may be those of people. A merged thing
   * leads to the one that it was found to be, whose care is that of all of them. 111,195 metres are
   * a degree of latitude; over 1.5 km the earth is flat.
   */
  private static final String SELECT =
      """
      WITH RECURSIVE chain AS (
        SELECT t.id, t.merged_into FROM plate p JOIN asset t ON t.id = p.asset_id WHERE p.code = ?
        UNION
        SELECT t.id, t.merged_into FROM chain c JOIN asset t ON t.id = c.merged_into
      ), thing AS MATERIALIZED (
        SELECT t.* FROM chain c JOIN asset t ON t.id = c.id WHERE c.merged_into IS NULL LIMIT 1
      ), family (id) AS (
        SELECT id FROM thing
        UNION
        SELECT m.id FROM family f JOIN asset m ON m.merged_into = f.id
      ), care AS (
        SELECT c.kind, c.done_on, c.id
        FROM family f
        JOIN care_record c ON c.asset_id = f.id
        WHERE NOT EXISTS (SELECT 1 FROM care_record later
                          WHERE later.asset_id = c.asset_id AND later.corrects_id = c.id)
      )
      SELECT p.state AS plate_state,
             t.id AS thing_id, t.kind AS thing_kind, k.name_vi, k.name_en, t.state AS thing_state,
             t.made_up AS thing_made_up, t.ref, t.number, t.street AS thing_street,
             CASE WHEN t.kind <> 'house' THEN t.name END AS thing_name,
             CASE WHEN t.kind <> 'house' THEN t.place END AS place,
             g.name AS group_name,
             t.lon AS thing_lon, t.lat AS thing_lat,
             (SELECT jsonb_agg(f.field || jsonb_build_object('value', t.details -> (f.field ->> 'key'))
                               ORDER BY f.nr)
              FROM jsonb_array_elements(k.fields) WITH ORDINALITY AS f (field, nr)
              WHERE f.field -> 'public' = 'true'::jsonb
                AND f.field -> 'retired' IS DISTINCT FROM 'true'::jsonb
                AND t.details ->> (f.field ->> 'key') <> '') AS fields,
             (SELECT max(c.done_on) FROM care c WHERE c.kind = 'inspection') AS inspected_on,
             last_care.kind AS care_kind, last_care.done_on AS care_on,
             near.distance_m,
             %s
      FROM (SELECT 1) one
      LEFT JOIN plate p ON p.code = ?
      LEFT JOIN thing t ON true
      LEFT JOIN asset_kind k ON k.code = t.kind
      LEFT JOIN residential_group g ON g.id = t.group_id
      LEFT JOIN LATERAL (
        SELECT c.kind, c.done_on FROM care c WHERE c.kind <> 'inspection'
        ORDER BY c.done_on DESC, c.id DESC LIMIT 1
      ) last_care ON true
      LEFT JOIN LATERAL (
        SELECT d.id, d.distance_m
        FROM (SELECT n.id, 111195 * sqrt((n.lat - t.lat) ^ 2
                                         + ((n.lon - t.lon) * cos(radians(t.lat))) ^ 2) AS distance_m
              FROM sensor n
              WHERE n.retired_at IS NULL AND n.kind <> 'rain') d
        WHERE d.distance_m <= ?
        ORDER BY d.distance_m LIMIT 1
      ) near ON true
      LEFT JOIN sensor s ON s.id = near.id
      """
              .formatted(SensorRows.COLUMNS)
          + SensorRows.JOINS;

  /** Of so many the first that knows its water is offered; who sees none of them is at sea. */
  private static final int OTHERS_MAX = 8;

  private static final String OTHERS =
      """
      SELECT d.distance_m,
             %s
      FROM (SELECT n.id, 111195 * sqrt((n.lat - ?) ^ 2
                                       + ((n.lon - ?) * cos(radians(?::float8))) ^ 2) AS distance_m
            FROM sensor n
            WHERE n.retired_at IS NULL AND n.kind <> 'rain') d
      JOIN sensor s ON s.id = d.id
      """
              .formatted(SensorRows.COLUMNS)
          + SensorRows.JOINS
          + "WHERE d.distance_m <= ? ORDER BY d.distance_m LIMIT "
          + OTHERS_MAX;

  private TagRows() {}

  /**
   * What a code leads to; empty for an unknown one.
   *
   * @param now by which a sensor is silent or not
   */
  static Optional<Tag> find(Connection connection, PlateCode code, Instant now)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, code.value());
      select.setString(2, code.value());
      select.setInt(3, SENSOR_WITHIN_M);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        String state = row.getString("plate_state");
        return state == null
            ? Optional.empty()
            : Optional.of(
                new Tag(
                    PlateState.find(state).orElseThrow(),
                    row.getString("thing_kind") == null
                        ? Optional.empty()
                        : Optional.of(thing(connection, row, now))));
      }
    }
  }

  private static TaggedThing thing(Connection connection, ResultSet row, Instant now)
      throws SQLException {
    Optional<TaggedThing.NearSensor> nearest = sensor(row);
    boolean unknown = nearest.isPresent() && !knowsWater(nearest.get(), now);
    return new TaggedThing(
        row.getString("thing_kind"),
        Map.of(Language.VI, row.getString("name_vi"), Language.EN, row.getString("name_en")),
        row.getString("thing_state"),
        row.getBoolean("thing_made_up"),
        text(row, "ref"),
        text(row, "thing_name"),
        text(row, "number"),
        text(row, "thing_street"),
        text(row, "place"),
        text(row, "group_name"),
        fields(row.getString("fields")),
        day(row, "inspected_on"),
        care(row),
        nearest,
        unknown
            ? other(connection, row.getDouble("thing_lon"), row.getDouble("thing_lat"), now)
            : Optional.empty());
  }

  /** The nearest sensor that knows its water; asked for only where the nearest of all does not. */
  private static Optional<TaggedThing.NearSensor> other(
      Connection connection, double lon, double lat, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
      select.setDouble(1, lat);
      select.setDouble(2, lon);
      select.setDouble(3, lat);
      select.setInt(4, SENSOR_WITHIN_M);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Optional<TaggedThing.NearSensor> near = sensor(row);
          if (near.isPresent() && knowsWater(near.get(), now)) {
            return near;
          }
        }
        return Optional.empty();
      }
    }
  }

  private static boolean knowsWater(TaggedThing.NearSensor near, Instant now) {
    return near.view().levelIn(near.view().stateAt(now)).isPresent();
  }

  private static Optional<TaggedThing.NearSensor> sensor(ResultSet row) throws SQLException {
    double distanceM = row.getDouble("distance_m");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new TaggedThing.NearSensor(SensorRows.view(row), distanceM));
  }

  private static Optional<TaggedThing.Care> care(ResultSet row) throws SQLException {
    Optional<LocalDate> on = day(row, "care_on");
    return on.isEmpty()
        ? Optional.empty()
        : Optional.of(new TaggedThing.Care(row.getString("care_kind"), on.get()));
  }

  private static List<TaggedThing.Field> fields(String json) {
    List<TaggedThing.Field> fields = new ArrayList<>();
    for (JsonNode field : parsed(json == null ? "[]" : json)) {
      String value = field.path("value").asText();
      Map<Language, String> option = Map.of();
      for (JsonNode choice : field.path("options")) {
        if (choice.path("value").asText().equals(value)) {
          option = names(choice);
        }
      }
      fields.add(
          new TaggedThing.Field(
              field.path("key").asText(),
              field.path("type").asText(),
              field.path("unit").asText(),
              names(field),
              value,
              option));
    }
    return fields;
  }

  private static Map<Language, String> names(JsonNode node) {
    String vi = node.path("vi").asText();
    return Map.of(Language.VI, vi, Language.EN, node.path("en").asText(vi));
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL writes JSON that can be read.", e);
    }
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).filter(text -> !text.isBlank());
  }

  private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, LocalDate.class));
  }
}
