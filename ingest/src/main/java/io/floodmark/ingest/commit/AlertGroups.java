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
import java.util.Set;

/**
 * The one alert of several sensors: a zone's flood is the highest of its members', and when all
 * sensors behind a gateway are silent it is the gateway's silence. What single sensors' alerts say
 * of it stands under that alert.
 *
 * <p>It is worked out from the alerts as they stand, under the lock of the history, in the
 * transaction that changed one of them: so it is never behind, and doing it again changes nothing.
 */
final class AlertGroups {
  // A member that is being worked on raises nothing, but holds the level that the zone has: nobody
  // saw its water go. Nor did anybody if the one that held it was retired, or still says so when
  // the zone has no two members left: that end is no all-clear, and where others still see water
  // the level is only counted anew. Held by such members alone the zone is kept back as they are;
  // what is seen after that counts for itself. A zone of one needs no alert of its own.
  private static final String ZONES =
      """
      WITH concerned AS (
        SELECT zone AS name FROM sensor WHERE zone IS NOT NULL AND (?::int4[] IS NULL OR id = ANY (?))
        UNION
        SELECT zone FROM alert WHERE zone IS NOT NULL AND state = 'active' AND ?::int4[] IS NULL
      ), stand AS (
        SELECT c.name, min(s.id) AS member,
          CASE WHEN count(s.id) >= 2
            THEN coalesce(max(a.level) FILTER (WHERE a.suppressed IS NULL), 0)
            ELSE 0 END AS seen,
          CASE WHEN count(s.id) >= 2 THEN coalesce(max(a.level), 0) ELSE 0 END AS held
        FROM concerned c
        LEFT JOIN sensor s ON s.zone = c.name AND s.retired_at IS NULL AND s.kind <> 'rain'
        LEFT JOIN alert a ON a.sensor_id = s.id AND a.kind = 'flood' AND a.state = 'active'
        GROUP BY c.name
      ), said AS (
        SELECT stand.name, stand.member, z.id, coalesce(z.level, 0) AS was,
          z.suppressed IS NOT NULL AS was_kept_back,
          EXISTS (
            SELECT FROM alert c
            WHERE c.parent_id = z.id AND c.level = z.level AND (c.state = 'active'
              OR (c.suppressed = 'retired' AND c.cleared_at >= z.changed_at))
          ) AS unknown,
          stand.seen = 0 AND stand.held > 0 AND z.id IS NOT NULL AS kept_back,
          CASE WHEN stand.seen > 0 AND z.suppressed IS NOT NULL THEN stand.seen
            ELSE greatest(stand.seen, least(stand.held, coalesce(z.level, 0))) END AS level
        FROM stand
        LEFT JOIN alert z ON z.zone = stand.name AND z.state = 'active'
      )
      SELECT stand.name, stand.level, stand.was, stand.id, stand.kept_back, stand.was_kept_back,
        stand.level = 0 AND stand.unknown AND NOT stand.was_kept_back AS is_no_all_clear,
        stand.level > 0 AND stand.level < stand.was AND stand.unknown AND NOT stand.was_kept_back
          AS is_recount,
        coalesce((SELECT min(s.id) FROM sensor s WHERE s.zone = stand.name AND s.id = ANY (?)),
          stand.member,
          (SELECT e.sensor_id FROM alert_event e WHERE e.alert_id = stand.id ORDER BY e.id LIMIT 1)
        ) AS sensor_id
      FROM said stand
      WHERE stand.level <> stand.was
        OR (stand.level > 0 AND stand.kept_back <> stand.was_kept_back)
      ORDER BY stand.name
      """;

