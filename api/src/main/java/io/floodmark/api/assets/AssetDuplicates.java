package io.floodmark.api.assets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Above the size of any ward; what comes after it is not looked through. */
  private static final int ENTRIES_MAX = 1_000_000;

  private static final int FETCH_ROWS = 10_000;

  private static final String ENTRIES =
      """
      SELECT a.id, a.kind, a.lon, a.lat, coalesce(a.name, ''), coalesce(a.number, ''), coalesce(a.street, ''),
             coalesce(a.details ->> 'species', '')
      FROM asset a
      WHERE\
      """;

  private static final String BY_ID =
      "SELECT " + AssetRows.COLUMNS + " FROM asset a WHERE a.id = ANY (?)";

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

  /**
   * A page of pairs.
   *
   * @param pairs on it, by the age of the older
   * @param total on all pages, at most {@link DuplicateSweep#PAIRS_MAX}
   * @param isLast whether there is no page after it
   */
  public record Page(List<Pair> pairs, int total, boolean isLast) {}

  /**
   * Pairs among the assets that {@code filter} means. All of them are looked through for every
   * page, in memory: for the database a join of the register with itself by position takes seconds.
   *
   * @param skipped how many pairs come before the page
   * @param most on the page
   */
  public static Page pairs(Connection connection, AssetFilter filter, int skipped, int most)
      throws SQLException {
    List<DuplicateSweep.Entry> entries = entries(connection, filter);
    if (entries.isEmpty()) {
      return new Page(List.of(), 0, true);
    }
    // A ward is small: one latitude serves for the width of all its metres.
    DuplicateSweep.Entry some = entries.get(entries.size() / 2);
    List<DuplicateSweep.Pair> all =
        DuplicateSweep.of(
            entries,
            Bounds.around(some.lon(), some.lat(), NEAR_M),
            Bounds.around(some.lon(), some.lat(), SPECIES_NEAR_M));
    int from = Math.min(skipped, all.size());
    int to = Math.min(from + most, all.size());
    List<DuplicateSweep.Pair> shown = all.subList(from, to);
    Map<Long, Asset> assets = byId(connection, shown);
    List<Pair> pairs = new ArrayList<>();
    for (DuplicateSweep.Pair pair : shown) {
      Asset older = assets.get(pair.older());
      Asset younger = assets.get(pair.younger());
      // Removed for good between the two queries.
      if (older != null && younger != null) {
        pairs.add(new Pair(older, younger));
      }
    }
    return new Page(pairs, all.size(), to == all.size());
  }

  private static List<DuplicateSweep.Entry> entries(Connection connection, AssetFilter filter)
      throws SQLException {
    AssetFilter.Where where = filter.where(AssetKinds.load(connection));
    List<DuplicateSweep.Entry> entries = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(ENTRIES + " " + where.sql() + " LIMIT " + ENTRIES_MAX)) {
      where.bind(connection, query, 1);
      query.setFetchSize(FETCH_ROWS);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(
              new DuplicateSweep.Entry(
                  row.getLong(1),
                  row.getString(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getString(5),
                  row.getString(6),
                  row.getString(7),
                  row.getString(8)));
        }
      }
    }
    return entries;
  }

  private static Map<Long, Asset> byId(Connection connection, List<DuplicateSweep.Pair> pairs)
      throws SQLException {
    Set<Long> ids = new HashSet<>();
    for (DuplicateSweep.Pair pair : pairs) {
      ids.add(pair.older());
      ids.add(pair.younger());
    }
    Map<Long, Asset> assets = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(BY_ID)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Asset asset = AssetRows.asset(row);
          assets.put(asset.id(), asset);
        }
      }
    }
    return assets;
  }
}
