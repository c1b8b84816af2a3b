package io.floodmark.api.readings;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads the same buckets as {@link ReadingRows} where a step is of whole hours: of hours that are
 * told already in table {@code reading_hour}, of the others from the readings.
 */
final class HourRows {
  // One statement, so one moment: an hour is either told, or named as late, or not told yet.
  private static final String BUCKETS =
      """
      WITH asked AS (
        SELECT ?::integer AS sensor, ?::timestamptz AS first, ?::timestamptz AS past,
               ?::timestamptz AS first_whole, ?::timestamptz AS last_whole, ?::integer AS ground
      ), told AS (
        SELECT greatest(first_whole, least(last_whole, coalesce(rolled_until, first_whole))) AS until
        FROM asked LEFT JOIN reading_rollup ON true
      ), late AS (
        SELECT DISTINCT l.hour
        FROM asked, told, reading_late l
        WHERE l.sensor_id = asked.sensor AND l.hour >= asked.first_whole AND l.hour < told.until
      ), hours AS (
        SELECT h.*
        FROM asked, told, reading_hour h
        WHERE h.sensor_id = asked.sensor AND h.hour >= asked.first_whole AND h.hour < told.until
          AND h.hour NOT IN (SELECT hour FROM late)
        UNION ALL
        SELECT h.*
        FROM (
          SELECT first, least(first_whole, past) AS past FROM asked
          UNION ALL SELECT until, past FROM asked, told
          UNION ALL SELECT hour, hour + interval '1 hour' FROM late
        ) AS part
        CROSS JOIN LATERAL readings_by_hour(?::integer, part.first, part.past) AS h
      )
      SELECT date_bin(?::interval, hour, ?::timestamptz) AS start,
             round(coalesce(sum(sound_sum) / nullif(sum(sounds), 0),
                            sum(depth_sum) / nullif(sum(depths), 0)))::integer AS depth_mm,
             min(min_mm) AS min_mm,
             max(max_mm) AS max_mm,
             max(worst) AS worst,
             bit_or(qc_reasons) AS reasons,
             round(CASE WHEN ground IS NULL THEN sum(sent_sum) / nullif(sum(sents), 0)
               ELSE (ground::numeric * sum(distances) - coalesce(sum(distance_sum), 0)
                     + coalesce(sum(alone_sum), 0)) / nullif(sum(distances) + sum(alones), 0)
               END)::integer AS raw_mm,
             min(first_at) AS first_at,
             max(last_at) AS last_at
      FROM hours, asked
      GROUP BY 1, ground
      ORDER BY 1
      """;

  private HourRows() {}

  /** Whether steps begin and end with hours of UTC, by which readings are told. */
  static boolean canTell(Duration step, ZoneOffset offset) {
    return step.toSeconds() % Duration.ofHours(1).toSeconds() == 0
        && offset.getTotalSeconds() % Duration.ofHours(1).toSeconds() == 0;
  }

  /** The buckets, oldest first; parameters as of {@link ReadingRows#buckets}. */
  static List<Bucket> buckets(
      Connection connection,
      ReadingRows.Source source,
      TimeRange range,
      Duration step,
      ZoneOffset offset)
      throws SQLException {
    // For SET LOCAL; the pool rolls back what is open when the connection returns.
    connection.setAutoCommit(false);
    try (Statement settings = connection.createStatement();
        PreparedStatement select = connection.prepareStatement(BUCKETS)) {
      settings.execute("SET LOCAL jit = off");
      select.setQueryTimeout(ReadingRows.QUERY_TIMEOUT_S);
      select.setInt(1, source.sensorId());
      select.setObject(2, at(range.from()));
      select.setObject(3, at(range.to()));
      select.setObject(4, at(nextHour(range.from())));
      select.setObject(5, at(range.to().truncatedTo(ChronoUnit.HOURS)));
      OptionalInt ground = source.groundMm();
      select.setObject(6, ground.isPresent() ? ground.getAsInt() : null);
      select.setInt(7, source.sensorId());
      select.setString(8, step.toSeconds() + " seconds");
      select.setObject(9, at(StepLadder.firstStart(range, offset, step)));
      List<Bucket> buckets = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          buckets.add(ReadingRows.bucket(row));
        }
      }
      return buckets;
    }
  }

  private static Instant nextHour(Instant at) {
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(at) ? at : hour.plus(1, ChronoUnit.HOURS);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
