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
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops readings that are too old, a month or a chunk at a time, with what was told of their hours
 * and what later readings said of them. Alerts and their history stay: they hold what they rest on.
 */
final class Retention implements Upkeep.Work {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final String IS_PARTITIONED =
      "SELECT relkind = 'p' FROM pg_class WHERE oid = 'reading'::regclass";

  private static final String OLD_MONTHS =
      """
      SELECT name, until FROM (
        SELECT c.oid::regclass::text AS name,
          (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$TO \\('([^']+)'\\)$$))[1]::timestamptz
            AS until
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'reading'::regclass
      ) AS month
      WHERE until <= ?
      ORDER BY until
      """;

  private static final String OLD_CHUNKS =
      """
      SELECT format('%I.%I', chunk_schema, chunk_name) AS name, range_end AS until
      FROM timescaledb_information.chunks
      WHERE hypertable_name = 'reading' AND hypertable_schema = current_schema() AND range_end <= ?
      ORDER BY range_end
      """;

  /**
   * Before the readings, so that none of it outlives them; each for itself, so that no lock does.
   */
  private static final List<String> WHAT_HANGS_ON_THEM =
      List.of(
          "DELETE FROM reading_hour WHERE hour < ?",
          "DELETE FROM reading_verdict WHERE observed_at < ?",
          "DELETE FROM reading_late WHERE hour < ?");

  private static final String DROP_CHUNKS =
      "SELECT count(*) FROM drop_chunks('reading', older_than => ?::timestamptz)";

  /** What came so late that its month was gone. */
  private static final String HAS_STRAYS =
      "SELECT EXISTS (SELECT FROM reading_default WHERE observed_at < ?)";

  private static final String DELETE_STRAYS = "DELETE FROM reading_default WHERE observed_at < ?";

  private final Duration kept;

  /**
   * Retention of whole months, or chunks.
   *
   * @param kept how old a reading may become
   */
  Retention(Duration kept) {
    this.kept = kept;
  }

  private record Old(List<String> names, OffsetDateTime until) {}

  @Override
  public boolean run(Connection connection, Instant now) throws SQLException {
    OffsetDateTime oldest = now.minus(kept).atOffset(ZoneOffset.UTC);
    if (isTrue(connection, IS_PARTITIONED)) {
      dropMonths(connection, oldest.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1));
    } else {
      dropChunks(connection, oldest);
    }
    return true;
  }

  private void dropMonths(Connection connection, OffsetDateTime until) throws SQLException {
    Old old = old(connection, OLD_MONTHS, until);
    if (!old.names().isEmpty() || hasStrays(connection, until)) {
      deleteWhatHangsOnThem(connection, until);
      for (String name : old.names()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("DROP TABLE " + name);
        }
      }
      update(connection, DELETE_STRAYS, until);
      dropped(old.names(), until);
    }
  }

  private void dropChunks(Connection connection, OffsetDateTime oldest) throws SQLException {
    Old old = old(connection, OLD_CHUNKS, oldest);
    if (!old.names().isEmpty()) {
      deleteWhatHangsOnThem(connection, old.until());
      try (PreparedStatement drop = connection.prepareStatement(DROP_CHUNKS)) {
        drop.setObject(1, old.until());
        drop.execute();
      }
      dropped(old.names(), old.until());
    }
  }

  private void dropped(List<String> names, OffsetDateTime until) {
    log.info(
        "Dropped readings of before {}, older than {} days: {}.",
        until,
        kept.toDays(),
        names.isEmpty() ? "a few that came late" : String.join(", ", names));
  }

  private static void deleteWhatHangsOnThem(Connection connection, OffsetDateTime until)
      throws SQLException {
    for (String delete : WHAT_HANGS_ON_THEM) {
      update(connection, delete, until);
    }
  }

  private static boolean hasStrays(Connection connection, OffsetDateTime until)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HAS_STRAYS)) {
      select.setObject(1, until);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static boolean isTrue(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Old old(Connection connection, String query, OffsetDateTime oldest)
      throws SQLException {
    List<String> names = new ArrayList<>();
    OffsetDateTime until = OffsetDateTime.MIN;
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, oldest);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.add(row.getString("name"));
          until = row.getObject("until", OffsetDateTime.class);
        }
      }
    }
    return new Old(names, until);
  }

  private static void update(Connection connection, String sql, OffsetDateTime before)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, before);
      update.executeUpdate();
    }
  }
}
