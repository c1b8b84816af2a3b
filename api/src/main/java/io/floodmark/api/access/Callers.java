package io.floodmark.api.access;

import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds who presents a session's or an API token's secret. Read from the database on every request,
 * so that a revoked session ends at once in every process.
 */
public final class Callers {
  /** A session that nobody used for so long is over. */
  public static final Duration IDLE_MAX = Duration.ofHours(8);

  /**
   * How often the last use of a session or token is written down; more often would be a write per
   * request.
   */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private static final String BY_SESSION =
      """
      SELECT s.id, s.name, s.login, s.role, s.sees_households, s.must_change, x.id, x.csrf_token, x.seen_at,
             ARRAY(SELECT group_id FROM staff_scope WHERE staff_id = s.id)
      FROM staff_session x
      JOIN staff s ON s.id = x.staff_id
      WHERE x.token_sha256 = ? AND x.ended_at IS NULL AND x.expires_at > ? AND x.seen_at > ? AND s.disabled_at IS NULL
      """;

  private static final String BY_TOKEN =
      """
      SELECT t.name, t.rights, t.id, t.used_at, s.id IS NOT NULL AS has_maker, s.role, s.sees_households
      FROM api_token t
      LEFT JOIN staff s ON s.id = t.created_by
      WHERE t.token_sha256 = ? AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?)
        AND s.disabled_at IS NULL
      """;

  private Callers() {}

  /** Who signed in with this session, if it still holds. */
  public static Optional<Caller> ofSession(Connection connection, String secret, Instant now)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_SESSION)) {
      query.setBytes(1, SecretToken.sha256(secret));
      query.setObject(2, now.atOffset(ZoneOffset.UTC));
      query.setObject(3, now.minus(IDLE_MAX).atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Instant seenAt = row.getObject(9, OffsetDateTime.class).toInstant();
        if (seenAt.isBefore(now.minus(SEEN_EVERY))) {
          mark(
              connection, "UPDATE staff_session SET seen_at = ? WHERE id = ?", row.getLong(7), now);
        }
        return Optional.of(
            new Caller(
                OptionalInt.of(row.getInt(1)),
                row.getString(3),
                row.getString(2),
                rights(row.getString(4), row.getBoolean(5)),
                groups(row.getArray(10)),
                Optional.of(new Caller.Session(row.getLong(7), row.getString(8))),
                row.getBoolean(6)));
      }
    }
  }

  /**
   * The program that presents this API token, if it still holds. It may do what its maker still
   * may, and no more: who was made a viewer left no administrator's key behind.
   */
  public static Optional<Caller> ofToken(Connection connection, String secret, Instant now)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_TOKEN)) {
      query.setBytes(1, SecretToken.sha256(secret));
      query.setObject(2, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String key : (String[]) row.getArray(2).getArray()) {
          Right.find(key).ifPresent(rights::add);
        }
        if (row.getBoolean("has_maker")) {
          rights.retainAll(rights(row.getString("role"), row.getBoolean("sees_households")));
        }
        OffsetDateTime usedAt = row.getObject(4, OffsetDateTime.class);
        if (usedAt == null || usedAt.toInstant().isBefore(now.minus(SEEN_EVERY))) {
          mark(connection, "UPDATE api_token SET used_at = ? WHERE id = ?", row.getInt(3), now);
        }
        return Optional.of(
            new Caller(
                OptionalInt.empty(),
                "token " + row.getString(1),
                "",
                rights,
                Set.of(),
                Optional.empty(),
                false));
      }
    }
  }

  private static void mark(Connection connection, String sql, long id, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  private static Set<Right> rights(String role, boolean seesHouseholds) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    Role.find(role).ifPresent(known -> rights.addAll(known.rights()));
    if (seesHouseholds) {
      rights.add(Right.SEE_HOUSEHOLDS);
    }
    return rights;
  }

  private static Set<Integer> groups(Array array) throws SQLException {
    Set<Integer> groups = new HashSet<>();
    for (Object id : (Object[]) array.getArray()) {
      groups.add((Integer) id);
    }
    return groups;
  }
}
