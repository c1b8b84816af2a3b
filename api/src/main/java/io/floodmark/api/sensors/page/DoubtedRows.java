package io.floodmark.api.sensors.page;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads which readings of a sensor are doubted, by what is said of them up to now. */
final class DoubtedRows {
  private static final String SELECT =
      """
      SELECT observed_at, depth_mm, flag, reasons
      FROM (
        SELECT r.observed_at, r.depth_mm, r.qc_reasons | coalesce(v.reasons, 0) AS reasons,
               CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc) ELSE greatest(r.qc, v.flag) END AS flag
        FROM whole_reading r
        LEFT JOIN (
          SELECT observed_at, max(flag) AS flag, bit_or(qc_reason) AS reasons
          FROM reading_verdict
          WHERE sensor_id = ? AND observed_at >= ?
          GROUP BY observed_at
        ) AS v ON v.observed_at = r.observed_at
        WHERE r.sensor_id = ? AND r.observed_at >= ?
      ) AS judged
      WHERE flag IN (3, 4)
      ORDER BY observed_at DESC
      LIMIT ?
      """;

  private DoubtedRows() {}

  /** The newest {@code limit} of them since {@code from}, one reading each, newest first. */
  static List<DoubtedRun> since(Connection connection, int sensorId, Instant from, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      OffsetDateTime begin = from.atOffset(ZoneOffset.UTC);
      select.setInt(1, sensorId);
      select.setObject(2, begin);
      select.setInt(3, sensorId);
      select.setObject(4, begin);
      select.setInt(5, limit);
      List<DoubtedRun> doubted = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int depthMm = row.getInt("depth_mm");
          OptionalInt depth = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(depthMm);
          doubted.add(
              DoubtedRun.of(
                  row.getObject("observed_at", OffsetDateTime.class).toInstant(),
                  depth,
                  row.getInt("flag") == QualityFlag.BAD.code(),
                  QualityReason.ofBits(row.getInt("reasons"))));
        }
      }
      return doubted;
    }
  }
}
