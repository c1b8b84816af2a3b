package io.floodmark.api.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Slows down who guesses: after some wrong answers that cost nothing, each further one doubles the
 * wait, from one second up to fifteen minutes, of plates to one. Only wrong answers count, and who
 * was quiet for a day starts anew. The count lies in the database, so that ten processes count
 * together.
 *
 * <p>{@link #fail} must be committed: where it stands in a transaction that ends in a refusal,
 * return the refusal and throw it outside.
 */
public final class GuessLimit {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration FORGET_AFTER = Duration.ofHours(24);

  private static final String WAIT =
      "SELECT blocked_until FROM wrong_guess WHERE kind = ? AND who = ? AND blocked_until > ?";

  /** One statement, so that of two processes neither overlooks what the other counted. */
  private static final String COUNT =
      """
      INSERT INTO wrong_guess AS known (kind, who, failures, last_at, blocked_until)
      VALUES (?, ?, 1, ?, ?)
      ON CONFLICT (kind, who) DO UPDATE SET
        failures = CASE WHEN known.last_at < ? THEN 1 ELSE least(known.failures, 999999) + 1 END,
        last_at = greatest(known.last_at, excluded.last_at),
        blocked_until = excluded.last_at + CASE
          WHEN known.last_at < ? OR known.failures < ? THEN interval '0'
          ELSE least(? * interval '1 second', power(2, least(known.failures - ?, 20)) * interval '1 second')
        END
      RETURNING failures, blocked_until
      """;

  /** Each newcomer takes a few of those away that are forgotten; none waits for another. */
  private static final String FORGET =
      """
      DELETE FROM wrong_guess WHERE (kind, who) IN (
        SELECT kind, who FROM wrong_guess WHERE last_at < ? ORDER BY last_at LIMIT 100
        FOR UPDATE SKIP LOCKED)
      """;

  private GuessLimit() {}

  /** What is guessed, and by what its guessers are told apart. */
  public enum Kind {
    /** Passwords, by the login that they are tried on. */
    SIGN_IN_BY_LOGIN("sign-in.login", 5),
    /**
     * Passwords, by the address that they are tried from. A whole office has one: more are free.
     */
    SIGN_IN_BY_ADDRESS("sign-in.address", 20),
    /**
     * Codes of plates, by address. The wait is short and more are free: behind one address there
     * may be a whole mobile network, whose people must get through again soon; and at one guess a
     * minute a ward of 20,000 plates needs three thousand years for a hit.
     */
    PLATE_BY_ADDRESS("plate.address", 20, Duration.ofMinutes(1)),
    /** Secret links of reports, by address. */
    LINK_BY_ADDRESS("link.address", 10);

    private final String key;
    private final int free;
    private final Duration longestWait;

    Kind(String key, int free) {
      this(key, free, LONGEST_WAIT);
    }

    Kind(String key, int free, Duration longestWait) {
      this.key = key;
      this.free = free;
      this.longestWait = longestWait;
    }

    /** How many wrong answers cost nothing, 1 or more. */
    public int free() {
      return free;
    }
  }

  /**
   * How long {@code who} still has to wait before the next try; empty if not at all.
   *
   * @param who an address, or a login's hash; at most 100 characters, for it is stored
   */
  public static Optional<Duration> check(Connection connection, Kind kind, String who, Instant now)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WAIT)) {
      query.setString(1, kind.key);
      query.setString(2, who);
      query.setObject(3, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(Duration.between(now, instant(row, 1))) : Optional.empty();
      }
    }
  }

  /**
   * Counts a wrong answer.
   *
   * @return how long {@code who} now has to wait; empty if not at all
   */
  public static Optional<Duration> fail(Connection connection, Kind kind, String who, Instant now)
      throws SQLException {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    OffsetDateTime forgotten = now.minus(FORGET_AFTER).atOffset(ZoneOffset.UTC);
    boolean isNewcomer;
    Instant until;
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setString(1, kind.key);
      count.setString(2, who);
      count.setObject(3, at);
      count.setObject(4, at);
      count.setObject(5, forgotten);
      count.setObject(6, forgotten);
      count.setInt(7, kind.free);
      count.setLong(8, kind.longestWait.toSeconds());
      count.setInt(9, kind.free);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        isNewcomer = row.getInt(1) == 1;
        until = instant(row, 2);
      }
    }
    if (isNewcomer) {
      try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
        delete.setObject(1, forgotten);
        delete.executeUpdate();
      }
    }
    return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
  }

  /** Forgets what {@code who} answered wrong: the right answer proved them to be no guesser. */
  public static void clear(Connection connection, Kind kind, String who) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM wrong_guess WHERE kind = ? AND who = ?")) {
      delete.setString(1, kind.key);
      delete.setString(2, who);
      delete.executeUpdate();
    }
  }

  /** A wait as the header Retry-After has it: whole seconds, 1 or more, never too few. */
  public static int retryAfterS(Duration wait) {
    return (int) Math.max(1, wait.plusMillis(999).toSeconds());
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