  // Only those that ever reported: one that was never heard says nothing of its gateway.
  private static final String GATEWAYS =
      """
      WITH concerned AS (
        SELECT gateway AS name FROM sensor
        WHERE gateway IS NOT NULL AND (?::int4[] IS NULL OR id = ANY (?))
        UNION
        SELECT gateway FROM alert WHERE gateway IS NOT NULL AND state = 'active' AND ?::int4[] IS NULL
      ), stand AS (
        SELECT c.name, min(s.id) AS member,
          CASE WHEN count(s.id) >= 2 AND count(s.id) = count(a.id) THEN 2 ELSE 0 END AS level
        FROM concerned c
        LEFT JOIN (sensor s
          JOIN sensor_state st ON st.sensor_id = s.id AND st.evaluated_arrival_at IS NOT NULL)
          ON s.gateway = c.name AND s.retired_at IS NULL
          AND (s.maintenance_until IS NULL OR s.maintenance_until <= ?)
        LEFT JOIN alert a ON a.sensor_id = s.id AND a.kind = 'silent' AND a.state = 'active'
        GROUP BY c.name
      )
      SELECT stand.name, stand.level, coalesce(z.level, 0) AS was, z.id,
        false AS kept_back, false AS was_kept_back, false AS is_no_all_clear,
        false AS is_recount,
        coalesce((SELECT min(s.id) FROM sensor s WHERE s.gateway = stand.name AND s.id = ANY (?)),
          stand.member,
          (SELECT e.sensor_id FROM alert_event e WHERE e.alert_id = z.id ORDER BY e.id LIMIT 1)
        ) AS sensor_id
      FROM stand
      LEFT JOIN alert z ON z.gateway = stand.name AND z.state = 'active'
      WHERE stand.level <> coalesce(z.level, 0)
      ORDER BY stand.name
      """;

  private static final String RAISE =
      """
      INSERT INTO alert (%1$s, kind, state, level, peak_level, since, changed_at, remind_at,
        shelved_until, shelved_by, shelf_reason, shelved_level)
      SELECT u.name, u.kind, 'active', u.level, u.level, u.now, u.now,
        u.now + make_interval(secs => u.remind_s),
        shelf.shelved_until, shelf.shelved_by, shelf.shelf_reason, shelf.shelved_level
      FROM (SELECT ? AS name, ? AS kind, ?::int2 AS level, ?::timestamptz AS now,
        ?::int AS remind_s) u
      LEFT JOIN LATERAL (
        SELECT * FROM alert before WHERE before.%1$s = u.name ORDER BY before.id DESC LIMIT 1
      ) shelf ON shelf.shelved_until > u.now AND shelf.shelved_level >= u.level
        AND shelf.closed_at IS NULL
      RETURNING id
      """;

  private static final String CHANGE =
      AlertLog.MOVE
          + """
            FROM (SELECT ?::int8 AS id, ?::int2 AS level, ?::timestamptz AS at,
              ?::timestamptz AS now, ?::int AS remind_s) u
            WHERE a.id = u.id
            """;

  private static final String KEEP_BACK =
      """
      UPDATE alert SET suppressed = CASE WHEN ? THEN 'maintenance' END, remind_at = ?
      WHERE id = ?
      """;

  private static final String RETIRE =
      "UPDATE alert SET suppressed = 'retired' WHERE id = ? AND suppressed IS NULL";

  private AlertGroups() {}

