package io.floodmark.api.notify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what a row of the outbox tells. */
final class NoticeRows {
  /** Above this the low point's depth is known: under it the street holds an unknown amount. */
  private static final int DEPTH_SEEN_MM = 30;

  private NoticeRows() {}

  /** The steps of that row and of those that it sums up, oldest first. */
  static List<Notice> of(Connection connection, long outboxId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT e.id AS event_id, e.alert_id, a.kind AS alert_kind, e.kind AS step, e.from_level, e.to_level,
              o.renewal, e.occurred_at, e.recorded_at, e.depth_mm, coalesce(a.zone || ' (' || member.name || ')', a.zone, a.gateway, s.name) AS alert_where,
              a.zone AS alert_zone, a.sensor_id IS NOT NULL AS of_sensor, s.code, s.name, s.street, s.zone, s.lon, s.lat,
              s.low_point_delta_mm, m.lons, m.lats, coalesce(m.made_up, false) AS made_up
            FROM outbox o
            JOIN alert_event e ON e.id = o.event_id
            JOIN alert a ON a.id = e.alert_id
            LEFT JOIN sensor s ON s.id = a.sensor_id
            LEFT JOIN sensor member ON member.id = e.sensor_id
            LEFT JOIN LATERAL (
              SELECT array_agg(m.lon ORDER BY m.id) AS lons, array_agg(m.lat ORDER BY m.id) AS lats,
                bool_or(m.made_up) AS made_up
              FROM sensor m
              WHERE m.id = a.sensor_id OR (m.retired_at IS NULL AND (m.zone = a.zone OR m.gateway = a.gateway))) m ON true
            WHERE o.id = ? OR o.summary_id = ?
            ORDER BY e.id
            """)) {
      select.setLong(1, outboxId);
      select.setLong(2, outboxId);
      List<Notice> notices = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          notices.add(notice(row));
        }
      }
      return notices;
    }
  }

  private static Notice notice(ResultSet row) throws SQLException {
    int depth = row.getInt("depth_mm");
    OptionalInt depthMm = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(depth);
    OptionalInt lowPointMm =
        depthMm.isPresent() && depth >= DEPTH_SEEN_MM
            ? OptionalInt.of(depth + row.getInt("low_point_delta_mm"))
            : OptionalInt.empty();
    return new Notice(
        row.getLong("event_id"),
        row.getLong("alert_id"),
        row.getString("alert_kind"),
        row.getString("step"),
        row.getInt("from_level"),
        row.getInt("to_level"),
        row.getInt("renewal"),
        instant(row, "occurred_at"),
        instant(row, "recorded_at"),
        row.getString("alert_where"),
        Optional.ofNullable(row.getString("alert_zone")),
        place(row),
        spots(row),
        row.getBoolean("made_up"),
        depthMm,
        lowPointMm);
  }

  private static Optional<Notice.Place> place(ResultSet row) throws SQLException {
    if (!row.getBoolean("of_sensor")) {
      return Optional.empty();
    }
    return Optional.of(
        new Notice.Place(
            row.getString("code"),
            row.getString("name"),
            Optional.ofNullable(row.getString("street")),
            Optional.ofNullable(row.getString("zone")),
            new Notice.Spot(row.getDouble("lon"), row.getDouble("lat"))));
  }

  private static List<Notice.Spot> spots(ResultSet row) throws SQLException {
    List<Notice.Spot> spots = new ArrayList<>();
    if (row.getArray("lons") != null) {
      Double[] lons = (Double[]) row.getArray("lons").getArray();
      Double[] lats = (Double[]) row.getArray("lats").getArray();
      for (int i = 0; i < lons.length; i++) {
        spots.add(new Notice.Spot(lons[i], lats[i]));
      }
    }
    return spots;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
