package io.floodmark.sim.street;

/**
 * A place on the map, WGS 84.
 *
 * @param lon degrees east, -180 to 180
 * @param lat degrees north, -90 to 90
 */
public record Position(double lon, double lat) {
  private static final double METRES_A_DEGREE = 111_195;

  public Position {
    // Written so that NaN fails as well.
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      throw new IllegalArgumentException("No place on earth: %s, %s.".formatted(lon, lat));
    }
  }

  /** The place so many metres east and north of here, to a tenth of a metre, within one ward. */
  Position moved(double eastM, double northM) {
    return new Position(
        rounded(lon + eastM / (METRES_A_DEGREE * Math.cos(Math.toRadians(lat)))),
        rounded(lat + northM / METRES_A_DEGREE));
  }

  /** How far it is from here, metres; good within one ward, where the earth is flat. */
  public double metresTo(Position other) {
    double eastM = (other.lon - lon) * METRES_A_DEGREE * Math.cos(Math.toRadians(lat));
    double northM = (other.lat - lat) * METRES_A_DEGREE;
    return Math.hypot(eastM, northM);
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }
}
