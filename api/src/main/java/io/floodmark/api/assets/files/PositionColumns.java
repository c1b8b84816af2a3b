package io.floodmark.api.assets.files;

import java.util.Map;

/**
 * The two columns in which CSV and Excel hold a point.
 *
 * @param lon header of the longitude, degrees
 * @param lat header of the latitude, degrees
 */
public record PositionColumns(String lon, String lat) {

  /** Refuses names that are empty or the same. */
  public PositionColumns {
    if (lon.isEmpty() || lat.isEmpty() || lon.equals(lat)) {
      throw new IllegalArgumentException("Longitude and latitude need two columns with names.");
    }
  }

  /** The point of a row that was read from CSV or Excel. */
  public PositionReading read(Map<String, String> cells) {
    return Positions.read(cells.getOrDefault(lon, ""), cells.getOrDefault(lat, ""));
  }
}
