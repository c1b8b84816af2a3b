package io.floodmark.api.staff;

import io.floodmark.api.access.SecretToken;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** API tokens in the database: only their hashes. */
public final class TokenStore {
  private static final int NAME_MAX = 80;

  private TokenStore() {}

  /**
   * A token without its secret.
   *
   * @param id to revoke it by
   * @param name what it is for
   * @param rights keys of what it may do
   * @param createdBy login of who made it; empty if a program did, as none can any more
   * @param createdAt when
   * @param expiresAt when it ends by itself
   * @param usedAt when it was last used, to the minute
   * @param revokedAt since when it is refused
   * @param isLive whether it is taken now
   * @param isMakerGone whether the account of who made it is closed
   */
  public record Entry(
      int id,
      String name,
      List<String> rights,
      String createdBy,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> usedAt,
      Optional<Instant> revokedAt,
      boolean isLive,
      boolean isMakerGone) {}

  /** What somebody wants a token for. */
  record Wanted(String name, Set<Right> rights, Optional<Instant> expiresAt) {
    /**
     * Judges it.
     *
     * @throws StaffRefusal naming every field at fault
     */
    static Wanted of(
        Optional<String> name, List<String> rightKeys, Optional<Instant> expiresAt, Instant now) {
      Map<String, String> problems = new LinkedHashMap<>();
      if (name.filter(text -> text.length() <= NAME_MAX).isEmpty()) {
        problems.put("name", "tokens.name.bad");
      }
      Set<Right> rights = new TreeSet<>();
      for (String key : rightKeys) {
        Right.find(key)
            .ifPresentOrElse(rights::add, () -> problems.put("rights", "tokens.rights.bad"));
      }
      if (rights.isEmpty()) {
        problems.putIfAbsent("rights", "tokens.rights.none");
      }
      if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
        problems.put("expires", "tokens.expires.past");
      }
      if (!problems.isEmpty()) {
        throw new StaffRefusal(problems);
      }
      return new Wanted(name.orElseThrow(), rights, expiresAt);
    }
  }

  static List<Entry> list(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT t.id, t.name, t.rights, coalesce(s.login, ''), t.created_at, t.expires_at, t.used_at, t.revoked_at,
                   t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?)
                     AND s.disabled_at IS NULL AS live,
                   s.disabled_at IS NOT NULL AS maker_gone
            FROM api_token t LEFT JOIN staff s ON s.id = t.created_by
            ORDER BY live DESC, t.id DESC
            """)) {
      query.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        List<Entry> entries = new ArrayList<>();
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getInt(1),
                  row.getString(2),
                  List.of((String[]) row.getArray(3).getArray()),
                  row.getString(4),
                  row.getObject(5, OffsetDateTime.class).toInstant(),
                  StaffStore.instant(row, 6),
                  StaffStore.instant(row, 7),
                  StaffStore.instant(row, 8),
                  row.getBoolean(9),
                  row.getBoolean(10)));
        }
        return entries;
      }
    }
  }

  static int add(
      Connection connection, Wanted wanted, SecretToken secret, int createdBy, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO api_token (name, token_sha256, rights, created_by, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?) RETURNING id
            """)) {
      insert.setString(1, wanted.name());
      insert.setBytes(2, secret.sha256());
      insert.setArray(
          3, connection.createArrayOf("text", wanted.rights().stream().map(Right::key).toArray()));
      insert.setInt(4, createdBy);
      insert.setObject(5, now.atOffset(ZoneOffset.UTC));
      insert.setObject(6, wanted.expiresAt().map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Refuses a token from now on; its name if there is such a token that was not revoked yet. */
  static Optional<String> revoke(Connection connection, long id, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING name
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setLong(2, id);
      try (ResultSet row = update.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
