package io.floodmark.ingest.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Writes {@code sensor_state}, guarded by the version that was read. */
final class StateUpdate {
  private static final String UPDATE =
      """
      UPDATE sensor_state st
      SET version = st.version + 1,
        last_arrival_at = u.last_arrival_at, last_stamp_at = u.last_stamp_at,
        evaluated_at = u.evaluated_at, evaluated_arrival_at = u.evaluated_arrival_at,
        observed_at = u.observed_at, distance_mm = u.distance_mm, depth_mm = u.depth_mm,
        low_point_depth_mm = u.low_point_depth_mm, rain_mm = u.rain_mm, qc = u.qc,
        battery_mv = u.battery_mv, rssi_dbm = u.rssi_dbm, temperature_c = u.temperature_c,
        level = u.level, trend_mm_per_min = u.trend_mm_per_min, memory = u.memory,
        alert_level = u.alert_level, due_at = u.due_at, watch = u.watch
      FROM %s
        AS u (sensor_id, version, last_arrival_at, last_stamp_at, evaluated_at,
        evaluated_arrival_at, observed_at, distance_mm, depth_mm, low_point_depth_mm, rain_mm,
        qc, battery_mv, rssi_dbm, temperature_c, level, trend_mm_per_min, memory, alert_level,
        due_at, watch)
      WHERE st.sensor_id = u.sensor_id AND st.version = u.version
      """;

  private static final String OF_MANY =
      UPDATE.formatted(
              """
              unnest(?::int4[], ?::int8[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                ?::timestamptz[], ?::timestamptz[], ?::int4[], ?::int4[], ?::int4[], ?::float4[],
                ?::int2[], ?::int4[], ?::int4[], ?::float4[], ?::int2[], ?::float4[], ?::json[],
                ?::int2[], ?::timestamptz[], ?::json[])
              """)
          + "RETURNING st.sensor_id";

  /** Of one, whose columns are parameters in the order of {@link StateRows}. */
  static final String OF_ONE =
      UPDATE.formatted(
          """
          (VALUES (?::int4, ?::int8, ?::timestamptz, ?::timestamptz, ?::timestamptz,
            ?::timestamptz, ?::timestamptz, ?::int4, ?::int4, ?::int4, ?::float4, ?::int2,
            ?::int4, ?::int4, ?::float4, ?::int2, ?::float4, ?::json, ?::int2, ?::timestamptz,
            ?::json))
          """);

  private StateUpdate() {}

  /**
   * Writes each state whose row still has the version that was read.
   *
   * @return the sensors written; of the others somebody else has changed the row
   */
  static Set<Integer> write(Connection connection, StateRows states) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(OF_MANY)) {
      states.bind(update);
      Set<Integer> written = new HashSet<>();
      try (ResultSet result = update.executeQuery()) {
        while (result.next()) {
          written.add(result.getInt(1));
        }
      }
      return written;
    }
  }
}
