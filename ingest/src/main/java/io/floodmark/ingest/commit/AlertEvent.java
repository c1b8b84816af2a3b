package io.floodmark.ingest.commit;

import io.floodmark.live.Doorbell;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row of {@code alert_event} that the machine writes.
 *
 * @param alertId whose history it belongs to
 * @param sensorId whose doorbell rings: of an alert of several sensors one of them
 * @param kind as the column has it
 * @param fromLevel 0 to 4
 * @param toLevel 0 to 4
 * @param occurredAt event time
 * @param cause the reading that did it; empty where only time passed
 * @param until end of what begins with it; empty where it has none
 */
record AlertEvent(
    long alertId,
    int sensorId,
    String kind,
    int fromLevel,
    int toLevel,
    Instant occurredAt,
    Optional<AlertLog.Cause> cause,
    Optional<Instant> until) {
  private static final String RECORD =
      """
      INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at, observed_at, depth_mm, until, threshold_version)
      SELECT u.alert_id, u.sensor_id, u.kind, u.from_level, u.to_level, u.occurred_at,
        u.recorded_at, u.observed_at, u.depth_mm, u.until, s.threshold_version
      FROM unnest(?::int8[], ?::int4[], ?::text[], ?::int2[], ?::int2[], ?::timestamptz[],
        ?::timestamptz[], ?::timestamptz[], ?::int4[], ?::timestamptz[])
        WITH ORDINALITY AS u (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at, observed_at, depth_mm, until, position)
      JOIN sensor s ON s.id = u.sensor_id
      ORDER BY u.position
      """;

  /** What a change of a sensor's alert leaves in its history. */
  static AlertEvent of(long alertId, AlertLog.Change change) {
    return new AlertEvent(
        alertId,
        change.sensorId(),
        change.transition().kind().name().toLowerCase(Locale.ROOT),
        change.transition().fromLevel(),
        change.transition().toLevel(),
        change.transition().occurredAt(),
        change.cause(),
        Optional.empty());
  }

  /** Writes them in their order and rings for them; to be called under the lock of the history. */
  static void record(Connection connection, List<AlertEvent> events, Instant recordedAt)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
      new Columns<>(insert, events)
          .add("int8", AlertEvent::alertId)
          .add("int4", AlertEvent::sensorId)
          .add("text", AlertEvent::kind)
          .add("int2", AlertEvent::fromLevel)
          .add("int2", AlertEvent::toLevel)
          .add("timestamptz", AlertEvent::occurredAt)
          .add("timestamptz", event -> recordedAt)
          .add("timestamptz", event -> event.cause().map(AlertLog.Cause::observedAt))
          .add("int4", event -> event.cause().map(AlertLog.Cause::depthMm))
          .add("timestamptz", AlertEvent::until);
      insert.executeUpdate();
    }
    Doorbell.ringAlerts(
        connection, events.stream().map(AlertEvent::sensorId).collect(Collectors.toSet()));
  }
}
