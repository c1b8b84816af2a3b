package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.BatchOutcome.Rejected;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what was rejected: counted always, kept up to a number of rows a sensor and UTC day. Where
 * two processes do so for one sensor at the same moment, a few rows more may be kept.
 */
final class RejectedMessages {
  /** Rows kept for one sensor and UTC day. */
  static final int ROWS_A_DAY_MAX = 1_000;

  /** How long they are kept. */
  static final Period KEPT = Period.ofDays(30);

  /** In the tally, messages of no sensor that is known. */
  private static final int NO_SENSOR = 0;

  private static final String COUNTED =
      """
      SELECT t.day, t.sensor_id, sum(t.messages) AS messages
      FROM rejected_tally t
      JOIN (SELECT DISTINCT * FROM unnest(?::date[], ?::int4[])) AS u (day, sensor_id)
        ON t.day = u.day AND t.sensor_id = u.sensor_id
      GROUP BY t.day, t.sensor_id
      """;

  private static final String COUNT =
      """
      INSERT INTO rejected_tally AS t (day, sensor_id, reason, messages)
      SELECT * FROM unnest(?::date[], ?::int4[], ?::text[], ?::int8[])
      ON CONFLICT (day, sensor_id, reason) DO UPDATE SET messages = t.messages + excluded.messages
      """;

  private static final String KEEP =
      """
      INSERT INTO rejected_message (received_at, sensor_id, topic, reason, detail, size_bytes, payload)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DELETE = "DELETE FROM rejected_message WHERE received_at < ?";

  private RejectedMessages() {}

  private record Day(LocalDate day, int sensorId) {
    static Day of(Rejected message) {
      return new Day(
          LocalDate.ofInstant(message.receivedAt(), ZoneOffset.UTC),
          message.sensorId().orElse(NO_SENSOR));
    }
  }

  private record Tally(Day day, String reason) {}

  /** Counts and keeps, in the caller's transaction. */
  static void write(Connection connection, List<Rejected> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    Map<Day, Long> counted =
        countedBefore(connection, messages.stream().map(Day::of).distinct().toList());
    count(connection, messages);
    List<Rejected> kept = new ArrayList<>();
    for (Rejected message : messages) {
      if (counted.merge(Day.of(message), 1L, Long::sum) <= ROWS_A_DAY_MAX) {
        kept.add(message);
      }
    }
    keep(connection, kept);
  }

  /** Deletes what is older than {@link #KEPT}; returns how much that was. */
  static int deleteOld(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, now.atOffset(ZoneOffset.UTC).minus(KEPT));
      return delete.executeUpdate();
    }
  }

  private static Map<Day, Long> countedBefore(Connection connection, Collection<Day> days)
      throws SQLException {
    Map<Day, Long> counted = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(COUNTED)) {
      new Columns<>(select, days).add("date", Day::day).add("int4", Day::sensorId);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          counted.put(
              new Day(row.getObject("day", LocalDate.class), row.getInt("sensor_id")),
              row.getLong("messages"));
        }
      }
    }
    return counted;
  }

  private static void count(Connection connection, List<Rejected> messages) throws SQLException {
    // Sorted, so that two processes that count the same wait for each other and do not deadlock.
    Map<Tally, Long> tallies =
        new TreeMap<>(
            Comparator.comparing((Tally tally) -> tally.day().day())
                .thenComparing(tally -> tally.day().sensorId())
                .thenComparing(Tally::reason));
    for (Rejected message : messages) {
      tallies.merge(new Tally(Day.of(message), message.rejection().reason().code()), 1L, Long::sum);
    }
    try (PreparedStatement insert = connection.prepareStatement(COUNT)) {
      new Columns<>(insert, tallies.entrySet())
          .add("date", tally -> tally.getKey().day().day())
          .add("int4", tally -> tally.getKey().day().sensorId())
          .add("text", tally -> tally.getKey().reason())
          .add("int8", Map.Entry::getValue);
      insert.executeUpdate();
    }
  }

  private static void keep(Connection connection, List<Rejected> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
      for (Rejected message : messages) {
        Rejection rejection = message.rejection();
        insert.setObject(1, OffsetDateTime.ofInstant(message.receivedAt(), ZoneOffset.UTC));
        insert.setObject(
            2,
            message.sensorId().isPresent() ? message.sensorId().getAsInt() : null,
            Types.INTEGER);
        insert.setString(3, Rejection.storable(message.topic()));
        insert.setString(4, rejection.reason().code());
        insert.setString(5, rejection.detail());
        insert.setInt(6, rejection.sizeBytes());
        insert.setBytes(7, rejection.excerpt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
