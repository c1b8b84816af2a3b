package io.floodmark.api.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads alerts and what happened to them. */
public final class AlertRows {
  private static final String ALERT_COLUMNS =
      """
      a.id AS alert_id, a.sensor_id, s.code, s.name, a.kind AS alert_kind, a.state, a.level,
      a.peak_level, a.since, a.changed_at, a.cleared_at
      """;

  private AlertRows() {}

  /**
   * A page of alerts, newest first.
   *
   * @param openOnly whether cleared ones are left out
   * @param after the page begins after this alert; empty for the first page
   */
  static List<AlertView> page(
      Connection connection, boolean openOnly, Optional<AlertCursor> after, int limit)
      throws SQLException {
    String sql =
        "SELECT "
            + ALERT_COLUMNS
            + """
            FROM alert a
            JOIN sensor s ON s.id = a.sensor_id
            WHERE a.id < ?
            """
            + (openOnly ? "AND a.state = 'active'\n" : "")
            + """
            ORDER BY a.id DESC
            LIMIT ?
            """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after.map(AlertCursor::afterId).orElse(Long.MAX_VALUE));
      select.setInt(2, limit);
      return alerts(select);
    }
  }

  /** All open alerts, newest first. */
  public static List<AlertView> open(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + ALERT_COLUMNS
                + """
                FROM alert a
                JOIN sensor s ON s.id = a.sensor_id
                WHERE a.state = 'active'
                ORDER BY a.id DESC
                """)) {
      return alerts(select);
    }
  }

  /** The open alerts of these sensors. */
  public static List<AlertView> openOf(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + ALERT_COLUMNS
                + """
                FROM alert a
                JOIN sensor s ON s.id = a.sensor_id
                WHERE a.state = 'active' AND a.sensor_id = ANY (?)
                ORDER BY a.id DESC
                """)) {
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
        JOIN sensor s ON s.id = a.sensor_id
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
        Optional.ofNullable(row.getObject("cleared_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
