package io.floodmark.ingest.commit;

import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the months of a batch have partitions. Remembers those it asked for, so that the
 * database is asked once a month. An instance is confined to the commit thread.
 */
final class Months {
  private static final Logger log = LoggerFactory.getLogger(Months.class);

  /** Readings from before this month are stamped on arrival. */
  private static final YearMonth FIRST = YearMonth.of(2020, 1);

  // Attaching a partition locks the default one against readers too: a dump or a slow chart would
  // make it wait, and every commit behind it.
  private static final Duration RETRY = Duration.ofMinutes(1);

  // lock timeout, statement timeout, deadlock, and a reading that came into the default partition
  // while its month was moved out
  private static final Set<String> BUSY = Set.of("55P03", "57014", "40P01", "23514");

  private static final String HAS_DEFAULT_PARTITION =
      "SELECT to_regclass('reading_default') IS NOT NULL";

  private static final String IN_DEFAULT_PARTITION =
      """
      SELECT DISTINCT date_trunc('month', observed_at, 'UTC')
      FROM reading_default
      WHERE observed_at >= ? AND observed_at < ?
      ORDER BY 1
      """;

  private final InstantSource clock;
  private final Set<YearMonth> ensured = new HashSet<>();
  private Instant notBefore = Instant.MIN;

  Months(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Makes what is missing; where somebody reads for long, readings go to the default partition, and
   * housekeeping moves them. What a fast clock has put beyond next month stays in the default
   * partition until its month comes: a sensor must not be able to fill the catalogue.
   *
   * @param connection in auto-commit
   */
  void ensure(Connection connection, Collection<Instant> times) throws SQLException {
    Instant now = clock.instant();
    YearMonth last = monthOf(now).plusMonths(1);
    for (Instant time : times) {
      YearMonth month = monthOf(time);
      if (month.isBefore(FIRST) || month.isAfter(last) || ensured.contains(month)) {
        continue;
      }
      if (!now.isBefore(notBefore) && tryEnsure(connection, time)) {
        ensured.add(month);
      } else if (!now.isBefore(notBefore)) {
        // Otherwise every batch would wait for the lock.
        notBefore = now.plus(RETRY);
      }
    }
  }

  /**
   * Housekeeping: makes next month, and the months whose readings had to go to the default
   * partition.
   *
   * @param connection in auto-commit
   * @return whether all are there
   */
  static boolean ensureAll(Connection connection, Instant now) throws SQLException {
    Instant nextMonth = startOf(monthOf(now).plusMonths(1));
    boolean all = true;
    for (Instant month : inDefaultPartition(connection, startOf(monthOf(now).plusMonths(2)))) {
      all &= tryEnsure(connection, month);
    }
    return tryEnsure(connection, nextMonth) && all;
  }

  private static List<Instant> inDefaultPartition(Connection connection, Instant before)
      throws SQLException {
    List<Instant> months = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(HAS_DEFAULT_PARTITION)) {
      if (!result.next() || !result.getBoolean(1)) {
        return months;
      }
    }
    try (PreparedStatement select = connection.prepareStatement(IN_DEFAULT_PARTITION)) {
      select.setObject(1, startOf(FIRST).atOffset(ZoneOffset.UTC));
      select.setObject(2, before.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          months.add(row.getObject(1, OffsetDateTime.class).toInstant());
        }
      }
    }
    return months;
  }

  /** Whether the month is there; not if others kept the lock that attaching it needs. */
  private static boolean tryEnsure(Connection connection, Instant time) throws SQLException {
    execute(connection, "SET lock_timeout = '500ms'");
    try {
      Schema.ensurePartition(connection, time);
    } catch (SQLException e) {
      if (!BUSY.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      log.warn(
          "Readings of {} go to the default partition until a partition can be made: {}",
          monthOf(time),
          e.getMessage());
      return false;
    } finally {
      if (!connection.isClosed()) {
        execute(connection, "RESET lock_timeout");
      }
    }
    return true;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static YearMonth monthOf(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC));
  }

  private static Instant startOf(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
