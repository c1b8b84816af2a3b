package io.floodmark.api.assetphotos;

import io.floodmark.api.records.AssetAtHand;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which photos show which asset, in the caller's transaction. */
final class AssetPhotoStore {
  private static final String OF_ASSET =
      AssetAtHand.FAMILY
          + """
          SELECT p.id, p.key, coalesce(ap.caption, '') AS caption, ap.is_public, p.width, p.height,
                 p.created_at, coalesce(s.login, '') AS sender
          FROM asset_photo ap
          JOIN family f ON f.id = ap.asset_id
          JOIN photo p ON p.id = ap.photo_id
          LEFT JOIN staff s ON s.id = p.staff_id
          ORDER BY p.created_at DESC, p.id DESC
          """;

  private static final String SET_PUBLIC =
      AssetAtHand.FAMILY
          + """
          UPDATE asset_photo ap SET is_public = ? FROM family f
          WHERE f.id = ap.asset_id AND ap.photo_id = ?
          """;

  private static final String REMOVE =
      AssetAtHand.FAMILY
          + """
          DELETE FROM asset_photo ap USING family f
          WHERE f.id = ap.asset_id AND ap.photo_id = ?
          """;

  /** Whatever shows photos; a photo that nothing shows any more is deleted itself. */
  private static final String DELETE_UNSHOWN =
      """
      DELETE FROM photo p
      WHERE p.id = ?
        AND NOT EXISTS (SELECT FROM asset_photo WHERE photo_id = p.id)
        AND NOT EXISTS (SELECT FROM report_photo WHERE photo_id = p.id)
        AND NOT EXISTS (SELECT FROM care_record WHERE photo_id = p.id)
        AND NOT EXISTS (SELECT FROM plate_event WHERE photo_id = p.id)
      """;

  private final Connection connection;

  AssetPhotoStore(Connection connection) {
    this.connection = connection;
  }

  /** The photos of an asset and of those merged into it, newest first. */
  List<AssetPhoto> ofAsset(long assetId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_ASSET)) {
      select.setLong(1, assetId);
      List<AssetPhoto> photos = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          photos.add(
              new AssetPhoto(
                  rows.getLong("id"),
                  rows.getString("key"),
                  rows.getString("caption"),
                  rows.getBoolean("is_public"),
                  rows.getInt("width"),
                  rows.getInt("height"),
                  rows.getObject("created_at", OffsetDateTime.class).toInstant(),
                  rows.getString("sender")));
        }
      }
      return photos;
    }
  }

  void add(long assetId, long photoId, Optional<String> caption, boolean isPublic)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO asset_photo (asset_id, photo_id, caption, is_public)
            VALUES (?, ?, ?, ?)
            """)) {
      insert.setLong(1, assetId);
      insert.setLong(2, photoId);
      insert.setString(3, caption.orElse(null));
      insert.setBoolean(4, isPublic);
      insert.executeUpdate();
    }
  }

  /** Whether the asset has that photo. */
  boolean setPublic(long assetId, long photoId, boolean isPublic) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SET_PUBLIC)) {
      update.setLong(1, assetId);
      update.setBoolean(2, isPublic);
      update.setLong(3, photoId);
      return update.executeUpdate() > 0;
    }
  }

  /** Whether the asset had that photo. */
  boolean remove(long assetId, long photoId) throws SQLException {
    try (PreparedStatement remove = connection.prepareStatement(REMOVE);
        PreparedStatement delete = connection.prepareStatement(DELETE_UNSHOWN)) {
      remove.setLong(1, assetId);
      remove.setLong(2, photoId);
      delete.setLong(1, photoId);
      boolean removed = remove.executeUpdate() > 0;
      if (removed) {
        delete.executeUpdate();
      }
      return removed;
    }
  }

  /** The asset's version: a photo is no new one of its own fields. */
  int version(long assetId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT version FROM asset WHERE id = ?")) {
      select.setLong(1, assetId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt("version");
      }
    }
  }
}