  /** What a zone or gateway should say, and what its alert says so far. */
  private record Standing(
      String name,
      int level,
      int was,
      Optional<Long> alertId,
      boolean keptBack,
      boolean wasKeptBack,
      boolean isNoAllClear,
      boolean isRecount,
      int sensorId) {
    boolean isLetGoOrKeptBack() {
      return level > 0 && keptBack != wasKeptBack;
    }

    AlertEvent event(long id, String kind, int fromLevel, int toLevel, Instant now) {
      return new AlertEvent(
          id, sensorId, kind, fromLevel, toLevel, now, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Makes alerts of zones and gateways say what their members' say.
   *
   * @param sensorIds whose alerts have changed; empty for all
   * @return what happened to them, still to be recorded
   */
  static List<AlertEvent> settle(
      Connection connection, Optional<Set<Integer>> sensorIds, Instant now) throws SQLException {
    List<AlertEvent> events = new ArrayList<>();
    boolean zones = false;
    for (Standing standing : differing(connection, ZONES, sensorIds, Optional.empty())) {
      events.addAll(move(connection, "zone", AlertKind.FLOOD, standing, now));
      zones = true;
    }
    if (zones || sensorIds.isEmpty() || hasZone(connection, sensorIds.get())) {
      events.addAll(GroupMembers.ofZones(connection, now));
    }
    for (Standing standing : differing(connection, GATEWAYS, sensorIds, Optional.of(now))) {
      events.addAll(move(connection, "gateway", AlertKind.GATEWAY_SILENT, standing, now));
    }
    if (sensorIds.isEmpty() || !events.isEmpty()) {
      events.addAll(GroupMembers.underGateways(connection, now));
    }
    if (sensorIds.isEmpty()) {
      events.addAll(GroupMembers.fromUnderGateways(connection, now));
    }
    return events;
  }

  /** Whether some zone or gateway says something else than its members; cheap. */
  static boolean isUnsettled(Connection connection, Instant now) throws SQLException {
    return !differing(connection, ZONES, Optional.empty(), Optional.empty()).isEmpty()
        || !differing(connection, GATEWAYS, Optional.empty(), Optional.of(now)).isEmpty()
        || GroupMembers.areDueFromUnderGateways(connection, now);
  }

  private static boolean hasZone(Connection connection, Set<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT FROM sensor WHERE id = ANY (?) AND zone IS NOT NULL LIMIT 1")) {
      select.setArray(1, connection.createArrayOf("int4", sensorIds.toArray()));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static List<Standing> differing(
      Connection connection, String sql, Optional<Set<Integer>> sensorIds, Optional<Instant> now)
      throws SQLException {
    List<Standing> differing = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Object[] ids = sensorIds.map(Set::toArray).orElse(null);
      int at = 0;
      for (int i = 0; i < 3; i++) {
        select.setArray(++at, ids == null ? null : connection.createArrayOf("int4", ids));
      }
      if (now.isPresent()) {
        select.setObject(++at, now.get().atOffset(ZoneOffset.UTC));
      }
      select.setArray(++at, ids == null ? null : connection.createArrayOf("int4", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long alertId = row.getLong("id");
          differing.add(
              new Standing(
                  row.getString("name"),
                  row.getInt("level"),
                  row.getInt("was"),
                  alertId == 0 ? Optional.empty() : Optional.of(alertId),
                  row.getBoolean("kept_back"),
                  row.getBoolean("was_kept_back"),
                  row.getBoolean("is_no_all_clear"),
                  row.getBoolean("is_recount"),
                  row.getInt("sensor_id")));
        }
      }
    }
    return differing;
  }

  private static List<AlertEvent> move(
      Connection connection, String column, AlertKind kind, Standing standing, Instant now)
      throws SQLException {
    List<AlertEvent> events = new ArrayList<>();
    long id;
    if (standing.alertId().isEmpty()) {
      id = raise(connection, column, kind, standing, now);
    } else {
      id = standing.alertId().get();
      if (standing.isNoAllClear()) {
        try (PreparedStatement retire = connection.prepareStatement(RETIRE)) {
          retire.setLong(1, id);
          retire.executeUpdate();
        }
        events.add(standing.event(id, "suppressed", standing.was(), standing.was(), now));
      }
      if (standing.level() != standing.was()) {
        change(connection, id, kind, standing, now);
      }
    }
    if (standing.level() != standing.was()) {
      events.add(standing.event(id, kindOf(standing), standing.was(), standing.level(), now));
    }
    if (standing.isLetGoOrKeptBack()) {
      keepBack(connection, id, kind, standing, now);
      String what = standing.keptBack() ? "suppressed" : "released";
      events.add(standing.event(id, what, standing.level(), standing.level(), now));
    }
    return events;
  }

  /** Keeps an alert back, or lets it go: then it is told again as if it were new. */
  private static void keepBack(
      Connection connection, long id, AlertKind kind, Standing standing, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(KEEP_BACK)) {
      update.setBoolean(1, standing.keptBack());
      update.setObject(2, now.plus(kind.remindAfter(standing.level())).atOffset(ZoneOffset.UTC));
      update.setLong(3, id);
      update.executeUpdate();
    }
  }

  private static String kindOf(Standing standing) {
    if (standing.level() > standing.was()) {
      return standing.was() == 0 ? "raised" : "escalated";
    }
    if (standing.isRecount()) {
      return "recounted";
    }
    return standing.level() == 0 ? "cleared" : "lowered";
  }

  private static long raise(
      Connection connection, String column, AlertKind kind, Standing standing, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(RAISE.formatted(column))) {
      insert.setString(1, standing.name());
      insert.setString(2, kind.key());
      insert.setInt(3, standing.level());
      insert.setObject(4, now.atOffset(ZoneOffset.UTC));
      insert.setLong(5, kind.remindAfter(standing.level()).toSeconds());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void change(
      Connection connection, long id, AlertKind kind, Standing standing, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CHANGE)) {
      update.setLong(1, id);
      update.setInt(2, standing.level());
      update.setObject(3, now.atOffset(ZoneOffset.UTC));
      update.setObject(4, now.atOffset(ZoneOffset.UTC));
      update.setLong(5, kind.remindAfter(standing.level()).toSeconds());
      update.executeUpdate();
    }
  }
}
