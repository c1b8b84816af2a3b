package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Assets as GeoJSON: one by one where a view holds few, counted in the cells of a grid where it
 * holds many. The cells lie at round degrees, so that moving the map does not shuffle them.
 */
final class AssetMap {
  static final String CONTENT_TYPE = "application/geo+json";

  /** More than that nobody tells apart on a screen, and a phone draws them slowly. */
  static final int FEATURES_MAX = 2_000;

  /** Cells along the longer side of a view, at most. */
  private static final int CELLS_MAX = 32;

  /** A cell is so many pixels wide, at the zoom that the client names. */
  private static final int CELL_PIXELS = 64;

  private static final int TILE_PIXELS = 256;
  private static final double DECIMALS = 1e7;

  private AssetMap() {}

  /** What a view holds. */
  static byte[] bytes(Connection connection, AssetFilter filter, OptionalInt zoom, boolean forStaff)
      throws SQLException {
    AssetKinds kinds = AssetKinds.load(connection);
    AssetFilter.Where where = filter.where(kinds);
    Bounds bounds = filter.bounds().orElseThrow();
    if (holdsTooMany(connection, where)) {
      List<Cluster> clusters = clusters(connection, where, cell(bounds, zoom));
      List<Asset> alone = assets(connection, alone(clusters));
      AssetGroups groups = AssetGroups.load(connection);
      return collection(
          json -> {
            for (Cluster cluster : clusters) {
              if (cluster.count() > 1) {
                write(json, cluster);
              }
            }
            for (Asset asset : alone) {
              AssetFeature.write(json, asset, groups, forStaff);
            }
          });
    }
    List<Asset> assets = assets(connection, where);
    AssetGroups groups = AssetGroups.load(connection);
    return collection(
        json -> {
          for (Asset asset : assets) {
            AssetFeature.write(json, asset, groups, forStaff);
          }
        });
  }

  private static byte[] collection(Json.Content features) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "FeatureCollection");
          json.writeArrayFieldStart("features");
          features.write(json);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private record Cluster(
      int count,
      String kind,
      double lon,
      double lat,
      Bounds bounds,
      boolean madeUp,
      long oneOfThem) {}

  /** Who is alone in a cell is shown as what it is. */
  private static AssetFilter.Where alone(List<Cluster> clusters) {
    List<Long> ids =
        clusters.stream().filter(cluster -> cluster.count() == 1).map(Cluster::oneOfThem).toList();
    return new AssetFilter.Where("a.id = ANY (?)", List.of(ids));
  }

  private static boolean holdsTooMany(Connection connection, AssetFilter.Where where)
      throws SQLException {
    String sql =
        "SELECT count(*) > ? FROM (SELECT 1 FROM asset a WHERE " + where.sql() + " LIMIT ?) seen";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(1, FEATURES_MAX);
      int next = where.bind(connection, query, 2);
      query.setInt(next, FEATURES_MAX + 1);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static List<Asset> assets(Connection connection, AssetFilter.Where where)
      throws SQLException {
    String sql =
        "SELECT " + AssetRows.COLUMNS + " FROM asset a WHERE " + where.sql() + " ORDER BY a.id";
    List<Asset> assets = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      where.bind(connection, query, 1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          assets.add(AssetRows.asset(row));
        }
      }
    }
    return assets;
  }

  /** Degrees along a cell's side: a power of two, so that zooming in halves it. */
  private static double cell(Bounds bounds, OptionalInt zoom) {
    double wanted =
        zoom.isPresent()
            ? 360.0 / Math.pow(2, zoom.getAsInt()) * CELL_PIXELS / TILE_PIXELS
            : bounds.span() / CELLS_MAX;
    double least = Math.max(wanted, bounds.span() / CELLS_MAX);
    return Math.pow(2, Math.ceil(Math.log(least) / Math.log(2)));
  }

  private static List<Cluster> clusters(Connection connection, AssetFilter.Where where, double cell)
      throws SQLException {
    String sql =
        """
        SELECT count(*), CASE WHEN min(a.kind) = max(a.kind) THEN min(a.kind) END, avg(a.lon), avg(a.lat),
               min(a.lon), min(a.lat), max(a.lon), max(a.lat), bool_or(a.made_up),
               min(a.id)
        FROM asset a
        WHERE %s
        GROUP BY floor(a.lat / ?), floor(a.lon / ?)
        ORDER BY floor(min(a.lat) / ?), floor(min(a.lon) / ?)
        """
            .formatted(where.sql());
    List<Cluster> clusters = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int next = where.bind(connection, query, 1);
      for (int i = 0; i < 4; i++) {
        query.setDouble(next + i, cell);
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String kind = row.getString(2);
          clusters.add(
              new Cluster(
                  row.getInt(1),
                  kind == null ? "" : kind,
                  row.getDouble(3),
                  row.getDouble(4),
                  new Bounds(
                      row.getDouble(5), row.getDouble(6), row.getDouble(7), row.getDouble(8)),
                  row.getBoolean(9),
                  row.getLong(10)));
        }
      }
    }
    return clusters;
  }

  private static void write(JsonGenerator json, Cluster cluster) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeArrayFieldStart("bbox");
    json.writeNumber(rounded(cluster.bounds().west()));
    json.writeNumber(rounded(cluster.bounds().south()));
    json.writeNumber(rounded(cluster.bounds().east()));
    json.writeNumber(rounded(cluster.bounds().north()));
    json.writeEndArray();
    writePoint(json, cluster.lon(), cluster.lat());
    json.writeObjectFieldStart("properties");
    json.writeNumberField("count", cluster.count());
    if (cluster.kind().isEmpty()) {
      json.writeNullField("kind");
    } else {
      json.writeStringField("kind", cluster.kind());
    }
    json.writeBooleanField("madeUp", cluster.madeUp());
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The geometry of a Feature; seven decimals are a centimetre. */
  static void writePoint(JsonGenerator json, double lon, double lat) throws IOException {
    json.writeObjectFieldStart("geometry");
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(rounded(lon));
    json.writeNumber(rounded(lat));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static double rounded(double degrees) {
    return Math.rint(degrees * DECIMALS) / DECIMALS + 0.0;
  }
}
