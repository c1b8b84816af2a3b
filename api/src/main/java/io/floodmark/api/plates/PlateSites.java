package io.floodmark.api.plates;

import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.AssetFilter;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.records.AssetAtHand;
import io.floodmark.api.records.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What stands near somebody with a plate in their hands. */
public final class PlateSites {
  private static final int SITES_MAX = 8;
  private static final int NEXT_MAX = 5;
  private static final int SEARCH_RADIUS_M = 300;

  /**
   * Of an {@code asset a} to a position, in metres; 111,195 metres are a degree of latitude, and
   * over these distances the earth is flat.
   */
  private static final String DISTANCE =
      "111195 * sqrt((a.lat - ?) ^ 2 + ((a.lon - ?) * cos(radians(?))) ^ 2)";

  private static final String NEXT =
      "SELECT p.code, a.id, k.name_vi, "
          + AssetAtHand.LABEL_SQL
          + " AS label, "
          + DISTANCE
          + """
           AS distance_m
          FROM plate p JOIN asset a ON a.id = p.asset_id JOIN asset_kind k ON k.code = a.kind
          WHERE p.state IN ('made', 'printed')
            AND (cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[]))
          ORDER BY distance_m LIMIT ?
          """;

  private PlateSites() {}

  /**
   * Something near.
   *
   * @param kind its name, in Vietnamese
   * @param distanceM from the position asked about, in whole metres; empty without one
   */
  public record Site(long assetId, String kind, String label, OptionalInt distanceM) {}

  /** Assets without a plate: the nearest to {@code spot}, of those that {@code search} finds. */
  static List<Site> withoutPlate(
      Connection connection, Caller caller, Optional<Spot> spot, String search)
      throws SQLException {
    if (spot.isEmpty() && search.isEmpty()) {
      return List.of();
    }
    AssetFilter.Where where =
        new AssetFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                search,
                caller.groups().stream().sorted().toList(),
                false)
            .where(AssetKinds.load(connection));
    String near =
        "SELECT * FROM (SELECT a.id, k.name_vi, "
            + AssetAtHand.LABEL_SQL
            + " AS label, "
            + DISTANCE
            + " AS distance_m FROM asset a JOIN asset_kind k ON k.code = a.kind WHERE "
            + where.sql()
            + " AND "
            + PlateMaking.WITHOUT_PLATE
            + ") site WHERE distance_m < ? OR ? ORDER BY distance_m NULLS LAST, label LIMIT ?";
    try (PreparedStatement query = connection.prepareStatement(near)) {
      int next = bindSpot(query, 1, spot);
      next = where.bind(connection, query, next);
      query.setInt(next++, SEARCH_RADIUS_M);
      query.setBoolean(next++, !search.isEmpty());
      query.setInt(next, SITES_MAX);
      List<Site> sites = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          sites.add(site(row));
        }
      }
      return sites;
    }
  }

  /** The nearest plates that wait to be mounted, seen from where an asset stands. */
  static List<Site> toMountNext(Connection connection, Caller caller, Spot from)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEXT)) {
      int next = bindSpot(query, 1, Optional.of(from));
      query.setArray(next++, Scope.of(connection, caller));
      query.setArray(next++, Scope.of(connection, caller));
      query.setInt(next, NEXT_MAX);
      List<Site> sites = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          sites.add(site(row));
        }
      }
      return sites;
    }
  }

  /** Where an asset stands. */
  static Spot of(Connection connection, long assetId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT lon, lat FROM asset WHERE id = ?")) {
      query.setLong(1, assetId);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Spot(row.getDouble(1), row.getDouble(2), 0);
      }
    }
  }

  private static Site site(ResultSet row) throws SQLException {
    double distance = row.getDouble("distance_m");
    OptionalInt distanceM =
        row.wasNull() ? OptionalInt.empty() : OptionalInt.of((int) Math.round(distance));
    return new Site(row.getLong("id"), row.getString("name_vi"), row.getString("label"), distanceM);
  }

  private static int bindSpot(PreparedStatement query, int from, Optional<Spot> spot)
      throws SQLException {
    query.setObject(from, spot.map(Spot::lat).orElse(null), java.sql.Types.DOUBLE);
    query.setObject(from + 1, spot.map(Spot::lon).orElse(null), java.sql.Types.DOUBLE);
    query.setObject(from + 2, spot.map(Spot::lat).orElse(null), java.sql.Types.DOUBLE);
    return from + 3;
  }
}
