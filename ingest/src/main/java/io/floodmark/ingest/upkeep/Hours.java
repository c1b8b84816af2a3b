package io.floodmark.ingest.upkeep;

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
import java.util.concurrent.TimeUnit;

/**
 * Tells the readings of each hour in a row of {@code reading_hour}: once, two hours after its end,
 * and again after something came late. In between readers take such an hour from the readings, so
 * what they see is right at any time.
 */
final class Hours implements Upkeep.Work {
  /**
   * Whoever writes a reading names its hour as late from an hour after its end, see {@code
   * io.floodmark.ingest.commit.LateHours}: a transaction of up to an hour is not overlooked.
   */
  static final Duration TOLD_AFTER = Duration.ofHours(2);

  // So that no statement of a database that is told for the first time takes long, nor do years
  // without readings.
  private static final Duration SPAN_LEAST = Duration.ofHours(1);
  private static final Duration SPAN_MOST = Duration.ofDays(64);
  private static final int ROWS_FEW = 2_500;
  private static final int ROWS_MANY = 10_000;

  private static final int LATE_AT_A_TIME = 500;
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final String ROLLED_UNTIL = "SELECT rolled_until FROM reading_rollup FOR UPDATE";

  // The oldest reading: of each sensor, for the key begins with it.
  private static final String BEGIN =
      """
      INSERT INTO reading_rollup (rolled_until)
      SELECT date_bin('1 hour', least(min(oldest.at), ?), 'epoch')
      FROM sensor s
      LEFT JOIN LATERAL (
        SELECT min(observed_at) AS at FROM reading WHERE sensor_id = s.id
      ) AS oldest ON true
      ON CONFLICT DO NOTHING
      """;

  private static final String TELL =
      """
      INSERT INTO reading_hour
      SELECT h.* FROM sensor s CROSS JOIN LATERAL readings_by_hour(s.id, ?, ?) AS h
      """;

  private static final String ADVANCE = "UPDATE reading_rollup SET rolled_until = ?";

  // Hours that were not told yet are told when they are due.
  private static final String TELL_AGAIN =
      """
      WITH taken AS (
        DELETE FROM reading_late
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM reading_late LIMIT %d))
        RETURNING sensor_id, hour
      )
      SELECT DISTINCT sensor_id, hour FROM taken WHERE hour < ?
      """
          .formatted(LATE_AT_A_TIME);

  private static final String FORGET = "DELETE FROM reading_hour WHERE sensor_id = ? AND hour = ?";

  private static final String TELL_ONE =
      """
      INSERT INTO reading_hour
      SELECT h.* FROM readings_by_hour(?, ?::timestamptz, ?::timestamptz + interval '1 hour') AS h
      """;

  private Duration span = SPAN_LEAST;

  @Override
  public boolean run(Connection connection, Instant now) throws SQLException {
    long start = System.nanoTime();
    boolean more = true;
    while (more && System.nanoTime() - start < TURN_NANOS) {
      connection.setAutoCommit(false);
      OffsetDateTime from = rolledUntil(connection, now);
      OffsetDateTime until = tell(connection, from, now);
      // What was told just now too: something may have been committed since its statement began.
      boolean late = tellAgain(connection, until);
      connection.commit();
      connection.setAutoCommit(true);
      more = until.isAfter(from) || late;
    }
    return !more;
  }

  private static OffsetDateTime rolledUntil(Connection connection, Instant now)
      throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(ROLLED_UNTIL)) {
      if (row.next()) {
        return row.getObject(1, OffsetDateTime.class);
      }
    }
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setObject(1, due(now));
      begin.executeUpdate();
    }
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(ROLLED_UNTIL)) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  /** The end of the last hour that is to be told. */
  private static OffsetDateTime due(Instant now) {
    return now.minus(TOLD_AFTER).truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC);
  }

  /** Until when it is told now; {@code from} where there was nothing to tell. */
  private OffsetDateTime tell(Connection connection, OffsetDateTime from, Instant now)
      throws SQLException {
    OffsetDateTime due = due(now);
    if (!from.isBefore(due)) {
      return from;
    }
    OffsetDateTime to = from.plus(span).isBefore(due) ? from.plus(span) : due;
    try (PreparedStatement tell = connection.prepareStatement(TELL);
        PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      tell.setObject(1, from);
      tell.setObject(2, to);
      int rows = tell.executeUpdate();
      advance.setObject(1, to);
      advance.executeUpdate();
      if (rows < ROWS_FEW && span.compareTo(SPAN_MOST) < 0) {
        span = span.multipliedBy(2);
      } else if (rows > ROWS_MANY && span.compareTo(SPAN_LEAST) > 0) {
        span = span.dividedBy(2);
      }
    }
    return to;
  }

  /** Whether there may be more. */
  private static boolean tellAgain(Connection connection, OffsetDateTime until)
      throws SQLException {
    int taken = 0;
    try (PreparedStatement take = connection.prepareStatement(TELL_AGAIN);
        PreparedStatement forget = connection.prepareStatement(FORGET);
        PreparedStatement tell = connection.prepareStatement(TELL_ONE)) {
      take.setObject(1, until);
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          taken++;
          int sensorId = row.getInt("sensor_id");
          OffsetDateTime hour = row.getObject("hour", OffsetDateTime.class);
          forget.setInt(1, sensorId);
          forget.setObject(2, hour);
          forget.executeUpdate();
          tell.setInt(1, sensorId);
          tell.setObject(2, hour);
          tell.setObject(3, hour);
          tell.executeUpdate();
        }
      }
    }
    return taken > 0;
  }
}
