package io.floodmark.api.assets.files;

/**
 * A box around an area that does not cross the date line, degrees, WGS 84.
 *
 * @param west the least longitude
 * @param south the least latitude
 * @param east the greatest longitude
 * @param north the greatest latitude
 */
public record Bounds(double west, double south, double east, double north) {

  /** Refuses corners off the earth or in the wrong order. */
  public Bounds {
    if (!Position.isPossible(west, south)
        || !Position.isPossible(east, north)
        || west > east
        || south > north) {
      throw new IllegalArgumentException(
          "Not a box: give west, south, east, north in degrees, west <= east, south <= north.");
    }
  }

  /** Whether a point lies in the box or on its edge. */
  public boolean contains(double lon, double lat) {
    return west <= lon && lon <= east && south <= lat && lat <= north;
  }
}
