package io.floodmark.api.staff;

import io.floodmark.api.access.Callers;
import io.floodmark.api.access.SecretToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Browsers that staff have signed in with. */
public final class SessionStore {
  /** A session is over after that long, used or not. */
  public static final Duration LIFE = Duration.ofDays(30);

  private static final Duration KEEP = Duration.ofDays(90);
  private static final int DEVICE_CHARS_MAX = 300;

  private static final String OPEN =
      """
      INSERT INTO staff_session
        (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
      SELECT ?, id, ?, ?, ?, ?, ?, ?
      FROM staff WHERE id = ? AND disabled_at IS NULL
      """;

  private static final String ACTIVE =
      """
      SELECT id, created_at, seen_at, address, device
      FROM staff_session
      WHERE staff_id = ? AND ended_at IS NULL AND expires_at > ? AND seen_at > ?
      ORDER BY seen_at DESC, id DESC
      """;

  private SessionStore() {}

  /**
   * A session that holds.
   *
   * @param id to end it by
   * @param createdAt when they signed in
   * @param seenAt when it was last used, to the minute
   * @param address it was opened from
   * @param device the browser, in a word or two
   */
  public record Entry(long id, Instant createdAt, Instant seenAt, String address, String device) {}

  /** What a browser gets, once. */
  record Secrets(SecretToken cookie, SecretToken csrf) {}

  /** Opens one; false if the account has been disabled meanwhile. */
  static boolean open(
      Connection connection,
      int staffId,
      Secrets secrets,
      String address,
      String device,
      Instant now)
      throws SQLException {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
      insert.setBytes(1, secrets.cookie().sha256());
      insert.setString(2, secrets.csrf().value());
      insert.setObject(3, at);
      insert.setObject(4, at);
      insert.setObject(5, now.plus(LIFE).atOffset(ZoneOffset.UTC));
      insert.setString(6, address);
      insert.setString(
          7, device.substring(0, Math.min(device.length(), DEVICE_CHARS_MAX)).replace("\0", ""));
      insert.setInt(8, staffId);
      return insert.executeUpdate() == 1;
    }
  }

  /** Those of a person that hold now, the one used last first. */
  static List<Entry> active(Connection connection, int staffId, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ACTIVE)) {
      query.setInt(1, staffId);
      query.setObject(2, now.atOffset(ZoneOffset.UTC));
      query.setObject(3, now.minus(Callers.IDLE_MAX).atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        List<Entry> entries = new ArrayList<>();
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getLong(1),
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  row.getObject(3, OffsetDateTime.class).toInstant(),
                  row.getString(4),
                  Device.of(row.getString(5))));
        }
        return entries;
      }
    }
  }

  /** Ends one of that person's; whether there was one. */
  static boolean end(Connection connection, int staffId, long id, Instant now) throws SQLException {
    return end(connection, "id = ?", staffId, id, now) == 1;
  }

  /** Ends all of that person's but one. */
  static int endOthers(Connection connection, int staffId, long kept, Instant now)
      throws SQLException {
    return end(connection, "id <> ?", staffId, kept, now);
  }

  /** Ends all of that person's. */
  public static int endAll(Connection connection, int staffId, Instant now) throws SQLException {
    return endOthers(connection, staffId, 0, now);
  }

  /** Takes away what ended long ago. */
  static void forget(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM staff_session WHERE expires_at < ? OR ended_at < ?
            """)) {
      OffsetDateTime before = now.minus(KEEP).atOffset(ZoneOffset.UTC);
      delete.setObject(1, before);
      delete.setObject(2, before);
      delete.executeUpdate();
    }
  }

  private static int end(Connection connection, String which, int staffId, long id, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE staff_session SET ended_at = ? WHERE staff_id = ? AND ended_at IS NULL AND "
                + which)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setInt(2, staffId);
      update.setLong(3, id);
      return update.executeUpdate();
    }
  }
}
