package io.floodmark.ingest.commit;

import io.floodmark.reading.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What of a batch is stored already. It stays true to the end of the transaction if the sensors'
 * states were {@linkplain StateTable#lock locked} before it was asked. Immutable.
 */
final class StoredReadings {
  /** Nothing is known to be stored. */
  static final StoredReadings NONE = new StoredReadings(Map.of(), Set.of());

  // The bounds let the planner leave partitions and chunks out.
  private static final String BY_TIME =
      """
      SELECT r.sensor_id, r.observed_at, r.received_at, r.distance_mm, r.sent_depth_mm, r.rain_mm,
        r.stamped, r.seq
      FROM unnest(?::int4[], ?::timestamptz[]) AS k (sensor_id, observed_at)
      JOIN whole_reading r ON r.sensor_id = k.sensor_id AND r.observed_at = k.observed_at
      WHERE r.observed_at BETWEEN ?::timestamptz AND ?::timestamptz
      """;

  private static final String BY_SEQ =
      """
      SELECT r.sensor_id, r.observed_at, r.received_at, r.distance_mm, r.sent_depth_mm, r.rain_mm,
        r.stamped, r.seq
      FROM unnest(?::int4[], ?::int8[]) AS k (sensor_id, seq)
      JOIN whole_reading r ON r.sensor_id = k.sensor_id AND r.seq = k.seq
      WHERE r.stamped AND r.observed_at BETWEEN ?::timestamptz AND ?::timestamptz
      """;

  /** A reading without a time, as its repetition would look. */
  record Numbered(int sensorId, long seq, Measurement measurement) {}

  /** A reading as it is stored, as far as it tells whether another is the same. */
  record Stored(
      ReadingKey key,
      Instant receivedAt,
      Measurement measurement,
      boolean stamped,
      Optional<Long> seq) {}

  private final Map<ReadingKey, Stored> byKey;
  private final Set<Numbered> numbered;

  private StoredReadings(Map<ReadingKey, Stored> byKey, Set<Numbered> numbered) {
    this.byKey = byKey;
    this.numbered = numbered;
  }

  /**
   * Looks up what a batch might find.
   *
   * @param keys times of readings that may be there
   * @param numbers readings without a time that were marked as sent again
   * @param first earliest stamp that such a one may have
   * @param last latest stamp that it may have
   */
  static StoredReadings lookUp(
      Connection connection,
      Collection<ReadingKey> keys,
      Collection<Numbered> numbers,
      Instant first,
      Instant last)
      throws SQLException {
    return of(byTime(connection, keys), bySeq(connection, numbers, first, last));
  }

  /**
   * What was found.
   *
   * @param byTime by the times looked for
   * @param bySeq readings without a time, by the numbers looked for
   */
  static StoredReadings of(Collection<Stored> byTime, Collection<Stored> bySeq) {
    Map<ReadingKey, Stored> byKey = new HashMap<>();
    for (Stored stored : byTime) {
      byKey.put(stored.key(), stored);
    }
    Set<Numbered> numbered = new HashSet<>();
    for (Stored stored : bySeq) {
      numbered.add(
          new Numbered(stored.key().sensorId(), stored.seq().orElseThrow(), stored.measurement()));
    }
    return new StoredReadings(byKey, numbered);
  }

  /** Whether a reading is stored under this key. */
  boolean contains(ReadingKey key) {
    return byKey.containsKey(key);
  }

  /** What that reading measured; null where none is stored. */
  Measurement measurement(ReadingKey key) {
    Stored stored = byKey.get(key);
    return stored == null ? null : stored.measurement();
  }

  /**
   * Whether that reading was given the key by us, on arrival at {@code receivedAt}: then a commit
   * whose outcome was unknown has succeeded.
   */
  boolean hasStamped(ReadingKey key, Instant receivedAt, Reading reading) {
    Stored stored = byKey.get(key);
    return stored != null
        && stored.stamped()
        && stored.receivedAt().equals(receivedAt)
        && stored.measurement().equals(Measurement.of(reading));
  }

  /** Whether this reading without a time was found. */
  boolean contains(Numbered repetition) {
    return numbered.contains(repetition);
  }

  private static List<Stored> byTime(Connection connection, Collection<ReadingKey> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return List.of();
    }
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (ReadingKey key : keys) {
      first = key.observedAt().isBefore(first) ? key.observedAt() : first;
      last = key.observedAt().isAfter(last) ? key.observedAt() : last;
    }
    try (PreparedStatement select = connection.prepareStatement(BY_TIME)) {
      new Columns<>(select, keys)
          .add("int4", ReadingKey::sensorId)
          .add("timestamptz", ReadingKey::observedAt);
      select.setString(3, first.toString());
      select.setString(4, last.toString());
      return read(select);
    }
  }

  private static List<Stored> bySeq(
      Connection connection, Collection<Numbered> numbers, Instant first, Instant last)
      throws SQLException {
    if (numbers.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement select = connection.prepareStatement(BY_SEQ)) {
      new Columns<>(select, numbers).add("int4", Numbered::sensorId).add("int8", Numbered::seq);
      select.setString(3, first.toString());
      select.setString(4, last.toString());
      return read(select);
    }
  }

  private static List<Stored> read(PreparedStatement select) throws SQLException {
    List<Stored> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(
            new Stored(
                new ReadingKey(row.getInt("sensor_id"), instant(row, "observed_at")),
                instant(row, "received_at"),
                new Measurement(
                    optionalInt(row, "distance_mm"),
                    optionalInt(row, "sent_depth_mm"),
                    Optional.ofNullable(row.getObject("rain_mm", Float.class))),
                row.getBoolean("stamped"),
                Optional.ofNullable(row.getObject("seq", Long.class))));
      }
    }
    return found;
  }

  private static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
