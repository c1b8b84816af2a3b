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
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the index of a closed month anew: readings of many sensors come in turn, which leaves its
 * pages two thirds full. One at a time, beside whoever reads and writes.
 */
final class Packing implements Upkeep.Work {
  private static final Logger log = LoggerFactory.getLogger(Packing.class);

  /** A month is closed once the longest that devices keep readings offline is over. */
  static final Duration CLOSED_AFTER = Duration.ofDays(14);

  /** An entry takes 28 bytes; below that it is not worth it. */
  private static final int BYTES_WORTH = 34;

  private static final int ROWS_WORTH = 10_000;

  private static final String NEXT =
      """
      SELECT name FROM (
        SELECT x.indexrelid::regclass::text AS name, c.reltuples AS readings,
          pg_relation_size(x.indexrelid) AS bytes,
          (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$TO \\('([^']+)'\\)$$))[1]::timestamptz
            AS until
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        JOIN pg_index x ON x.indrelid = c.oid AND x.indisprimary
        WHERE i.inhparent = 'reading'::regclass
      ) AS month
      WHERE until <= ? AND readings >= %d AND bytes > readings * %d
      ORDER BY until
      LIMIT 1
      """
          .formatted(ROWS_WORTH, BYTES_WORTH);

  /** What an end in the middle left behind: every reading would be entered there too. */
  private static final String LEFT_BEHIND =
      """
      SELECT x.indexrelid::regclass::text AS name
      FROM pg_inherits i
      JOIN pg_index x ON x.indrelid = i.inhrelid AND NOT x.indisvalid
      JOIN pg_class c ON c.oid = x.indexrelid AND c.relname ~ '_cc(new|old)[0-9]*$'
      WHERE i.inhparent = 'reading'::regclass
      """;

  // At its end it waits until whoever reads an older state is through, and nobody waits for it.
  private static final String BE_PATIENT = "SET lock_timeout = '10min'";

  private static final String BE_AS_BEFORE = "SET lock_timeout = " + Upkeep.LOCK_TIMEOUT;

  @Override
  public boolean run(Connection connection, Instant now) throws SQLException {
    dropLeftBehind(connection);
    String index;
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      OffsetDateTime closed = now.minus(CLOSED_AFTER).atOffset(ZoneOffset.UTC);
      select.setObject(1, closed);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return true;
        }
        index = row.getString("name");
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER INDEX " + index + " SET (fillfactor = 100)");
      statement.execute(BE_PATIENT);
      try {
        statement.execute("REINDEX INDEX CONCURRENTLY " + index);
      } finally {
        statement.execute(BE_AS_BEFORE);
      }
    }
    log.info("Built {} anew, so that its pages are full.", index);
    return false;
  }

  private static void dropLeftBehind(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LEFT_BEHIND)) {
      while (row.next()) {
        names.add(row.getString("name"));
      }
    }
    for (String name : names) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + name);
      }
      log.info("Dropped {}, which was never finished.", name);
    }
  }
}
