package io.floodmark.ingest.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names hours of readings that may have been told already, and to which something is added: late
 * readings, and verdicts on early ones. In the same transaction, so that no reader sees the one
 * without the other; rows are only added, so that nobody waits for it.
 */
final class LateHours {
  /**
   * How long after its end an hour counts as told. It is told an hour later than that at the
   * earliest, so that this transaction is over by then.
   */
  static final Duration AFTER = Duration.ofHours(1);

  private static final String WRITE =
      """
      INSERT INTO reading_late (sensor_id, hour)
      SELECT * FROM unnest(?::int4[], ?::timestamptz[])
      """;

  /** An hour of a sensor. */
  record Hour(int sensorId, Instant begin) {}

  private LateHours() {}

  /** Writes in the caller's transaction; a batch of live readings has none, and costs nothing. */
  static void write(
      Connection connection,
      Collection<ReadingRow> rows,
      Collection<Verdicts.Row> verdicts,
      Instant now)
      throws SQLException {
    Set<Hour> hours = of(rows, verdicts, now);
    if (hours.isEmpty()) {
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      new Columns<>(write, List.copyOf(hours))
          .add("int4", Hour::sensorId)
          .add("timestamptz", Hour::begin);
      write.executeUpdate();
    }
  }

  /** Those hours. */
  static Set<Hour> of(Collection<ReadingRow> rows, Collection<Verdicts.Row> verdicts, Instant now) {
    Instant live = now.minus(AFTER).truncatedTo(ChronoUnit.HOURS);
    Set<Hour> hours = new LinkedHashSet<>();
    for (ReadingRow row : rows) {
      if (row.observedAt().isBefore(live)) {
        hours.add(new Hour(row.sensorId(), row.observedAt().truncatedTo(ChronoUnit.HOURS)));
      }
    }
    for (Verdicts.Row row : verdicts) {
      if (row.verdict().observedAt().isBefore(live)) {
        hours.add(
            new Hour(row.sensorId(), row.verdict().observedAt().truncatedTo(ChronoUnit.HOURS)));
      }
    }
    return hours;
  }
}
