package io.floodmark.api.plates;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a phone is. Immutable.
 *
 * @param lon degrees east, WGS 84
 * @param lat degrees north
 * @param accuracyM radius in which it is with a probability of 95 %, in metres (W3C Geolocation)
 */
record Spot(double lon, double lat, double accuracyM) {
  /** Beyond this, the plate hangs elsewhere than the register says, or one of both errs. */
  static final double FAR_M = 30;

  private static final double METRES_PER_DEGREE = 111_195;
  private static final double ACCURACY_MAX_M = 100_000;

  /** Checks the ranges. */
  Spot {
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      throw new IllegalArgumentException("No position: " + lon + ", " + lat + ".");
    }
    if (!(accuracyM >= 0)) {
      throw new IllegalArgumentException("No accuracy: " + accuracyM + ".");
    }
    accuracyM = Math.min(accuracyM, ACCURACY_MAX_M);
  }

  /** Reads what a script or a person wrote; empty if it is no position. */
  static Optional<Spot> parse(String lon, String lat, String accuracyM) {
    try {
      return Optional.of(
          new Spot(
              Double.parseDouble(lon),
              Double.parseDouble(lat),
              accuracyM.isEmpty() ? 0 : Double.parseDouble(accuracyM)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** In metres, over distances at which the earth is flat. */
  double distanceM(double toLon, double toLat) {
    double north = toLat - lat;
    double east = (toLon - lon) * Math.cos(Math.toRadians(lat));
    return METRES_PER_DEGREE * Math.hypot(north, east);
  }

  /** The position as fields of an address. */
  String query() {
    return String.format(Locale.ROOT, "lon=%.6f&lat=%.6f&accuracy=%.0f", lon, lat, accuracyM);
  }

  /** Whether a plate so far from where its asset is registered needs a second look. */
  static boolean isFar(double distanceM) {
    return distanceM > FAR_M;
  }
}
