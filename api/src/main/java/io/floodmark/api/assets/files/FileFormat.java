package io.floodmark.api.assets.files;

/** The formats in which a list of assets is read and written. */
public enum FileFormat {
  CSV("csv", "text/csv; charset=utf-8; header=present"),
  GEOJSON("geojson", "application/geo+json"),
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private final String extension;
  private final String mediaType;

  FileFormat(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** The end of such a file's name, without the dot. */
  public String extension() {
    return extension;
  }

  /** What an HTTP Content-Type says of it. */
  public String mediaType() {
    return mediaType;
  }
}
