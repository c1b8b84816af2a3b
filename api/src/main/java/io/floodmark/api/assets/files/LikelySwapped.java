package io.floodmark.api.assets.files;

/**
 * Tells points whose longitude and latitude were likely swapped, the commonest fault of files with
 * coordinates. It only suspects: who imports decides.
 *
 * @param area where the points are expected, such as the ward with some room around it
 */
public record LikelySwapped(Bounds area) {

  /** Whether the numbers are no place as they stand but one when swapped: a latitude over 90. */
  public static boolean impossibleButSwapped(double lon, double lat) {
    return !Position.isPossible(lon, lat) && Position.isPossible(lat, lon);
  }

  /** Whether the point lies in the area only when swapped. */
  public boolean test(Position position) {
    return !area.contains(position.lon(), position.lat())
        && area.contains(position.lat(), position.lon());
  }
}
