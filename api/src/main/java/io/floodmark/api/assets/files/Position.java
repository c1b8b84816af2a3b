package io.floodmark.api.assets.files;

/**
 * A place on earth, WGS 84.
 *
 * @param lon degrees east, −180 to 180
 * @param lat degrees north, −90 to 90
 */
public record Position(double lon, double lat) {

  /** Refuses what is no place: see {@link #isPossible}. */
  public Position {
    if (!isPossible(lon, lat)) {
      throw new IllegalArgumentException(
          "No place on earth: longitude " + lon + ", latitude " + lat + ".");
    }
    // -0.0 and 0.0 are one place.
    lon += 0.0;
    lat += 0.0;
  }

  /** Whether a longitude and a latitude are in their ranges. */
  public static boolean isPossible(double lon, double lat) {
    return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  }
}
