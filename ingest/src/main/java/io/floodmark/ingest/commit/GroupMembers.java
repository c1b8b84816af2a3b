package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts alerts of single sensors under the alert of their zone or gateway, and takes them out again:
 * then they are told for themselves. To be called under the lock of the history, once {@link
 * AlertGroups} has made zones and gateways say what their members say.
 */
final class GroupMembers {
  private static final String UNDER_ZONE =
      """
      UPDATE alert a SET parent_id = z.id
      FROM sensor s
      JOIN alert z ON z.zone = s.zone AND z.state = 'active'
      WHERE a.sensor_id = s.id AND a.kind = 'flood' AND a.state = 'active'
        AND a.suppressed IS NULL AND a.parent_id IS DISTINCT FROM z.id AND s.retired_at IS NULL
      """;

  private static final String FROM_UNDER_ZONE =
      """
      UPDATE alert a SET parent_id = NULL
      FROM alert z, sensor s
      WHERE z.id = a.parent_id AND s.id = a.sensor_id AND z.zone IS NOT NULL
        AND a.state = 'active'
        AND (z.state = 'cleared' OR a.suppressed IS NOT NULL OR s.zone IS DISTINCT FROM z.zone)
      RETURNING a.id, a.sensor_id, a.level, a.suppressed
      """;

  private static final String REMIND = "UPDATE alert SET remind_at = ? WHERE id = ?";

  private static final String UNDER_GATEWAY =
      """
      UPDATE alert a SET parent_id = z.id, suppressed = 'gateway'
      FROM sensor s
      JOIN alert z ON z.gateway = s.gateway AND z.state = 'active'
      WHERE a.sensor_id = s.id AND a.kind = 'silent' AND a.state = 'active'
        AND a.suppressed IS NULL
      RETURNING a.id, a.sensor_id, a.level
      """;

  // The gateway has gone again before they spoke.
  private static final String STAY_UNDER_GATEWAY =
      """
      UPDATE alert a SET parent_id = z.id
      FROM sensor s
      JOIN alert z ON z.gateway = s.gateway AND z.state = 'active'
      WHERE a.sensor_id = s.id AND a.kind = 'silent' AND a.state = 'active'
        AND a.suppressed = 'gateway' AND a.parent_id <> z.id
      """;

  // Whoever still says nothing once a gateway is back has as long as anybody to speak: else each of
  // them would be told in the second in which the first one spoke.
  private static final String TIME_TO_SPEAK_IS_UP =
      """
      FROM alert z, sensor s
      WHERE z.id = a.parent_id AND s.id = a.sensor_id AND z.gateway IS NOT NULL
        AND a.state = 'active' AND a.suppressed = 'gateway'
        AND (s.gateway IS DISTINCT FROM z.gateway OR (z.state = 'cleared'
          AND z.cleared_at
            <= ?::timestamptz - make_interval(secs => greatest(3 * s.report_interval_s, 300))))
      """;

  // It comes up as if it were new: nobody has been told of it.
  private static final String FROM_UNDER_GATEWAY =
      """
      UPDATE alert a SET parent_id = NULL, suppressed = NULL,
        remind_at = ?::timestamptz + make_interval(secs => ?)
      """
          + TIME_TO_SPEAK_IS_UP
          + """
      RETURNING a.id, a.sensor_id, a.level
      """;

  private GroupMembers() {}

  /** Floods under their zones' alerts; what is to be recorded of it comes back. */
  static List<AlertEvent> ofZones(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement under = connection.prepareStatement(UNDER_ZONE)) {
      under.executeUpdate();
    }
    return fromUnderZone(connection, now);
  }

  /** Silence under that of the gateways, likewise. */
  static List<AlertEvent> underGateways(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement stay = connection.prepareStatement(STAY_UNDER_GATEWAY);
        PreparedStatement under = connection.prepareStatement(UNDER_GATEWAY)) {
      stay.executeUpdate();
      return events(under, "suppressed", now);
    }
  }

  /** Lets go whose silence outlives their gateway's; a matter of time alone. */
  static List<AlertEvent> fromUnderGateways(Connection connection, Instant now)
      throws SQLException {
    try (PreparedStatement from = connection.prepareStatement(FROM_UNDER_GATEWAY)) {
      from.setObject(1, now.atOffset(ZoneOffset.UTC));
      from.setLong(2, AlertKind.SILENT.remindAfter(1).toSeconds());
      from.setObject(3, now.atOffset(ZoneOffset.UTC));
      return events(from, "released", now);
    }
  }

  /** Whether there is one to be let go. */
  static boolean areDueFromUnderGateways(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM alert a, LATERAL (SELECT "
                + TIME_TO_SPEAK_IS_UP
                + ") due)")) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Whose flood goes on without the zone's is told from now on for itself, as if it were new. */
  private static List<AlertEvent> fromUnderZone(Connection connection, Instant now)
      throws SQLException {
    List<AlertEvent> released = new ArrayList<>();
    try (PreparedStatement from = connection.prepareStatement(FROM_UNDER_ZONE);
        PreparedStatement remind = connection.prepareStatement(REMIND);
        ResultSet row = from.executeQuery()) {
      while (row.next()) {
        if (row.getString("suppressed") == null) {
          int level = row.getInt("level");
          remind.setObject(
              1, now.plus(AlertKind.FLOOD.remindAfter(level)).atOffset(ZoneOffset.UTC));
          remind.setLong(2, row.getLong("id"));
          remind.executeUpdate();
          released.add(event(row, "released", now));
        }
      }
    }
    return released;
  }

  private static List<AlertEvent> events(PreparedStatement changing, String kind, Instant now)
      throws SQLException {
    List<AlertEvent> events = new ArrayList<>();
    try (ResultSet row = changing.executeQuery()) {
      while (row.next()) {
        events.add(event(row, kind, now));
      }
    }
    return events;
  }

  private static AlertEvent event(ResultSet row, String kind, Instant now) throws SQLException {
    int level = row.getInt("level");
    return new AlertEvent(
        row.getLong("id"),
        row.getInt("sensor_id"),
        kind,
        level,
        level,
        now,
        Optional.empty(),
        Optional.empty());
  }
}
