package io.floodmark.ingest.commit;

import io.floodmark.judging.Verdict;
import io.floodmark.quality.QualityReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes what later readings say of earlier ones: rows of {@code reading_verdict}. */
final class Verdicts {
  // What was said once is not said again; a reading that came a second time could.
  private static final String WRITE =
      """
      INSERT INTO reading_verdict (sensor_id, observed_at, test, qc_reason, flag, decided_by,
        decided_at)
      SELECT u.*, ?::timestamptz
      FROM unnest(?::int4[], ?::timestamptz[], ?::text[], ?::int4[], ?::int2[], ?::timestamptz[])
        AS u
      ON CONFLICT DO NOTHING
      """;

  /**
   * A verdict and whose it is.
   *
   * @param sensorId the sensor of both readings
   * @param decidedBy time of the reading that decided it: its identity
   */
  record Row(int sensorId, Verdict verdict, Instant decidedBy) {}

  private Verdicts() {}

  /** Writes in the caller's transaction; most batches have none, and cost nothing. */
  static void write(Connection connection, List<Row> rows, Instant now) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      write.setString(1, now.toString());
      new Columns<>(write, rows, 1)
          .add("int4", Row::sensorId)
          .add("timestamptz", row -> row.verdict().observedAt())
          .add("text", row -> row.verdict().reason().test().code())
          .add("int4", row -> QualityReason.toBits(Set.of(row.verdict().reason())))
          .add("int2", row -> row.verdict().flag().code())
          .add("timestamptz", Row::decidedBy);
      write.executeUpdate();
    }
  }
}
