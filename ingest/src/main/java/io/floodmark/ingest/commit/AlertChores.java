package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.alert.SensorWatch;
import io.floodmark.alert.Silence;
import io.floodmark.live.Doorbell;
import io.floodmark.schema.AlertHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What time alone does to alerts beside the level: silence, the ends of shelves and of maintenance,
 * reminders, and the end with the sensor's. Each is decided from rows and written in the
 * transaction that it is called in, so that a kill at any moment leaves it done or to be done,
 * never half.
 */
final class AlertChores {
  // Who is overdue by the clock of the database's rows alone; Silence decides.
  private static final String OVERDUE =
      """
      SELECT s.id
      FROM sensor s
      JOIN sensor_state st ON st.sensor_id = s.id
      LEFT JOIN sensor_status ss
        ON ss.sensor_id = s.id AND ss.status = 'offline' AND ss.by_will
      WHERE s.retired_at IS NULL AND NOT coalesce((st.watch ->> 'silent')::bool, false)
        AND (st.evaluated_arrival_at
            <= ?::timestamptz - make_interval(secs => greatest(3 * s.report_interval_s, 300))
          OR (st.evaluated_arrival_at <= ss.since
            AND ss.since <= ?::timestamptz - interval '1 minute'))
      """;

  private static final String MEMBERS =
      """
      SELECT s.id, CASE WHEN s.maintenance_until IS NULL THEN s.gateway END AS gateway,
        s.report_interval_s, st.evaluated_arrival_at, ss.since AS will_at,
        coalesce((st.watch ->> 'silent')::bool, false) AS silent
      FROM sensor s
      JOIN sensor_state st ON st.sensor_id = s.id
      LEFT JOIN sensor_status ss
        ON ss.sensor_id = s.id AND ss.status = 'offline' AND ss.by_will
      WHERE s.retired_at IS NULL AND st.evaluated_arrival_at IS NOT NULL
        AND (s.id = ANY (?) OR s.gateway IN (SELECT gateway FROM sensor WHERE id = ANY (?)))
      ORDER BY s.id
      """;

  private static final String OF_RETIRED =
      """
      SELECT a.sensor_id, a.kind, a.level
      FROM alert a
      JOIN sensor s ON s.id = a.sensor_id
      WHERE a.state = 'active' AND s.retired_at IS NOT NULL
      """;

  // Who takes a sensor away says nothing of the water: whoever was told of it hears of no end.
  private static final String KEEP_BACK_RETIRED =
      """
      UPDATE alert a SET suppressed = 'retired'
      FROM sensor s
      WHERE s.id = a.sensor_id AND a.state = 'active' AND a.suppressed IS NULL
        AND a.sensor_id = ANY (?)
      RETURNING a.id, a.sensor_id, a.kind, a.level, NULL::timestamptz
      """;

  private static final String END_MAINTENANCE =
      """
      UPDATE sensor
      SET maintenance_since = NULL, maintenance_until = NULL, maintenance_by = NULL,
        maintenance_reason = NULL
      WHERE maintenance_until <= ?
      """;

  /** Whether anything at all is to be settled, found without a lock. */
  private static final String UNSETTLED =
      """
      SELECT EXISTS (SELECT FROM alert WHERE shelved_until <= ?)
        OR EXISTS (SELECT FROM alert WHERE remind_at <= ?)
        OR EXISTS (
          SELECT FROM alert a JOIN sensor s ON s.id = a.sensor_id
          WHERE a.state = 'active'
            AND CASE WHEN s.maintenance_until > ? THEN a.suppressed IS NULL
              ELSE a.suppressed = 'maintenance' END)
      """;

  private static final String SUPPRESS =
      """
      UPDATE alert a SET suppressed = 'maintenance'
      FROM sensor s
      WHERE s.id = a.sensor_id AND a.state = 'active' AND a.suppressed IS NULL
        AND s.maintenance_until > ?
      RETURNING a.id, a.sensor_id, a.kind, a.level, s.maintenance_until
      """;

  private static final String RELEASE =
      """
      UPDATE alert a SET suppressed = NULL, remind_at = ?
      FROM sensor s
      WHERE s.id = a.sensor_id AND a.state = 'active' AND a.suppressed = 'maintenance'
        AND (s.maintenance_until IS NULL OR s.maintenance_until <= ?)
      RETURNING a.id, a.sensor_id, a.kind, a.level, NULL::timestamptz
      """;

