package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertTransition;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

  // Where an open alert is there against expectation, it is taken over: better than no alert.
  private static final String RAISE =
      """
      WITH raised AS (
        INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at)
        SELECT u.sensor_id, 'flood', 'active', u.level, u.level, u.at, u.at
        FROM unnest(?::int4[], ?::int2[], ?::timestamptz[]) AS u (sensor_id, level, at)
        ON CONFLICT (sensor_id, kind) WHERE state = 'active' DO UPDATE
        SET level = excluded.level, peak_level = greatest(alert.peak_level, excluded.level),
          changed_at = excluded.changed_at
        RETURNING id, sensor_id
      )
      UPDATE sensor_state st SET alert_id = raised.id
      FROM raised
      WHERE st.sensor_id = raised.sensor_id
      RETURNING raised.id, raised.sensor_id
      """;

  private static final String CHANGE =
      """
      WITH changed AS (
        UPDATE alert a
        SET level = CASE WHEN u.level = 0 THEN a.level ELSE u.level END,
          peak_level = greatest(a.peak_level, u.level),
          state = CASE WHEN u.level = 0 THEN 'cleared' ELSE 'active' END,
          changed_at = u.at,
          cleared_at = CASE WHEN u.level = 0 THEN u.at END
        FROM unnest(?::int4[], ?::int2[], ?::timestamptz[]) AS u (sensor_id, level, at)
        WHERE a.sensor_id = u.sensor_id AND a.kind = 'flood' AND a.state = 'active'
        RETURNING a.id, a.sensor_id, a.state
      ), unlinked AS (
        UPDATE sensor_state st SET alert_id = NULL
        FROM changed
        WHERE st.sensor_id = changed.sensor_id AND changed.state = 'cleared'
      )
      SELECT id, sensor_id FROM changed
      """;

  private static final String RECORD =
      """
      INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at, observed_at, depth_mm)
      SELECT u.alert_id, u.sensor_id, u.kind, u.from_level, u.to_level, u.occurred_at,
        u.recorded_at, u.observed_at, u.depth_mm
      FROM unnest(?::int8[], ?::int4[], ?::text[], ?::int2[], ?::int2[], ?::timestamptz[],
        ?::timestamptz[], ?::timestamptz[], ?::int4[])
        WITH ORDINALITY AS u (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at, observed_at, depth_mm, position)
      ORDER BY u.position
      """;

  private AlertLog() {}

  /**
   * A change of a sensor's alert.
   *
   * @param sensorId whose alert
   * @param transition what happened
   * @param cause the reading that did it; empty where only time passed
   */
  record Change(int sensorId, AlertTransition transition, Optional<Cause> cause) {
    /** A change found while a reading was evaluated: a level rises by it, and falls by time. */
    static Change by(ReadingRow row, AlertTransition transition) {
      boolean rise = transition.toLevel() > transition.fromLevel();
      return new Change(
          row.sensorId(),
          transition,
          rise ? Optional.of(new Cause(row.observedAt(), row.depthMm())) : Optional.empty());
    }
  }

  /**
   * The reading that caused a change.
   *
   * @param observedAt its identity together with the sensor
   * @param depthMm depth at the sensor
   */
  record Cause(Instant observedAt, OptionalInt depthMm) {}

  private record Event(long alertId, Change change) {}

  /**
   * Writes changes in their order.
   *
   * @param recordedAt server time
   */
  static void write(Connection connection, List<Change> changes, Instant recordedAt)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    AlertHistory.lock(connection);
    // One sensor's changes build on one another; those of different sensors go together.
    List<Change> left = changes;
    while (!left.isEmpty()) {
      List<Change> round = new ArrayList<>();
      List<Change> later = new ArrayList<>();
      Set<Integer> inRound = new HashSet<>();
      for (Change change : left) {
        (inRound.add(change.sensorId()) ? round : later).add(change);
      }
      writeOneEach(connection, round, recordedAt);
      left = later;
    }
  }

  private static void writeOneEach(Connection connection, List<Change> round, Instant recordedAt)
      throws SQLException {
    Map<Integer, Long> alertIds =
        apply(connection, CHANGE, round, change -> change.transition().fromLevel() > 0);
    alertIds.putAll(
        apply(
            connection,
            RAISE,
            round,
            change ->
                change.transition().toLevel() > 0 && !alertIds.containsKey(change.sensorId())));
    List<Event> events = new ArrayList<>();
    for (Change change : round) {
      Long alertId = alertIds.get(change.sensorId());
      if (alertId == null) {
        log.error(
            "Sensor {} has no open alert to clear; was it changed by hand?", change.sensorId());
      } else {
        events.add(new Event(alertId, change));
      }
    }
    record(connection, events, recordedAt);
  }

  /** Runs one of the statements for some of the changes; returns their alerts' ids by sensor. */
  private static Map<Integer, Long> apply(
      Connection connection, String sql, List<Change> round, Predicate<Change> which)
      throws SQLException {
    List<Change> changes = round.stream().filter(which).toList();
    if (changes.isEmpty()) {
      return new HashMap<>();
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new Columns<>(statement, changes)
          .add("int4", Change::sensorId)
          .add("int2", change -> change.transition().toLevel())
          .add("timestamptz", change -> change.transition().occurredAt());
      Map<Integer, Long> ids = new HashMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          ids.put(result.getInt("sensor_id"), result.getLong("id"));
        }
      }
      return ids;
    }
  }

  private static void record(Connection connection, List<Event> events, Instant recordedAt)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
      new Columns<>(insert, events)
          .add("int8", Event::alertId)
          .add("int4", event -> event.change().sensorId())
          .add("text", event -> codeOf(event.change().transition().kind()))
          .add("int2", event -> event.change().transition().fromLevel())
          .add("int2", event -> event.change().transition().toLevel())
          .add("timestamptz", event -> event.change().transition().occurredAt())
          .add("timestamptz", event -> recordedAt)
          .add("timestamptz", event -> event.change().cause().map(Cause::observedAt))
          .add("int4", event -> event.change().cause().map(Cause::depthMm));
      insert.executeUpdate();
    }
  }

  private static String codeOf(AlertTransition.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
