package io.floodmark.api.reports;

import io.floodmark.api.http.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The floods that staff confirmed, for the map of everybody: where on a grid of some 20 m, how deep
 * by picture, since when, until when. No text, no photo, no number.
 */
final class ConfirmedFloods {
  /** 0.0002 degrees: 22 m north, 21 m east in this ward. */
  private static final double CELLS_PER_DEGREE = 5_000;

  private ConfirmedFloods() {}

  private record Flood(
      double lon,
      double lat,
      Optional<String> depth,
      Instant since,
      Instant until,
      boolean madeUp) {}

  static byte[] geoJson(Connection connection, Instant now) throws SQLException {
    List<Flood> floods = new ArrayList<>();
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT lon, lat, flood_depth, created_at, shown_until, made_up
                FROM report
                WHERE shown_until > ? AND category = 'flood' AND lon IS NOT NULL AND lat IS NOT NULL
                ORDER BY shown_until DESC
                LIMIT 500
                """,
                now);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        floods.add(
            new Flood(
                onGrid(row.getDouble("lon")),
                onGrid(row.getDouble("lat")),
                Bound.text(row, "flood_depth"),
                Bound.time(row, "created_at").orElseThrow(),
                Bound.time(row, "shown_until").orElseThrow(),
                row.getBoolean("made_up")));
      }
    }
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "FeatureCollection");
          json.writeArrayFieldStart("features");
          for (Flood flood : floods) {
            json.writeStartObject();
            json.writeStringField("type", "Feature");
            json.writeObjectFieldStart("geometry");
            json.writeStringField("type", "Point");
            json.writeArrayFieldStart("coordinates");
            json.writeNumber(flood.lon());
            json.writeNumber(flood.lat());
            json.writeEndArray();
            json.writeEndObject();
            json.writeObjectFieldStart("properties");
            json.writeStringField("category", "flood");
            Json.writeText(json, "depth", flood.depth());
            json.writeStringField("since", Json.time(flood.since()));
            json.writeStringField("until", Json.time(flood.until()));
            json.writeBooleanField("madeUp", flood.madeUp());
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static double onGrid(double degrees) {
    return Math.rint(degrees * CELLS_PER_DEGREE) / CELLS_PER_DEGREE;
  }
}
