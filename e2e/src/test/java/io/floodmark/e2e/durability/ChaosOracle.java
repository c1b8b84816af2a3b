package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds what sensors sent and were told against what the database says. */
final class ChaosOracle {
  private static final String ROWS =
      """
      SELECT r.seq, r.observed_at, r.distance_mm
      FROM whole_reading r JOIN sensor s ON s.id = r.sensor_id WHERE s.code = ?
      """;

  private static final String FLOODS =
      """
      SELECT coalesce(string_agg(a.state || ' ' || a.level, ', ' ORDER BY a.id), 'none')
      FROM alert a JOIN sensor s ON s.id = a.sensor_id AND s.code = ? WHERE a.kind = 'flood'
      """;

  private static final String NEWEST =
      """
      SELECT st.observed_at FROM sensor_state st JOIN sensor s ON s.id = st.sensor_id
      WHERE s.code = ?
      """;

  private static final String REJECTED =
      """
      SELECT coalesce(string_agg(reason || ' ' || convert_from(payload, 'UTF8'), ', '), '')
      FROM rejected_message WHERE ? <> ''
      """;

  private final KilledServer floodmark;

  ChaosOracle(KilledServer floodmark) {
    this.floodmark = floodmark;
  }

  /**
   * At any time: what was acknowledged is stored as it was sent, nothing is stored twice, and
   * nothing that was never sent.
   *
   * @return how many rows there are
   */
  int check(List<ChaosSensor> sensors) throws SQLException {
    int rows = 0;
    for (ChaosSensor sensor : sensors) {
      Map<Long, ChaosSensor.Sent> acknowledged = sensor.acknowledged();
      Set<Long> missing = new HashSet<>(acknowledged.keySet());
      Map<Long, Stored> stored = stored(sensor.code());
      missing.removeAll(stored.keySet());
      assertEquals(Set.of(), missing, sensor.code() + ": acknowledged, but not stored");
      assertAsSent(sensor, stored);
      rows += stored.size();
    }
    return rows;
  }

  /** At the end, when all is acknowledged: all is stored, and the alerts are what it comes to. */
  void checkEnd(List<ChaosSensor> sensors) throws SQLException {
    for (ChaosSensor sensor : sensors) {
      assertEquals(
          sensor.sent().size(),
          stored(sensor.code()).size(),
          sensor.code() + ": stored is what was sent");
    }
    assertEquals("", text(REJECTED, "all"), "nothing is rejected");
    assertEquals(0, floodmark.count(AlertSql.BROKEN_CHAINS), "each step begins at the last one");
    assertEquals(0, floodmark.count(AlertSql.NOT_OF_ONE_PIECE), "raised once, cleared once");
  }

  /** States and levels of a sensor's floods, oldest first. */
  String floods(String code) {
    return unchecked(() -> text(FLOODS, code));
  }

  /** Whether what the states remember is what the alerts say. */
  boolean statesAgree() {
    return floodmark.count(AlertSql.STUCK) == 0;
  }

  /** What is stored of the sensor, in the order in which it was measured. */
  List<LoadSensor.Sent> readings(String code) throws SQLException {
    return new TreeMap<>(stored(code))
        .values().stream().map(row -> new LoadSensor.Sent(row.millis(), row.distanceMm())).toList();
  }

  /** When the sensor's newest reading was. */
  Instant newest(String code) throws SQLException {
    try (Connection connection = floodmark.database().connect();
        PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setString(1, code);
      try (ResultSet row = query.executeQuery()) {
        assertTrue(row.next(), code + " has a state");
        return row.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  private record Stored(long millis, int distanceMm) {}

  private static void assertAsSent(ChaosSensor sensor, Map<Long, Stored> stored) {
    Map<Long, ChaosSensor.Sent> sent = new HashMap<>();
    sensor.sent().forEach(reading -> sent.put(reading.seq(), reading));
    stored.forEach(
        (seq, row) -> {
          ChaosSensor.Sent reading = sent.get(seq);
          String which = sensor.code() + " " + seq;
          assertTrue(sent.containsKey(seq), which + " was never sent");
          assertEquals(reading.distanceMm(), row.distanceMm(), which + ": the value");
          assertEquals(reading.tsMillis().orElse(row.millis()), row.millis(), which + ": the time");
        });
  }

  private Map<Long, Stored> stored(String code) throws SQLException {
    Map<Long, Stored> rows = new HashMap<>();
    try (Connection connection = floodmark.database().connect();
        PreparedStatement query = connection.prepareStatement(ROWS)) {
      query.setString(1, code);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          long millis = row.getObject(2, OffsetDateTime.class).toInstant().toEpochMilli();
          Stored before = rows.put(row.getLong(1), new Stored(millis, row.getInt(3)));
          assertEquals(null, before, code + " " + row.getLong(1) + " is stored twice");
        }
      }
    }
    return rows;
  }

  private String text(String sql, String code) throws SQLException {
    try (Connection connection = floodmark.database().connect();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, code);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private interface Query {
    String run() throws SQLException;
  }

  private static String unchecked(Query query) {
    try {
      return query.run();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
