package io.floodmark.e2e.durability;

/** Counts what must not be among alerts, whatever happened. */
final class AlertSql {
  // Of the machine's own transitions: what people and time do beside them leaves the level alone.
  static final String BROKEN_CHAINS =
      """
      SELECT count(*)
      FROM (SELECT e.from_level,
                   coalesce(lag(e.to_level) OVER (PARTITION BY e.sensor_id, a.kind ORDER BY e.id),
                            0) AS before
            FROM alert_event e JOIN alert a ON a.id = e.alert_id
            WHERE e.kind IN ('raised', 'escalated', 'lowered', 'recounted', 'cleared')) links
      WHERE from_level <> before
      """;

  // What the state remembers of a sensor is what its alerts say: nothing stuck either way.
  static final String STUCK =
      """
      SELECT count(*)
      FROM sensor_state st
      LEFT JOIN alert f ON f.sensor_id = st.sensor_id AND f.kind = 'flood' AND f.state = 'active'
      LEFT JOIN alert q ON q.sensor_id = st.sensor_id AND q.kind = 'silent' AND q.state = 'active'
      WHERE st.alert_level <> coalesce(f.level, 0) OR st.alert_id IS DISTINCT FROM f.id
        OR coalesce((st.watch ->> 'silent')::bool, false) <> (q.id IS NOT NULL)
      """;

  static final String NOT_OF_ONE_PIECE =
      """
      SELECT count(*)
      FROM (SELECT count(*) FILTER (WHERE kind = 'raised') AS raised,
                   count(*) FILTER (WHERE kind = 'cleared') AS cleared
            FROM alert_event GROUP BY alert_id) alerts
      WHERE raised <> 1 OR cleared > 1
      """;

  private AlertSql() {}
}
