package io.floodmark.api.site;

import java.util.Locale;
import java.util.Map;

/**
 * The media type of a file by its name.
 *
 * @param value as the header has it
 * @param compressible whether gzip makes such files smaller
 */
record MediaType(String value, boolean compressible) {
  private static final MediaType UNKNOWN = new MediaType("application/octet-stream", false);

  private static final Map<String, MediaType> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("html", text("text/html; charset=utf-8")),
          Map.entry("css", text("text/css; charset=utf-8")),
          Map.entry("js", text("text/javascript; charset=utf-8")),
          Map.entry("mjs", text("text/javascript; charset=utf-8")),
          Map.entry("json", text("application/json")),
          Map.entry("map", text("application/json")),
          Map.entry("geojson", text("application/geo+json")),
          Map.entry("webmanifest", text("application/manifest+json")),
          Map.entry("svg", text("image/svg+xml")),
          Map.entry("txt", text("text/plain; charset=utf-8")),
          Map.entry("ico", text("image/x-icon")),
          Map.entry("png", new MediaType("image/png", false)),
          Map.entry("jpg", new MediaType("image/jpeg", false)),
          Map.entry("webp", new MediaType("image/webp", false)),
          Map.entry("woff2", new MediaType("font/woff2", false)));

  static MediaType of(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, UNKNOWN);
  }

  private static MediaType text(String value) {
    return new MediaType(value, true);
  }
}
