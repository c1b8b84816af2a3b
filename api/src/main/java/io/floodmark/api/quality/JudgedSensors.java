package io.floodmark.api.quality;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The four aspects of the sensors in service. A sensor belongs to no residential group. Its newest
 * reading says whether it is right; it is complete with a name and an address of its own; clean if
 * nothing of it was rejected within a day and no other stands in the same spot; alive as long as it
 * reports.
 */
public final class JudgedSensors {
  /** One row a sensor; its parameters are bound by {@link #prepare}. */
  private static final String JUDGED =
      """
      WITH judged AS (
        SELECT s.id,
               coalesce(st.qc = 1, false) AS is_right,
               s.name <> s.code AND s.street IS NOT NULL AND s.zone IS NOT NULL AS is_complete,
               NOT EXISTS (SELECT 1 FROM rejected_message r
                           WHERE r.sensor_id = s.id AND r.received_at > ?)
                 AND NOT EXISTS (SELECT 1 FROM sensor o
                                 WHERE o.id <> s.id AND o.retired_at IS NULL
                                   AND o.lon = s.lon AND o.lat = s.lat AND o.kind = s.kind)
                 AS is_clean,
               coalesce(st.last_arrival_at > ?::timestamptz
                          - greatest(3 * s.report_interval_s, 900) * interval '1 second', false)
                 AS is_alive
        FROM sensor s
        LEFT JOIN sensor_state st ON st.sensor_id = s.id
        WHERE s.retired_at IS NULL)
      """;

  private static final String ASPECTS =
      """
      SELECT id, is_right, is_complete, is_clean, is_alive
      FROM judged
      """;

  private static final Duration REJECTED_COUNTS = Duration.ofDays(1);

  private JudgedSensors() {}

  /** A query over {@code judged}, which has a row for each sensor in service. */
  static PreparedStatement prepare(Connection connection, Instant now, String query)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(JUDGED + query);
    try {
      statement.setObject(1, now.minus(REJECTED_COUNTS).atOffset(ZoneOffset.UTC));
      statement.setObject(2, now.atOffset(ZoneOffset.UTC));
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** In which aspects each sensor in service does not hold up, by the sensor's id. */
  public static Map<Integer, Set<Aspect>> lacking(Connection connection, Instant now)
      throws SQLException {
    try (PreparedStatement query = prepare(connection, now, ASPECTS)) {
      return lacking(query);
    }
  }

  /** In which aspects a sensor does not hold up; a retired one lacks nothing. */
  public static Set<Aspect> lacking(Connection connection, Instant now, int sensorId)
      throws SQLException {
    try (PreparedStatement query = prepare(connection, now, ASPECTS + "WHERE id = ?")) {
      query.setInt(3, sensorId);
      return lacking(query).getOrDefault(sensorId, Set.of());
    }
  }

  private static Map<Integer, Set<Aspect>> lacking(PreparedStatement query) throws SQLException {
    Map<Integer, Set<Aspect>> lacking = new HashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Set<Aspect> lacks = EnumSet.noneOf(Aspect.class);
        for (Aspect aspect : Aspect.values()) {
          if (!row.getBoolean("is_" + aspect.key())) {
            lacks.add(aspect);
          }
        }
        lacking.put(row.getInt("id"), lacks);
      }
    }
    return lacking;
  }
}