  private static final String END_SHELVES =
      """
      WITH ended AS (
        UPDATE alert
        SET shelved_until = NULL, shelved_by = NULL, shelf_reason = NULL, shelved_level = NULL,
          remind_at = CASE WHEN state = 'active' THEN ?::timestamptz END
        WHERE shelved_until <= ?
        RETURNING id, sensor_id, kind, level, state
      )
      SELECT ended.id, coalesce(ended.sensor_id, (SELECT e.sensor_id FROM alert_event e
          WHERE e.alert_id = ended.id ORDER BY e.id LIMIT 1)),
        ended.kind, ended.level, NULL::timestamptz
      FROM ended
      WHERE ended.state = 'active'
      """;

  // What nobody has to be reminded of is forgotten; who lets it go again sets the time anew.
  private static final String DUE =
      """
      WITH due AS (
        UPDATE alert SET remind_at = NULL
        WHERE remind_at <= ?
        RETURNING id, sensor_id, kind, level, state, acknowledged_at, shelved_until, suppressed,
          parent_id
      )
      SELECT due.id, coalesce(due.sensor_id, (SELECT e.sensor_id FROM alert_event e
          WHERE e.alert_id = due.id ORDER BY e.id LIMIT 1)),
        due.kind, due.level, NULL::timestamptz
      FROM due
      WHERE due.state = 'active' AND due.acknowledged_at IS NULL AND due.shelved_until IS NULL
        AND due.suppressed IS NULL AND due.parent_id IS NULL
      """;

  private static final String REMIND_NEXT = "UPDATE alert SET remind_at = ? WHERE id = ?";

  private AlertChores() {}

