package io.floodmark.api.readings;

import io.floodmark.quality.QualityReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the readings of one sensor. The flag of each is the one that it came with, or a graver one
 * that later readings gave it.
 */
final class ReadingRows {
  /** Longer than a year of readings every minute takes; what is slower had better be refused. */
  static final int QUERY_TIMEOUT_S = 15;

  private static final int FETCH_ROWS = 2_000;

  private ReadingRows() {}

  /**
   * What has to be known of the sensor.
   *
   * @param groundMm how far below it the ground lies; empty where it measures no distance
   */
  record Source(int sensorId, Duration reportInterval, OptionalInt groundMm) {}

  /** The sensor of this code, retired or not. */
  static Optional<Source> source(Connection connection, String code) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT id, report_interval_s, mount_height_mm + offset_mm AS ground_mm
            FROM sensor
            WHERE code = ?
            """)) {
      select.setString(1, code);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Source(
                    row.getInt("id"),
                    Duration.ofSeconds(row.getInt("report_interval_s")),
                    integer(row, "ground_mm")))
            : Optional.empty();
      }
    }
  }

  /**
   * Reduces the range to one row a step, in the database. A bad depth (QARTOD 4) bends nothing:
   * mean, least and greatest depth are of the others. Where there are no others the mean is of the
   * bad ones, to be shown as a doubted mark, and least and greatest are absent to tell it apart.
   *
   * <p>Long steps are made of hours that are told already, see {@link HourRows}. Of shorter ones,
   * every step is a short range of the primary key. Grouping by {@code date_bin} says the same, but
   * no planner knows how few groups that gives, and it sorts a million rows on disk.
   *
   * @param offset of the clock by which steps begin at round times
   */
  static List<Bucket> buckets(
      Connection connection, Source source, TimeRange range, Duration step, ZoneOffset offset)
      throws SQLException {
    return HourRows.canTell(step, offset)
        ? HourRows.buckets(connection, source, range, step, offset)
        : bucketsOfReadings(connection, source, range, step, offset);
  }

  /** The same from the readings alone, however long the steps. */
  static List<Bucket> bucketsOfReadings(
      Connection connection, Source source, TimeRange range, Duration step, ZoneOffset offset)
      throws SQLException {
    // For SET LOCAL; the pool rolls back what is open when the connection returns.
    connection.setAutoCommit(false);
    try (Statement settings = connection.createStatement();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT step.start, bucket.*
                FROM generate_series(?::timestamptz, ?::timestamptz, ?::interval) AS step (start)
                CROSS JOIN LATERAL (
                  SELECT count(*) AS readings,
                         round(coalesce(avg(depth_mm) FILTER (WHERE qc <> 4), avg(depth_mm)))
                           ::integer AS depth_mm,
                         min(depth_mm) FILTER (WHERE qc <> 4) AS min_mm,
                         max(depth_mm) FILTER (WHERE qc <> 4) AS max_mm,
                         max(CASE qc WHEN 9 THEN 0 WHEN 2 THEN 1 WHEN 1 THEN 2 WHEN 3 THEN 3 ELSE 4
                             END) AS worst,
                         bit_or(reasons) AS reasons,
                         round(avg(coalesce(?::integer - distance_mm, sent_depth_mm)))::integer
                           AS raw_mm,
                         min(observed_at) AS first_at,
                         max(observed_at) AS last_at
                  FROM (
                    SELECT r.observed_at, r.depth_mm, r.distance_mm, r.sent_depth_mm,
                           r.qc_reasons | coalesce(v.reasons, 0) AS reasons,
                           CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc)
                                ELSE greatest(r.qc, v.flag) END AS qc
                    FROM whole_reading r
                    LEFT JOIN (
                      SELECT observed_at, max(flag) AS flag, bit_or(qc_reason) AS reasons
                      FROM reading_verdict
                      WHERE sensor_id = ?
                        AND observed_at >= step.start
                        AND observed_at < step.start + ?::interval
                      GROUP BY observed_at
                    ) AS v ON v.observed_at = r.observed_at
                    WHERE r.sensor_id = ?
                      AND r.observed_at >= greatest(step.start, ?)
                      AND r.observed_at < least(step.start + ?::interval, ?)
                  ) AS judged
                ) AS bucket
                WHERE bucket.readings > 0
                ORDER BY step.start
                """)) {
      // Guessing high, the planner would compile for longer than the query runs.
      settings.execute("SET LOCAL jit = off");
      String interval = step.toSeconds() + " seconds";
      select.setQueryTimeout(QUERY_TIMEOUT_S);
      select.setObject(1, StepLadder.firstStart(range, offset, step).atOffset(ZoneOffset.UTC));
      select.setObject(2, range.to().minusMillis(1).atOffset(ZoneOffset.UTC));
      select.setString(3, interval);
      select.setObject(4, boxed(source.groundMm()));
      select.setInt(5, source.sensorId());
      select.setString(6, interval);
      select.setInt(7, source.sensorId());
      select.setObject(8, range.from().atOffset(ZoneOffset.UTC));
      select.setString(9, interval);
      select.setObject(10, range.to().atOffset(ZoneOffset.UTC));
      List<Bucket> buckets = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          buckets.add(bucket(row));
        }
      }
      return buckets;
    }
  }

  static Bucket bucket(ResultSet row) throws SQLException {
    return new Bucket(
        millis(row, "start"),
        integer(row, "depth_mm"),
        integer(row, "min_mm"),
        integer(row, "max_mm"),
        Bucket.FLAGS_BEST_FIRST.get(row.getInt("worst")),
        QualityReason.ofBits(row.getInt("reasons")),
        integer(row, "raw_mm"),
        millis(row, "first_at"),
        millis(row, "last_at"));
  }

  /** Takes one reading. */
  @FunctionalInterface
  interface RowConsumer {
    /** Takes the reading that {@code row} stands on. */
    void accept(ResultSet row) throws SQLException;
  }

  /** Gives every reading of the range, oldest first, a few at a time however many there are. */
  static void forEach(Connection connection, int sensorId, TimeRange range, RowConsumer consumer)
      throws SQLException {
    // pgjdbc reads by cursor only within a transaction; the pool ends it.
    connection.setAutoCommit(false);
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT r.observed_at, r.received_at, r.distance_mm, r.depth_mm, r.low_point_depth_mm,
                   r.rain_mm,
                   CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc) ELSE greatest(r.qc, v.flag) END
                     AS qc,
                   r.battery_mv, r.rssi_dbm, r.temperature_c
            FROM whole_reading r
            LEFT JOIN LATERAL (
              SELECT max(flag) AS flag
              FROM reading_verdict
              WHERE sensor_id = r.sensor_id AND observed_at = r.observed_at
            ) AS v ON true
            WHERE r.sensor_id = ? AND r.observed_at >= ? AND r.observed_at < ?
            ORDER BY r.observed_at
            """)) {
      select.setFetchSize(FETCH_ROWS);
      select.setInt(1, sensorId);
      select.setObject(2, range.from().atOffset(ZoneOffset.UTC));
      select.setObject(3, range.to().atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          consumer.accept(row);
        }
      }
    }
  }

  private static long millis(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
  }

  private static Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
