package io.floodmark.api.assets.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a list of assets row by row, so that {@link AssetFile} reads the same again. For one
 * thread at a time. {@link #close} ends and flushes the file but leaves the stream open; without it
 * the file is not whole.
 */
public interface AssetWriter extends Closeable {

  /**
   * Writes a row.
   *
   * @param cells by column; an absent column or empty text is an absent cell
   * @param position a geometry in GeoJSON, two cells in CSV and Excel
   * @throws IllegalArgumentException for a column that the header does not have
   */
  void row(Map<String, CellValue> cells, Optional<Position> position) throws IOException;

  /**
   * Begins a file with its header.
   *
   * @param columns the header, without the columns of the position
   * @param position where CSV and Excel have the point, after the other columns; without them the
   *     point is left out there
   */
  static AssetWriter open(
      FileFormat format, OutputStream out, Columns columns, Optional<PositionColumns> position)
      throws IOException {
    return switch (format) {
      case CSV -> new CsvWriter(out, TableHeader.of(columns, position));
      case GEOJSON -> new GeoJsonWriter(out, columns);
      case XLSX -> new XlsxWriter(out, TableHeader.of(columns, position));
    };
  }
}
