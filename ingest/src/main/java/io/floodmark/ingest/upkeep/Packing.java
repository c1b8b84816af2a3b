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

  @Override
  public boolean run(Connection connection, Instant now) throws SQLException {
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
      // What an end in the middle left behind.
      statement.execute("DROP INDEX IF EXISTS " + index + "_ccnew");
      statement.execute("ALTER INDEX " + index + " SET (fillfactor = 100)");
      statement.execute("REINDEX INDEX CONCURRENTLY " + index);
    }
    log.info("Built {} anew, so that its pages are full.", index);
    return false;
  }
}
