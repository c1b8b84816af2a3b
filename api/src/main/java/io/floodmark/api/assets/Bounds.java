package io.floodmark.api.assets;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.util.regex.Pattern;

/**
 * A rectangle of the map, in degrees of WGS 84.
 *
 * @param west -180 to 180, less than east
 * @param south -90 to 90, less than north
 * @param east -180 to 180
 * @param north -90 to 90
 */
public record Bounds(double west, double south, double east, double north) {
  private static final Pattern DEGREES = Pattern.compile("-?\\d{1,3}(\\.\\d{1,15})?");
  private static final double METRES_PER_DEGREE = 111_320;

  /**
   * Reads {@code w,s,e,n}.
   *
   * @throws ProblemException with 400 if it is no rectangle, or one that crosses the date line
   */
  public static Bounds parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 4) {
      throw bad("must be four numbers of degrees: west,south,east,north");
    }
    double[] degrees = new double[4];
    for (int i = 0; i < 4; i++) {
      if (!DEGREES.matcher(parts[i].strip()).matches()) {
        throw bad("must be four numbers of degrees: west,south,east,north");
      }
      degrees[i] = Double.parseDouble(parts[i].strip());
    }
    if (Math.abs(degrees[0]) > 180
        || Math.abs(degrees[2]) > 180
        || Math.abs(degrees[1]) > 90
        || Math.abs(degrees[3]) > 90) {
      throw bad("must stay within 180 degrees of longitude and 90 of latitude");
    }
    if (degrees[0] >= degrees[2] || degrees[1] >= degrees[3]) {
      throw bad(
          "must have west before east and south before north; ask twice for what lies on both sides"
              + " of the date line");
    }
    return new Bounds(degrees[0], degrees[1], degrees[2], degrees[3]);
  }

  /** The square whose sides lie {@code metres} away from a position. */
  public static Bounds around(double lon, double lat, double metres) {
    double dLat = metres / METRES_PER_DEGREE;
    double dLon = dLat / Math.max(0.01, Math.cos(Math.toRadians(lat)));
    return new Bounds(lon - dLon, lat - dLat, lon + dLon, lat + dLat);
  }

  /** The longer side in degrees. */
  double span() {
    return Math.max(east - west, north - south);
  }

  private static ProblemException bad(String must) {
    return new ProblemException(Problem.badParameter("bbox", "Parameter \"bbox\" " + must + "."));
  }
}
