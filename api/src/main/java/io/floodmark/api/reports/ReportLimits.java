package io.floodmark.api.reports;

import io.floodmark.report.ReportCategory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many reports are taken from where. Counted in the transaction that stores the report, so two
 * at once cannot both be the last. Addresses stay in the count for at most {@link #KEPT}.
 *
 * <p>Many phones share one address of a mobile network, so an address may file more than one
 * household would. While water stands in the streets floods are counted four times as generously.
 */
final class ReportLimits {
  /** Longer than the longest window. */
  static final Duration KEPT = Duration.ofHours(25);

  private static final int RAIN_FACTOR = 4;

  private static final Limit ADDRESS = new Limit(10, 40);
  private static final Limit ADDRESS_FLOOD = new Limit(20, 60);
  private static final Limit PLATE = new Limit(6, 20);
  private static final Limit CATEGORY = new Limit(120, 600);
  private static final Limit CATEGORY_FLOOD = new Limit(300, 2_000);

  private ReportLimits() {}

  private record Limit(int perHour, int perDay) {
    Limit times(int factor) {
      return new Limit(perHour * factor, perDay * factor);
    }
  }

  /**
   * Counts one more, unless that is too many.
   *
   * @return when the next is taken, if this one is not; the caller then has to roll back
   */
  static Optional<Instant> count(
      Connection connection,
      String address,
      Optional<String> plate,
      ReportCategory category,
      Instant now)
      throws SQLException {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Map<String, Limit> counts = counts(connection, address, plate, category, now);
    for (String who : counts.keySet()) {
      add(connection, who, hour);
    }
    return freeAt(connection, counts, 0, hour);
  }

  /**
   * Looks whether one more would be too many, and counts nothing: asked before work is spent on it.
   *
   * @return when the next is taken, if this one would not be
   */
  static Optional<Instant> look(
      Connection connection,
      String address,
      Optional<String> plate,
      ReportCategory category,
      Instant now)
      throws SQLException {
    return freeAt(
        connection,
        counts(connection, address, plate, category, now),
        1,
        now.truncatedTo(ChronoUnit.HOURS));
  }

  private static Map<String, Limit> counts(
      Connection connection,
      String address,
      Optional<String> plate,
      ReportCategory category,
      Instant now)
      throws SQLException {
    boolean isFlood = category == ReportCategory.FLOOD;
    int factor = isFlood && isRaining(connection, now) ? RAIN_FACTOR : 1;
    Map<String, Limit> counts = new LinkedHashMap<>();
    counts.put(
        (isFlood ? "flood from " : "from ") + address,
        (isFlood ? ADDRESS_FLOOD : ADDRESS).times(factor));
    plate.ifPresent(code -> counts.put("plate " + code, PLATE.times(factor)));
    counts.put("category " + category.key(), (isFlood ? CATEGORY_FLOOD : CATEGORY).times(factor));
    return counts;
  }

  private static Optional<Instant> freeAt(
      Connection connection, Map<String, Limit> counts, int more, Instant hour)
      throws SQLException {
    Optional<Instant> free = Optional.empty();
    for (Map.Entry<String, Limit> count : counts.entrySet()) {
      Optional<Instant> at = freeAt(connection, count.getKey(), count.getValue(), more, hour);
      if (at.isPresent() && (free.isEmpty() || at.get().isAfter(free.get()))) {
        free = at;
      }
    }
    return free;
  }

  /** Forgets what no window needs any more. */
  static void forget(Connection connection, Instant now) throws SQLException {
    Bound.update(connection, "DELETE FROM report_tally WHERE hour < ?", now.minus(KEPT));
  }

  private static void add(Connection connection, String who, Instant hour) throws SQLException {
    Bound.update(
        connection,
        """
        INSERT INTO report_tally (who, hour, reports) VALUES (?, ?, 1)
        ON CONFLICT (who, hour) DO UPDATE SET reports = report_tally.reports + 1
        """,
        who,
        hour);
  }

  private static Optional<Instant> freeAt(
      Connection connection, String who, Limit limit, int more, Instant hour) throws SQLException {
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT coalesce(sum(reports) FILTER (WHERE hour = ?), 0) AS this_hour, sum(reports) AS this_day, min(hour) AS oldest
                FROM report_tally
                WHERE who = ? AND hour > ?
                """,
                hour,
                who,
                hour.minus(1, ChronoUnit.DAYS));
        ResultSet row = select.executeQuery()) {
      row.next();
      if (row.getInt("this_day") + more > limit.perDay()) {
        return Bound.time(row, "oldest").map(oldest -> oldest.plus(1, ChronoUnit.DAYS));
      }
      return row.getInt("this_hour") + more > limit.perHour()
          ? Optional.of(hour.plus(1, ChronoUnit.HOURS))
          : Optional.empty();
    }
  }

  private static boolean isRaining(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT EXISTS (SELECT FROM alert WHERE kind = 'flood' AND (state = 'active' OR cleared_at > ?))
                """,
                now.minus(Duration.ofHours(2)));
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
