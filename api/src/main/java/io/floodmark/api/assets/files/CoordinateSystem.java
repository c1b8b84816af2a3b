package io.floodmark.api.assets.files;

import java.util.regex.Pattern;

/** Names of coordinate systems, as the member {@code crs} of GeoJSON 2008 has them. */
public final class CoordinateSystem {
  /** WGS 84 as GeoJSON 2008 named it, and as QGIS and others still do. */
  private static final Pattern WGS_84 =
      Pattern.compile(
          "(?i)(?:urn:ogc:def:crs:OGC:[\\d.]*:|OGC:|https?://www\\.opengis\\.net/def/crs/OGC/[\\d.]+/)?CRS84"
              + "|(?:urn:ogc:def:crs:)?EPSG:[\\d.]*:?4326"
              + "|https?://www\\.opengis\\.net/def/crs/EPSG/[\\d.]+/4326");

  private CoordinateSystem() {}

  /** Whether {@code name} means longitude and latitude in WGS 84, the only system of RFC 7946. */
  public static boolean isWgs84(String name) {
    return WGS_84.matcher(name).matches();
  }
}
