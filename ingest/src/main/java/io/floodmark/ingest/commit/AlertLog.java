package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertTransition;
import io.floodmark.alert.SensorWatch;
import io.floodmark.schema.AlertHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happened to alerts: rows of {@code alert}, its history in {@code alert_event}, and
 * the link in {@code sensor_state}. To be called in the transaction in which the states were
 * written: their rows are the lock of a sensor's alert.
 */
final class AlertLog {
  private static final Logger log = LoggerFactory.getLogger(AlertLog.class);

  // Where an open alert is there against expectation, it is taken over: better than no alert. One
  // that comes again while the last of its kind is on the shelf lies there too, unless it is
  // graver, or staff were done with that one.
  private static final String RAISE =
      """
      WITH raised AS (
        INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at,
          suppressed, remind_at, shelved_until, shelved_by, shelf_reason, shelved_level)
        SELECT u.sensor_id, u.kind, 'active', u.level, u.level, u.at, u.at,
          CASE WHEN s.maintenance_until > u.now THEN 'maintenance' END,
          u.now + make_interval(secs => u.remind_s),
          shelf.shelved_until, shelf.shelved_by, shelf.shelf_reason, shelf.shelved_level
        FROM unnest(?::int4[], ?::text[], ?::int2[], ?::timestamptz[], ?::timestamptz[],
          ?::int4[]) AS u (sensor_id, kind, level, at, now, remind_s)
        JOIN sensor s ON s.id = u.sensor_id
        LEFT JOIN LATERAL (
          SELECT * FROM alert before
          WHERE before.sensor_id = u.sensor_id AND before.kind = u.kind
          ORDER BY before.id DESC
          LIMIT 1
        ) shelf ON shelf.shelved_until > u.now AND shelf.shelved_level >= u.level
          AND shelf.closed_at IS NULL
        ON CONFLICT (sensor_id, kind) WHERE state = 'active' DO UPDATE
        SET level = excluded.level, peak_level = greatest(alert.peak_level, excluded.level),
          changed_at = excluded.changed_at
        RETURNING id, sensor_id, kind
      ), linked AS (
        UPDATE sensor_state st SET alert_id = raised.id
        FROM raised
        WHERE st.sensor_id = raised.sensor_id AND raised.kind = 'flood'
      )
      SELECT id, sensor_id, kind FROM raised
      """;

  /**
   * Moves alerts {@code a} to what {@code u} says of them, as {@link io.floodmark.alert.AlertLife}
   * does: a rise wants to be seen again, and ends the shelf if it is above the level that was
   * shelved; what ends on the shelf has been seen; what ends while the system kept it back, nobody
   * has to. It stops before its FROM.
   */
  static final String MOVE =
      """
      UPDATE alert a
      SET level = CASE WHEN u.level = 0 THEN a.level ELSE u.level END,
        peak_level = greatest(a.peak_level, u.level),
        state = CASE WHEN u.level = 0 THEN 'cleared' ELSE 'active' END,
        changed_at = u.at,
        cleared_at = CASE WHEN u.level = 0 THEN u.at END,
        acknowledged_at = CASE
          WHEN u.level > a.level THEN NULL
          WHEN u.level = 0 AND (a.suppressed IS NOT NULL OR a.shelved_until > u.now)
            THEN coalesce(a.acknowledged_at, u.now)
          ELSE a.acknowledged_at END,
        acknowledged_by = CASE
          WHEN u.level > a.level THEN NULL
          WHEN u.level = 0 AND (a.suppressed IS NOT NULL OR a.shelved_until > u.now)
            THEN coalesce(a.acknowledged_by, 'floodmark')
          ELSE a.acknowledged_by END,
        shelved_until = CASE WHEN u.level <= coalesce(a.shelved_level, a.level) THEN a.shelved_until END,
        shelved_by = CASE WHEN u.level <= coalesce(a.shelved_level, a.level) THEN a.shelved_by END,
        shelf_reason = CASE WHEN u.level <= coalesce(a.shelved_level, a.level) THEN a.shelf_reason END,
        shelved_level = CASE WHEN u.level <= coalesce(a.shelved_level, a.level) THEN a.shelved_level END,
        closed_at = CASE WHEN u.level = 0 AND a.suppressed IS NOT NULL THEN u.now END,
        closed_by = CASE WHEN u.level = 0 AND a.suppressed IS NOT NULL THEN 'floodmark' END,
        remind_at = CASE
          WHEN u.level = 0 THEN NULL
          WHEN u.level > a.level THEN u.now + make_interval(secs => u.remind_s)
          ELSE a.remind_at END
      """;

