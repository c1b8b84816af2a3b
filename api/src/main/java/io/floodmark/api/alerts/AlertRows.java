package io.floodmark.api.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads alerts and what happened to them. */
public final class AlertRows {
  private static final String ALERT_COLUMNS =
      """
      a.id AS alert_id, s.id AS sensor_id, s.code, s.name, a.kind AS alert_kind, a.state, a.level,
      a.peak_level, a.since, a.changed_at, a.cleared_at, a.zone, a.gateway, a.parent_id,
      a.acknowledged_at, a.acknowledged_by, a.shelved_until, a.shelved_level, a.shelved_by,
      a.shelf_reason, a.suppressed, a.assigned_name, a.closed_at, a.closed_by, a.closing_remark
      """;

  // An alert of several sensors is shown with the one that last moved it.
  private static final String FROM =
      """
      FROM alert a
      JOIN sensor s ON s.id = coalesce(a.sensor_id,
        (SELECT e.sensor_id FROM alert_event e WHERE e.alert_id = a.id ORDER BY e.id DESC LIMIT 1))
      """;

  private static final String ALERTS = "SELECT " + ALERT_COLUMNS + FROM;

  private AlertRows() {}

  /**
   * A page of alerts, newest first.
   *
   * @param after the page begins after this alert; empty for the first page
   */
  static List<AlertView> page(
      Connection connection,
      AlertFilter filter,
      Optional<AlertCursor> after,
      int limit,
      Instant now)
      throws SQLException {
    String sql = ALERTS + "WHERE a.id < ? AND " + filter.where() + "\nORDER BY a.id DESC\nLIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after.map(AlertCursor::afterId).orElse(Long.MAX_VALUE));
      select.setInt(filter.bind(connection, select, 2, now), limit);
      return alerts(select);
    }
  }

  /** The most urgent ones: what nobody has seen first, then what goes on, then by level. */
  static List<AlertView> byUrgency(
      Connection connection, AlertFilter filter, int limit, Instant now) throws SQLException {
    String sql =
        ALERTS
            + "WHERE "
            + filter.where()
            + """

            ORDER BY a.acknowledged_at IS NULL DESC, a.state = 'active' DESC, a.level DESC,
              a.kind = 'flood' DESC, a.id DESC
            LIMIT ?
            """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(filter.bind(connection, select, 1, now), limit);
      return alerts(select);
    }
  }

  /** How many there are. */
  static int count(Connection connection, AlertFilter filter, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*)\n" + FROM + "WHERE " + filter.where())) {
      filter.bind(connection, select, 1, now);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** The one of this id. */
  static Optional<AlertView> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALERTS + "WHERE a.id = ?")) {
      select.setLong(1, id);
      return alerts(select).stream().findFirst();
    }
  }

  /** Those that stand under that one, or stood there when they ended. */
  static List<AlertView> under(Connection connection, long id, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            ALERTS + "WHERE a.parent_id = ?\nORDER BY a.state, a.level DESC, a.id DESC\nLIMIT ?")) {
      select.setLong(1, id);
      select.setInt(2, limit);
      return alerts(select);
    }
  }

  /** All open alerts, newest first. */
  public static List<AlertView> open(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ALERTS + "WHERE a.state = 'active'\nORDER BY a.id DESC")) {
      return alerts(select);
    }
  }

  /** The open alerts of these sensors, and those of several that one of these last moved. */
  public static List<AlertView> openOf(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            ALERTS + "WHERE a.state = 'active' AND s.id = ANY (?)\nORDER BY a.id DESC")) {
      select.setArray(1, connection.createArrayOf("int4", sensorIds.toArray()));
      return alerts(select);
    }
  }

  /** The last {@code limit} transitions, oldest first. */
  public static List<AlertEventView> lastEvents(Connection connection, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(events("") + "ORDER BY e.id DESC\nLIMIT ?")) {
      select.setInt(1, limit);
      List<AlertEventView> events = events(select);
      Collections.reverse(events);
      return events;
    }
  }

  /** The transitions of these sensors with an id greater than {@code afterId}, oldest first. */
  public static List<AlertEventView> eventsOf(
      Connection connection, Collection<Integer> sensorIds, long afterId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            events("WHERE e.id > ? AND e.sensor_id = ANY (?)\n") + "ORDER BY e.id")) {
      select.setLong(1, afterId);
      select.setArray(2, connection.createArrayOf("int4", sensorIds.toArray()));
      return events(select);
    }
  }

  private static String events(String where) {
    return "SELECT e.id AS event_id, e.kind AS event_kind, e.from_level, e.to_level, e.occurred_at,\n"
        + ALERT_COLUMNS
        + """
        FROM alert_event e
        JOIN alert a ON a.id = e.alert_id
        JOIN sensor s ON s.id = e.sensor_id
        """
        + where;
  }

  private static List<AlertView> alerts(PreparedStatement select) throws SQLException {
    List<AlertView> alerts = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        alerts.add(alert(row));
      }
    }
    return alerts;
  }

  private static List<AlertEventView> events(PreparedStatement select) throws SQLException {
    List<AlertEventView> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(
            new AlertEventView(
                row.getLong("event_id"),
                row.getString("event_kind"),
                row.getInt("from_level"),
                row.getInt("to_level"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                alert(row)));
      }
    }
    return events;
  }

  private static AlertView alert(ResultSet row) throws SQLException {
    return new AlertView(
        row.getLong("alert_id"),
        row.getInt("sensor_id"),
        row.getString("code"),
        row.getString("name"),
        row.getString("alert_kind"),
        row.getString("state"),
        row.getInt("level"),
        row.getInt("peak_level"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        time(row, "cleared_at"),
        new AlertHandling(
            text(row, "zone"),
            text(row, "gateway"),
            row.getObject("parent_id") == null
                ? Optional.empty()
                : Optional.of(row.getLong("parent_id")),
            time(row, "acknowledged_at"),
            text(row, "acknowledged_by"),
            time(row, "shelved_until"),
            row.getObject("shelved_level") == null
                ? OptionalInt.empty()
                : OptionalInt.of(row.getInt("shelved_level")),
            text(row, "shelved_by"),
            text(row, "shelf_reason"),
            text(row, "suppressed"),
            text(row, "assigned_name"),
            time(row, "closed_at"),
            text(row, "closed_by"),
            text(row, "closing_remark")));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
