package io.floodmark.api.assets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries that may mean the same thing: of one kind, at most 15 m apart and of the same name or
 * house number; or of the same species, but then 3 m apart, for street trees of one species stand
 * in rows.
 */
public final class AssetDuplicates {
  private static final double NEAR_M = 15;
  private static final double SPECIES_NEAR_M = 3;

  private static final String SAME_WORDS =
      """
      (plain_text(a.name) = plain_text(b.name)
       OR (plain_text(a.number) = plain_text(b.number) AND plain_text(a.street) = plain_text(b.street))
       OR (abs(a.lat - b.lat) < ? AND abs(a.lon - b.lon) < ?
           AND plain_text(a.details ->> 'species') = plain_text(b.details ->> 'species')))
      """;

  private static final String OF_ONE =
      "SELECT "
          + AssetRows.COLUMNS
          + """

          FROM (SELECT ?::text AS name, ?::text AS number, ?::text AS street, ?::jsonb AS details,
                       ?::float8 AS lon, ?::float8 AS lat) b,
               asset a
          WHERE a.merged_into IS NULL AND a.state <> 'removed' AND a.kind = ?
            AND point(a.lon, a.lat) <@ box(point(?, ?), point(?, ?))
            AND (?::integer[] = '{}' OR a.group_id = ANY (?))
            AND
          """
          + SAME_WORDS
          + "ORDER BY (a.lon - b.lon) ^ 2 + (a.lat - b.lat) ^ 2, a.id LIMIT 5";

  private static final String PAIRS =
      """
      SELECT a.id, b.id
      FROM asset a
      CROSS JOIN LATERAL (
        SELECT * FROM asset near
        WHERE near.merged_into IS NULL AND near.state <> 'removed' AND near.kind = a.kind AND near.id > a.id
          AND point(near.lon, near.lat)
              <@ box(point(a.lon - ?, a.lat - ?), point(a.lon + ?, a.lat + ?))) b
      WHERE a.merged_into IS NULL AND a.state <> 'removed'
        AND (?::integer[] = '{}' OR (a.group_id = ANY (?) AND b.group_id = ANY (?)))
        AND\
      """
          + " "
          + SAME_WORDS
          + "ORDER BY a.id, b.id LIMIT ?";

  private AssetDuplicates() {}

  /** Two that may be one; the older first. */
  public record Pair(Asset older, Asset younger) {}

  /**
   * What {@code content} may be in the register already, nearest first, at most five.
   *
   * @param within groups that the caller is limited to; empty for the whole ward
   */
  public static List<Asset> of(Connection connection, AssetContent content, Integer[] within)
      throws SQLException {
    Bounds near = Bounds.around(content.lon(), content.lat(), NEAR_M);
    Bounds close = Bounds.around(content.lon(), content.lat(), SPECIES_NEAR_M);
    List<Asset> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OF_ONE)) {
      query.setString(1, content.name().orElse(null));
      query.setString(2, content.number().orElse(null));
      query.setString(3, content.street().orElse(null));
      query.setString(4, AssetRows.json(content.details()));
      query.setDouble(5, content.lon());
      query.setDouble(6, content.lat());
      query.setString(7, content.kind());
      query.setDouble(8, near.west());
      query.setDouble(9, near.south());
      query.setDouble(10, near.east());
      query.setDouble(11, near.north());
      query.setArray(12, connection.createArrayOf("integer", within));
      query.setArray(13, connection.createArrayOf("integer", within));
      query.setDouble(14, close.north() - content.lat());
      query.setDouble(15, close.east() - content.lon());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(AssetRows.asset(row));
        }
      }
    }
    return found;
  }

  /** Pairs in the register, at most {@code most}. */
  public static List<Pair> pairs(Connection connection, Integer[] within, int most)
      throws SQLException {
    // A ward is small: one latitude serves for the width of all its metres.
    double lat = middle(connection);
    Bounds near = Bounds.around(0, lat, NEAR_M);
    Bounds close = Bounds.around(0, lat, SPECIES_NEAR_M);
    List<long[]> ids = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(PAIRS)) {
      query.setDouble(1, near.east());
      query.setDouble(2, near.north() - lat);
      query.setDouble(3, near.east());
      query.setDouble(4, near.north() - lat);
      for (int i = 5; i <= 7; i++) {
        query.setArray(i, connection.createArrayOf("integer", within));
      }
      query.setDouble(8, close.north() - lat);
      query.setDouble(9, close.east());
      query.setInt(10, most);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ids.add(new long[] {row.getLong(1), row.getLong(2)});
        }
      }
    }
    AssetStore store = new AssetStore(connection);
    List<Pair> pairs = new ArrayList<>();
    for (long[] pair : ids) {
      pairs.add(new Pair(store.find(pair[0]).orElseThrow(), store.find(pair[1]).orElseThrow()));
    }
    return pairs;
  }

  private static double middle(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT coalesce(avg(lat), 0) FROM asset");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getDouble(1);
    }
  }
}
