package io.floodmark.api.assets.files;

/** The keys of the sentences in {@code files_vi.properties} and {@code files_en.properties}. */
final class ProblemKeys {
  static final String FILE_EMPTY = "file.empty";
  static final String FILE_BYTES = "file.bytes";
  static final String FILE_ROWS = "file.rows";
  static final String FILE_COLUMNS = "file.columns";
  static final String FILE_ENCODING = "file.encoding";
  static final String FILE_OLD_EXCEL = "file.oldExcel";
  static final String FILE_PDF = "file.pdf";
  static final String FILE_IMAGE = "file.image";
  static final String FILE_WORD = "file.word";
  static final String FILE_ARCHIVE = "file.archive";
  static final String FILE_MARKUP = "file.markup";
  static final String FILE_BINARY = "file.binary";

  static final String HEADER_NONE = "header.none";
  static final String HEADER_EMPTY = "header.empty";
  static final String HEADER_REPEATED = "header.repeated";
  static final String HEADER_LONG = "header.long";

  static final String CSV_QUOTE = "csv.quote";
  static final String CSV_LONG = "csv.long";
  static final String CSV_SEPARATOR = "csv.separator";

  static final String GEOJSON_SYNTAX = "geojson.syntax";
  static final String GEOJSON_KIND = "geojson.kind";
  static final String GEOJSON_CRS = "geojson.crs";
  static final String GEOJSON_MORE = "geojson.more";

  static final String XLSX_DAMAGED = "xlsx.damaged";
  static final String XLSX_UNPACKED = "xlsx.unpacked";
  static final String XLSX_SHEET = "xlsx.sheet";

  static final String ROW_MORE_CELLS = "row.moreCells";
  static final String ROW_NO_FEATURE = "row.noFeature";
  static final String ROW_PROPERTIES = "row.properties";
  static final String ROW_REPEATED = "row.repeated";
  static final String CELL_LONG = "cell.long";
  static final String CELL_ERROR = "cell.error";
  static final String CELL_NO_RESULT = "cell.noResult";
  static final String GEOMETRY_KIND = "geometry.kind";
  static final String POSITION_UNREADABLE = "position.unreadable";
  static final String POSITION_RANGE = "position.range";
  static final String POSITION_SWAPPED = "position.swapped";

  private ProblemKeys() {}
}
