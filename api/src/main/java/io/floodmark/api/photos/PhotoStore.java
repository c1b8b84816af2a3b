package io.floodmark.api.photos;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The photos in the database, in the caller's transactions. Thread-safe; blocks on the database.
 *
 * <p>Who may see a photo, its row does not say: that hangs on what it belongs to, and the caller
 * has to look there first. The hint of place and time is not stored.
 */
public final class PhotoStore {
  private static final String INSERT =
      """
      INSERT INTO photo (key, jpeg, preview, width, height, staff_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """;

  private static final String PICTURE = "SELECT jpeg FROM photo WHERE key = ?";

  private static final String PREVIEW = "SELECT preview FROM photo WHERE key = ?";

  private static final String DELETE = "DELETE FROM photo WHERE id = ?";

  private static final int KEY_BYTES = 16;

  /**
   * A photo that is stored.
   *
   * @param id the database's, for rows that point at it
   * @param key its name in addresses: 128 random bits as 22 characters of base64url
   */
  public record Stored(long id, String key) {}

  private final SecureRandom random;

  public PhotoStore(SecureRandom random) {
    this.random = random;
  }

  /**
   * Stores a photo under a key of its own.
   *
   * @param staffId who sent it; empty for a resident
   */
  public Stored insert(Connection connection, Photo photo, OptionalInt staffId, Instant at)
      throws SQLException {
    byte[] bits = new byte[KEY_BYTES];
    random.nextBytes(bits);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, key);
      insert.setBytes(2, photo.picture().jpeg());
      insert.setBytes(3, photo.preview().jpeg());
      insert.setInt(4, photo.picture().widthPx());
      insert.setInt(5, photo.picture().heightPx());
      if (staffId.isPresent()) {
        insert.setInt(6, staffId.getAsInt());
      } else {
        insert.setNull(6, Types.INTEGER);
      }
      insert.setObject(7, at.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return new Stored(row.getLong("id"), key);
      }
    }
  }

  /** The JPEG of that key, as it is sent out. */
  public Optional<byte[]> findPicture(Connection connection, String key) throws SQLException {
    return find(connection, PICTURE, key);
  }

  /** The small JPEG of that key, as it is sent out. */
  public Optional<byte[]> findPreview(Connection connection, String key) throws SQLException {
    return find(connection, PREVIEW, key);
  }

  private static Optional<byte[]> find(Connection connection, String sql, String key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  /**
   * Deletes a photo, and with it its place on an asset or in a report.
   *
   * @return whether there was one
   * @throws SQLException with SQLState 23503 where the care record or a plate's history shows it:
   *     those stay as they are
   */
  public boolean delete(Connection connection, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setLong(1, id);
      return delete.executeUpdate() == 1;
    }
  }
}
