package io.floodmark.api.tagpage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Counts wrong codes by the address that they come from, and blocks it for a while. Right codes
 * never count, and what comes while an address is blocked does not count either.
 *
 * <p>Blocks are short. Behind one address there may be a whole mobile network, whose people must
 * get through again soon; and one guess a minute would, in a ward of 20,000 plates, need three
 * thousand years for a hit.
 */
final class WrongCodes {
  /** So many wrong ones are free: people who type mistype, and plates get scratched. */
  static final int FREE = 20;

  /** The longest block. */
  static final Duration BLOCK_MAX = Duration.ofMinutes(1);

  /** After so long without a wrong one, an address starts afresh. */
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /** For a query that looks at the address on its way: its parameter is the address. */
  static final String BLOCKED_UNTIL =
      "(SELECT blocked_until FROM wrong_guess WHERE kind = 'plate' AND who = ?)";

  /** The block doubles with every wrong code, from a second on. */
  private static final String COUNT =
      """
      INSERT INTO wrong_guess AS g (kind, who, failures, last_at, blocked_until)
      VALUES ('plate', ?, 1, ?, ?)
      ON CONFLICT (kind, who) DO UPDATE
      SET failures = CASE WHEN g.last_at < ? THEN 1 ELSE least(g.failures, 1000) + 1 END,
          last_at = excluded.last_at,
          blocked_until = excluded.last_at + make_interval(secs =>
            CASE WHEN g.last_at < ? OR g.failures < ? THEN 0
                 ELSE least(?, power(2, least(g.failures - ?, 20))) END)
      WHERE g.blocked_until <= excluded.last_at
      """;

  private static final String BLOCK = "SELECT " + BLOCKED_UNTIL;

  private WrongCodes() {}

  /** How long an address is blocked yet; zero if it is not. */
  static Duration blockedFor(Connection connection, String address, Instant now)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BLOCK)) {
      select.setString(1, address);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return blockedFor(row, 1, now);
      }
    }
  }

  /** The same from the column of a row that holds {@link #BLOCKED_UNTIL}. */
  static Duration blockedFor(ResultSet row, int column, Instant now) throws SQLException {
    OffsetDateTime until = row.getObject(column, OffsetDateTime.class);
    return until == null || !until.toInstant().isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, until.toInstant());
  }

  /** Counts a wrong code. */
  static void count(Connection connection, String address, Instant now) throws SQLException {
    var at = now.atOffset(ZoneOffset.UTC);
    var fresh = now.minus(FORGOTTEN_AFTER).atOffset(ZoneOffset.UTC);
    try (PreparedStatement insert = connection.prepareStatement(COUNT)) {
      insert.setString(1, address);
      insert.setObject(2, at);
      insert.setObject(3, at);
      insert.setObject(4, fresh);
      insert.setObject(5, fresh);
      insert.setInt(6, FREE);
      insert.setInt(7, (int) BLOCK_MAX.toSeconds());
      insert.setInt(8, FREE);
      insert.executeUpdate();
    }
  }
}