  /**
   * Raises the alerts of sensors that have fallen silent.
   *
   * @param listeningSince since when their signs of life would have been heard
   * @return how many
   */
  static int silence(Connection connection, Instant now, Instant listeningSince)
      throws SQLException {
    List<Integer> overdue = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(OVERDUE)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          overdue.add(row.getInt(1));
        }
      }
    }
    Map<Integer, Instant> fallen =
        overdue.isEmpty() ? Map.of() : fallen(connection, overdue, listeningSince, now);
    if (fallen.isEmpty()) {
      return 0;
    }
    List<Gauge> silent = new ArrayList<>();
    List<AlertLog.Change> changes = new ArrayList<>();
    for (Gauge gauge : StateTable.lockFree(connection, fallen.keySet()).values()) {
      int sensorId = gauge.sensor().id();
      boolean unheard =
          gauge
              .state()
              .latest()
              .filter(l -> !l.arrivedAt().isAfter(fallen.get(sensorId)))
              .isPresent();
      if (unheard && !gauge.watch().silent()) {
        silent.add(gauge.with(gauge.watch().fallenSilent()));
        SensorWatch.Change change = new SensorWatch.Change(AlertKind.SILENT, true, now);
        changes.add(
            new AlertLog.Change(sensorId, AlertKind.SILENT, change.transition(), Optional.empty()));
      }
    }
    write(connection, silent, changes, now);
    return changes.size();
  }

  /** Whose time is up, with the sign of life that it counts from. */
  private static Map<Integer, Instant> fallen(
      Connection connection, Collection<Integer> overdue, Instant listeningSince, Instant now)
      throws SQLException {
    Map<String, List<Silence.Member>> together = new TreeMap<>();
    Map<Integer, Instant> heardAt = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(MEMBERS)) {
      select.setArray(1, connection.createArrayOf("int4", overdue.toArray()));
      select.setArray(2, connection.createArrayOf("int4", overdue.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Silence.Member member =
              new Silence.Member(
                  row.getInt("id"),
                  row.getObject("evaluated_arrival_at", OffsetDateTime.class).toInstant(),
                  Duration.ofSeconds(row.getInt("report_interval_s")),
                  Optional.ofNullable(row.getObject("will_at", OffsetDateTime.class))
                      .map(OffsetDateTime::toInstant),
                  row.getBoolean("silent"));
          String gateway =
              Optional.ofNullable(row.getString("gateway"))
                  .map(name -> "of " + name)
                  .orElse("alone " + member.sensorId());
          together.computeIfAbsent(gateway, name -> new ArrayList<>()).add(member);
          heardAt.put(member.sensorId(), member.heardAt());
        }
      }
    }
    Map<Integer, Instant> fallen = new HashMap<>();
    for (List<Silence.Member> members : together.values()) {
      for (Integer sensorId : Silence.fallen(members, listeningSince, now)) {
        fallen.put(sensorId, heardAt.get(sensorId));
      }
    }
    return fallen;
  }

  /** Ends the alerts of sensors that were taken out of service: nobody would ever clear them. */
  static int endOfRetired(Connection connection, Instant now) throws SQLException {
    List<AlertLog.Change> ends = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(OF_RETIRED);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ends.add(
            new AlertLog.Change(
                row.getInt("sensor_id"),
                AlertKind.find(row.getString("kind")).orElseThrow(),
                new AlertTransition(AlertTransition.Kind.CLEARED, row.getInt("level"), 0, now),
                Optional.empty()));
      }
    }
    if (ends.isEmpty()) {
      return 0;
    }
    Map<Integer, Gauge> locked =
        StateTable.lockFree(
            connection, new TreeSet<>(ends.stream().map(AlertLog.Change::sensorId).toList()));
    List<Gauge> ended = new ArrayList<>();
    for (Gauge gauge : locked.values()) {
      ended.add(gauge.with(gauge.state().withAlert(AlertState.NONE)).with(SensorWatch.NONE));
    }
    ends.removeIf(end -> !locked.containsKey(end.sensorId()));
    keepBackRetired(connection, locked.keySet(), now);
    write(connection, ended, ends, now);
    return ends.size();
  }

  private static void keepBackRetired(
      Connection connection, Collection<Integer> sensorIds, Instant now) throws SQLException {
    AlertHistory.lock(connection);
    List<AlertEvent> events = new ArrayList<>();
    try (PreparedStatement update = connection.prepareStatement(KEEP_BACK_RETIRED)) {
      update.setArray(1, connection.createArrayOf("int4", sensorIds.toArray()));
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          events.add(Row.of(row).event("suppressed", now));
        }
      }
    }
    AlertEvent.record(connection, events, now);
  }

  private static void write(
      Connection connection, List<Gauge> gauges, List<AlertLog.Change> changes, Instant now)
      throws SQLException {
    if (gauges.isEmpty()) {
      return;
    }
    StateUpdate.write(connection, StateRows.of(gauges));
    AlertLog.write(connection, changes, now);
    Doorbell.ring(connection, gauges.stream().map(gauge -> gauge.sensor().id()).toList());
  }

  /** Ends maintenance whose time is up; {@link #settle} then lets its alerts go. */
  static int endMaintenance(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(END_MAINTENANCE)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      return update.executeUpdate();
    }
  }

  /**
   * Keeps back what is under maintenance and lets go what no longer is, ends shelves, reminds, and
   * makes zones and gateways say what their members say.
   *
   * @return events written
   */
  static int settle(Connection connection, Instant now) throws SQLException {
    if (!isUnsettled(connection, now) && !AlertGroups.isUnsettled(connection, now)) {
      return 0;
    }
    AlertHistory.lock(connection);
    List<AlertEvent> events = new ArrayList<>();
    for (Row row : rows(connection, SUPPRESS, now)) {
      events.add(row.event("suppressed", now));
    }
    for (Row row : rows(connection, RELEASE, now, now)) {
      events.add(row.event("released", now));
      remindNext(connection, row, now);
    }
    for (Row row : rows(connection, END_SHELVES, now, now)) {
      events.add(row.event("shelf_ended", now));
      remindNext(connection, row, now);
    }
    for (Row row : rows(connection, DUE, now)) {
      events.add(row.event("reminded", now));
      remindNext(connection, row, now);
    }
    events.addAll(AlertGroups.settle(connection, Optional.empty(), now));
    AlertEvent.record(connection, events, now);
    Doorbell.ring(connection, new TreeSet<>(events.stream().map(AlertEvent::sensorId).toList()));
    return events.size();
  }

  private static boolean isUnsettled(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNSETTLED)) {
      for (int i = 1; i <= 3; i++) {
        select.setObject(i, now.atOffset(ZoneOffset.UTC));
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private record Row(
      long alertId, int sensorId, AlertKind kind, int level, Optional<Instant> until) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getInt(2),
          AlertKind.find(row.getString(3)).orElseThrow(),
          row.getInt(4),
          Optional.ofNullable(row.getObject(5, OffsetDateTime.class))
              .map(OffsetDateTime::toInstant));
    }

    AlertEvent event(String what, Instant now) {
      return new AlertEvent(alertId, sensorId, what, level, level, now, Optional.empty(), until);
    }
  }

  private static List<Row> rows(Connection connection, String sql, Instant... times)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < times.length; i++) {
        update.setObject(i + 1, times[i].atOffset(ZoneOffset.UTC));
      }
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          rows.add(Row.of(row));
        }
      }
    }
    return rows;
  }

  private static void remindNext(Connection connection, Row row, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REMIND_NEXT)) {
      update.setObject(1, now.plus(row.kind().remindAfter(row.level())).atOffset(ZoneOffset.UTC));
      update.setLong(2, row.alertId());
      update.executeUpdate();
    }
  }
}