  private static final String CHANGE =
      "WITH changed AS (\n"
          + MOVE
          + """
        FROM unnest(?::int4[], ?::text[], ?::int2[], ?::timestamptz[], ?::timestamptz[],
          ?::int4[]) AS u (sensor_id, kind, level, at, now, remind_s)
        WHERE a.sensor_id = u.sensor_id AND a.kind = u.kind AND a.state = 'active'
        RETURNING a.id, a.sensor_id, a.kind, a.state
      ), unlinked AS (
        UPDATE sensor_state st SET alert_id = NULL
        FROM changed
        WHERE st.sensor_id = changed.sensor_id AND changed.state = 'cleared'
          AND changed.kind = 'flood'
      )
      SELECT id, sensor_id, kind FROM changed
      """;

  private AlertLog() {}

  /**
   * A change of a sensor's alert.
   *
   * @param sensorId whose alert
   * @param kind of alert
   * @param transition what happened
   * @param cause the reading that did it; empty where only time passed
   */
  record Change(int sensorId, AlertKind kind, AlertTransition transition, Optional<Cause> cause) {
    /** A change of the flood's level found while a reading was evaluated: it falls by time. */
    static Change by(ReadingRow row, AlertTransition transition) {
      boolean rise = transition.toLevel() > transition.fromLevel();
      return new Change(
          row.sensorId(),
          AlertKind.FLOOD,
          transition,
          rise ? Optional.of(Cause.of(row)) : Optional.empty());
    }

    /** A change of another kind, which a reading did. */
    static Change by(ReadingRow row, SensorWatch.Change change) {
      return new Change(
          row.sensorId(), change.kind(), change.transition(), Optional.of(Cause.of(row)));
    }

    private Subject subject() {
      return new Subject(sensorId, kind);
    }
  }

  /**
   * The reading that caused a change.
   *
   * @param observedAt its identity together with the sensor
   * @param depthMm depth at the sensor
   */
  record Cause(Instant observedAt, OptionalInt depthMm) {
    static Cause of(ReadingRow row) {
      return new Cause(row.observedAt(), row.depthMm());
    }
  }

  private record Subject(int sensorId, AlertKind kind) {}

  /**
   * Writes changes in their order, and what follows from them for zones and gateways.
   *
   * @param recordedAt server time
   */
  static void write(Connection connection, List<Change> changes, Instant recordedAt)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    AlertHistory.lock(connection);
    List<AlertEvent> events = new ArrayList<>();
    Set<Integer> sensorIds = new TreeSet<>();
    // One alert's changes build on one another; those of different alerts go together.
    List<Change> left = changes;
    while (!left.isEmpty()) {
      List<Change> round = new ArrayList<>();
      List<Change> later = new ArrayList<>();
      Set<Subject> inRound = new HashSet<>();
      for (Change change : left) {
        (inRound.add(change.subject()) ? round : later).add(change);
        sensorIds.add(change.sensorId());
      }
      events.addAll(writeOneEach(connection, round, recordedAt));
      left = later;
    }
    // Before the events: whoever reads them knows then under which alert theirs stands.
    events.addAll(AlertGroups.settle(connection, Optional.of(sensorIds), recordedAt));
    AlertEvent.record(connection, events, recordedAt);
  }

  private static List<AlertEvent> writeOneEach(
      Connection connection, List<Change> round, Instant recordedAt) throws SQLException {
    Map<Subject, Long> alertIds =
        apply(connection, CHANGE, round, recordedAt, change -> change.transition().fromLevel() > 0);
    alertIds.putAll(
        apply(
            connection,
            RAISE,
            round,
            recordedAt,
            change ->
                change.transition().toLevel() > 0 && !alertIds.containsKey(change.subject())));
    List<AlertEvent> events = new ArrayList<>();
    for (Change change : round) {
      Long alertId = alertIds.get(change.subject());
      if (alertId == null) {
        log.error(
            "Sensor {} has no open alert of kind {} to clear; was it changed by hand?",
            change.sensorId(),
            change.kind().key());
      } else {
        events.add(AlertEvent.of(alertId, change));
      }
    }
    return events;
  }

  /** Runs one of the statements for some of the changes; returns their alerts' ids. */
  private static Map<Subject, Long> apply(
      Connection connection,
      String sql,
      List<Change> round,
      Instant recordedAt,
      Predicate<Change> which)
      throws SQLException {
    List<Change> changes = round.stream().filter(which).toList();
    if (changes.isEmpty()) {
      return new HashMap<>();
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new Columns<>(statement, changes)
          .add("int4", Change::sensorId)
          .add("text", change -> change.kind().key())
          .add("int2", change -> change.transition().toLevel())
          .add("timestamptz", change -> change.transition().occurredAt())
          .add("timestamptz", change -> recordedAt)
          .add(
              "int4",
              change -> change.kind().remindAfter(change.transition().toLevel()).toSeconds());
      Map<Subject, Long> ids = new HashMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          AlertKind kind = AlertKind.find(result.getString("kind")).orElseThrow();
          ids.put(new Subject(result.getInt("sensor_id"), kind), result.getLong("id"));
        }
      }
      return ids;
    }
  }
}
