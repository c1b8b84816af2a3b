package io.floodmark.api.alerts;

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

/** Reads what happened to one alert, for staff. */
public final class AlertStory {
  private static final String SELECT =
      """
      SELECT e.id, e.kind, e.from_level, e.to_level, e.occurred_at, e.actor, e.note, e.until,
        e.observed_at, e.depth_mm, e.threshold_version, s.code, s.name
      FROM alert_event e
      JOIN sensor s ON s.id = e.sensor_id
      WHERE e.alert_id = ?
      ORDER BY e.id
      """;

  private AlertStory() {}

  /**
   * One step of it.
   *
   * @param kind as the table has it
   * @param at event time
   * @param actor who did it; empty where the machine did
   * @param note their words
   * @param until end of a shelf or of maintenance
   * @param observedAt of the reading that did it
   * @param depthMm of that reading, at the sensor
   * @param thresholdVersion of the thresholds in force
   * @param sensorName whose reading or silence it was
   */
  public record Entry(
      long id,
      String kind,
      int fromLevel,
      int toLevel,
      Instant at,
      Optional<String> actor,
      Optional<String> note,
      Optional<Instant> until,
      Optional<Instant> observedAt,
      OptionalInt depthMm,
      OptionalInt thresholdVersion,
      String sensorName) {}

  /** Oldest first. */
  static List<Entry> of(Connection connection, long alertId) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, alertId);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getLong("id"),
                  row.getString("kind"),
                  row.getInt("from_level"),
                  row.getInt("to_level"),
                  row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                  Optional.ofNullable(row.getString("actor")),
                  Optional.ofNullable(row.getString("note")),
                  time(row, "until"),
                  time(row, "observed_at"),
                  number(row, "depth_mm"),
                  number(row, "threshold_version"),
                  row.getString("name")));
        }
      }
    }
    return entries;
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OptionalInt number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
