package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.BatchOutcome.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Writes what sensors, or their wills, say of them: rows of {@code sensor_status}. */
final class Statuses {
  // An older word that comes in later, from a process whose commit had to wait, changes nothing.
  // Who says the same again has said it since the first time.
  private static final String WRITE =
      """
      INSERT INTO sensor_status AS s (sensor_id, status, by_will, since)
      SELECT * FROM unnest(?::int4[], ?::text[], ?::bool[], ?::timestamptz[])
      ON CONFLICT (sensor_id) DO UPDATE
      SET status = excluded.status, by_will = excluded.by_will, since = excluded.since
      WHERE s.since <= excluded.since
        AND (s.status, s.by_will) IS DISTINCT FROM (excluded.status, excluded.by_will)
      """;

  private Statuses() {}

  /** Writes in the caller's transaction, by sensor id. */
  static void write(Connection connection, Map<Integer, Status> statuses) throws SQLException {
    if (statuses.isEmpty()) {
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      new Columns<>(write, new TreeMap<>(statuses).entrySet())
          .add("int4", Map.Entry::getKey)
          .add("text", status -> status.getValue().change().online() ? "online" : "offline")
          .add("bool", status -> status.getValue().change().byWill())
          .add("timestamptz", status -> status.getValue().since());
      write.executeUpdate();
    }
  }
}
