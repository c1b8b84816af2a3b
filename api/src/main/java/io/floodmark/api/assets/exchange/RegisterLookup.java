package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetCursor;
import io.floodmark.api.assets.files.Bounds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the register already holds of what a list brings. Some thousand rows a question. */
final class RegisterLookup {
  /** About five kilometres around: a list may well reach beyond what is registered so far. */
  private static final double MARGIN_DEGREES = 0.05;

  /** The box of all but the outermost hundredth: one wrong position must not make it the world. */
  private static final String AREA =
      """
      SELECT west_east[1], west_east[2], south_north[1], south_north[2]
      FROM (SELECT percentile_disc(ARRAY[0.01, 0.99]) WITHIN GROUP (ORDER BY lon) AS west_east,
                   percentile_disc(ARRAY[0.01, 0.99]) WITHIN GROUP (ORDER BY lat) AS south_north
            FROM (SELECT lon, lat FROM asset WHERE merged_into IS NULL AND state <> 'removed'
                  UNION ALL
                  SELECT lon, lat FROM sensor) place) box
      WHERE west_east IS NOT NULL
      """;

  /**
   * OFFSET 0 keeps the planner from joining by kind, which would compare every row with every tree.
   */
  private static final String SAME_PLACE =
      """
      SELECT row.n, coalesce(there.ref, ''), coalesce(there.species, '')
      FROM unnest(?::text[], ?::float8[], ?::float8[]) WITH ORDINALITY AS row(kind, lon, lat, n)
      CROSS JOIN LATERAL (
        SELECT a.kind, a.ref, a.details ->> 'species' AS species
        FROM asset a
        WHERE point(a.lon, a.lat) ~= point(row.lon, row.lat) AND a.merged_into IS NULL AND a.state <> 'removed'
        OFFSET 0) there
      WHERE there.kind = row.kind
      """;

  private final Connection connection;

  /** Looks up on {@code connection}, which is the import's own. */
  RegisterLookup(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      // A plan kept from when the register was empty reads all of it for every thousand rows.
      statement.execute("SET plan_cache_mode = force_custom_plan");
    }
  }

  /** Another asset at the very place of a row. */
  record Neighbour(String ref, String species) {}

  /** Where the ward is, as far as the register and the sensors tell; empty before there are any. */
  Optional<Bounds> area() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(AREA);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Bounds(
              Math.max(-180, row.getDouble(1) - MARGIN_DEGREES),
              Math.max(-90, row.getDouble(3) - MARGIN_DEGREES),
              Math.min(180, row.getDouble(2) + MARGIN_DEGREES),
              Math.min(90, row.getDouble(4) + MARGIN_DEGREES)));
    }
  }

  /** The registered assets whose numbers these rows have, by {@link #key}. */
  Map<String, Asset> byRef(List<ImportRow> rows) throws SQLException {
    Map<String, List<AssetContent>> byKind =
        rows.stream()
            .flatMap(row -> row.content().stream())
            .filter(content -> content.ref().isPresent())
            .collect(Collectors.groupingBy(AssetContent::kind));
    Map<String, Asset> found = new HashMap<>();
    for (Map.Entry<String, List<AssetContent>> kind : byKind.entrySet()) {
      List<String> refs = kind.getValue().stream().flatMap(c -> c.ref().stream()).toList();
      AssetCursor.ofRefs(connection, kind.getKey(), refs)
          .forEach((ref, asset) -> found.put(key(kind.getKey(), ref), asset));
    }
    return found;
  }

  static String key(String kind, String ref) {
    return kind + "\n" + ref;
  }

  /** Registered assets at the very places of these contents, by their index. */
  Map<Integer, List<Neighbour>> atSamePlaces(List<AssetContent> contents) throws SQLException {
    Map<Integer, List<Neighbour>> found = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(SAME_PLACE)) {
      query.setArray(1, array("text", contents.stream().map(AssetContent::kind).toArray()));
      query.setArray(2, array("float8", contents.stream().map(AssetContent::lon).toArray()));
      query.setArray(3, array("float8", contents.stream().map(AssetContent::lat).toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getInt(1) - 1, index -> new java.util.ArrayList<>())
              .add(new Neighbour(row.getString(2), row.getString(3)));
        }
      }
    }
    return found;
  }

  private Array array(String type, Object... values) throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
