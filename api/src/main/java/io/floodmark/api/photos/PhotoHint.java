package io.floodmark.api.photos;

import java.time.Instant;
import java.util.Optional;

/**
 * Where and when the camera says that a photo was taken: to place the pin once, then to be
 * forgotten. It is not in the photo that is kept.
 *
 * @param place where, if the camera knew
 * @param takenAt when, if the camera says so; its clock may be wrong
 */
public record PhotoHint(Optional<Place> place, Optional<Instant> takenAt) {
  /** The camera says nothing. */
  public static final PhotoHint NONE = new PhotoHint(Optional.empty(), Optional.empty());

  /**
   * A point in WGS 84.
   *
   * @param lon degrees east, -180 to 180
   * @param lat degrees north, -90 to 90
   */
  public record Place(double lon, double lat) {
    public Place {
      if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
        throw new IllegalArgumentException("No place on Earth: " + lon + ", " + lat);
      }
    }
  }
}
