package io.floodmark.api.tagpage;

import io.floodmark.plate.PlateCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The photos of a tagged thing that staff have released to everybody. */
public final class TagPhotos {
  private static final String SELECT =
      """
      WITH RECURSIVE chain AS (
        SELECT t.id, t.merged_into FROM plate p JOIN asset t ON t.id = p.asset_id WHERE p.code = ?
        UNION
        SELECT t.id, t.merged_into FROM chain c JOIN asset t ON t.id = c.merged_into
      )
      SELECT p.key, p.width, p.height, ap.caption
      FROM chain c
      JOIN asset_photo ap ON ap.asset_id = c.id
      JOIN photo p ON p.id = ap.photo_id
      WHERE c.merged_into IS NULL AND ap.is_public
      ORDER BY p.id DESC
      LIMIT 3
      """;

  private TagPhotos() {}

  /**
   * A photo.
   *
   * @param key its name in {@code /photos/}
   * @param width of the whole photo, in pixels
   * @param height likewise
   */
  public record Photo(String key, int width, int height, Optional<String> caption) {}

  /** The newest three. */
  static List<Photo> of(Connection connection, PlateCode code) throws SQLException {
    List<Photo> photos = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, code.value());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          photos.add(
              new Photo(
                  rows.getString("key"),
                  rows.getInt("width"),
                  rows.getInt("height"),
                  Optional.ofNullable(rows.getString("caption"))
                      .filter(caption -> !caption.isBlank())));
        }
      }
    }
    return photos;
  }
}
