package io.floodmark.api.assets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All kinds, as they stood when they were read; read again for each request. Immutable.
 *
 * @param all in the order of menus, disabled ones too
 */
public record AssetKinds(List<AssetKind> all) {
  private static final String ALL =
      """
      SELECT code, name_vi, name_en, enabled, position, fields
      FROM asset_kind
      ORDER BY position, code
      """;

  /** Copies the list. */
  public AssetKinds {
    all = List.copyOf(all);
  }

  /** Reads them. */
  public static AssetKinds load(Connection connection) throws SQLException {
    List<AssetKind> kinds = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ALL);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        kinds.add(
            new AssetKind(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getInt(5),
                KindFields.parse(row.getString(6))));
      }
    }
    return new AssetKinds(kinds);
  }

  /** The kind of that code. */
  public Optional<AssetKind> find(String code) {
    return all.stream().filter(kind -> kind.code().equals(code)).findFirst();
  }

  /**
   * The kind of an asset that is in the database.
   *
   * @throws IllegalStateException if there is none, which the schema rules out
   */
  public AssetKind get(String code) {
    return find(code).orElseThrow(() -> new IllegalStateException("No kind " + code + "."));
  }

  /** Those of which new assets can be made. */
  public List<AssetKind> enabled() {
    return all.stream().filter(AssetKind::enabled).toList();
  }
}
