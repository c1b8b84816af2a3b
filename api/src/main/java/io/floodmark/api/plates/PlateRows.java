package io.floodmark.api.plates;

import io.floodmark.api.records.AssetAtHand;
import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Rows of {@code plate} and {@code plate_event} as values. */
final class PlateRows {
  /** By street and number, as somebody walks; for an {@code asset a}. */
  static final String WALKING_ORDER =
      """
      coalesce(a.street, a.place, ''), lpad(coalesce(a.number, ''), 12), coalesce(a.ref, '')\
      """;

  /** What {@link #plate} reads of a {@code plate p}. */
  static final String COLUMNS =
      """
      p.code, p.state, p.asset_id, a.group_id,
      CASE WHEN a.id IS NULL THEN '' ELSE
      """
          + AssetAtHand.LABEL_SQL
          + """
           END AS asset_label, coalesce(k.name_vi, '') AS kind_name,
      p.batch_id, p.made_at, p.mounted_at, p.checked_at, p.replaced_by
      """;

  static final String FROM =
      """
      FROM plate p
      LEFT JOIN asset a ON a.id = p.asset_id
      LEFT JOIN asset_kind k ON k.code = a.kind
      """;

  private PlateRows() {}

  static Optional<Plate> find(Connection connection, PlateCode code) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + COLUMNS + FROM + "WHERE p.code = ?")) {
      query.setString(1, code.value());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(plate(row)) : Optional.empty();
      }
    }
  }

  static Plate plate(ResultSet row) throws SQLException {
    int group = row.getInt("group_id");
    OptionalInt groupId = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(group);
    return new Plate(
        new PlateCode(row.getString("code")),
        PlateState.find(row.getString("state")).orElseThrow(),
        whole(row, "asset_id"),
        groupId,
        row.getString("asset_label"),
        row.getString("kind_name"),
        whole(row, "batch_id"),
        time(row, "made_at").orElseThrow(),
        time(row, "mounted_at"),
        time(row, "checked_at"),
        Optional.ofNullable(row.getString("replaced_by")).map(PlateCode::new));
  }

  /** The history, newest first. */
  static List<PlateEvent> events(Connection connection, PlateCode code) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT e.kind, e.at, e.actor, e.lon, e.lat, e.distance_m, f.key AS photo_key,
              coalesce(e.note, '') AS note
            FROM plate_event e LEFT JOIN photo f ON f.id = e.photo_id
            WHERE e.code = ?
            ORDER BY e.id DESC
            """)) {
      query.setString(1, code.value());
      List<PlateEvent> events = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          double lat = row.getDouble("lat");
          boolean placed = !row.wasNull();
          String position =
              placed ? String.format(Locale.ROOT, "%.5f, %.5f", lat, row.getDouble("lon")) : "";
          double metres = row.getDouble("distance_m");
          OptionalDouble distance =
              row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(metres);
          events.add(
              new PlateEvent(
                  row.getString("kind"),
                  time(row, "at").orElseThrow(),
                  row.getString("actor"),
                  position,
                  distance,
                  Optional.ofNullable(row.getString("photo_key")),
                  row.getString("note")));
        }
      }
      return events;
    }
  }

  static OptionalLong whole(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
