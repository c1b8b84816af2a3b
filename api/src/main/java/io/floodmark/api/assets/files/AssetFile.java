package io.floodmark.api.assets.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of assets that is open for reading, row by row. For one thread at a time. What the file is
 * is told by its content, never by its name.
 */
public interface AssetFile extends Closeable {

  /** What it is. */
  FileFormat format();

  /** Its header. For GeoJSON all names of properties, in the order in which they first appear. */
  Columns columns();

  /** The sheets of a workbook, in order; empty for the other formats. */
  List<String> sheets();

  /**
   * The next row in which anything stands; empty at the end.
   *
   * @throws FileProblemException when the rest of the file cannot be read
   */
  Optional<FileRow> next() throws IOException, FileProblemException;

  /**
   * Opens a file, the first sheet of a workbook.
   *
   * @throws FileProblemException when it is of no kind that can be read, or has no good header
   */
  static AssetFile open(Path file, FileLimits limits) throws IOException, FileProblemException {
    return open(file, Optional.empty(), limits);
  }

  /**
   * Opens a file.
   *
   * @param sheet of a workbook, else its first; other formats have none to choose
   * @throws FileProblemException when it is of no kind that can be read, or has no good header
   */
  static AssetFile open(Path file, Optional<String> sheet, FileLimits limits)
      throws IOException, FileProblemException {
    if (Files.size(file) > limits.bytes()) {
      throw tooLarge(limits);
    }
    return switch (FileKind.of(file)) {
      case CSV -> new CsvFile(file, limits);
      case GEOJSON -> new GeoJsonFile(file, limits);
      case XLSX -> new XlsxFile(file, sheet, limits);
    };
  }

  /**
   * Copies a stream to a temporary file, which goes when the result is closed, and opens that:
   * workbooks and GeoJSON are read more than once. {@code in} is not closed.
   *
   * @param folder in which the temporary file lies
   * @throws FileProblemException when it is of no kind that can be read, or has no good header
   */
  static AssetFile open(InputStream in, Optional<String> sheet, FileLimits limits, Path folder)
      throws IOException, FileProblemException {
    return SpooledFile.open(in, sheet, limits, folder);
  }

  /** That a file has more bytes than the limit. */
  static FileProblemException tooLarge(FileLimits limits) {
    return new FileProblemException(
        ProblemKeys.FILE_BYTES, Map.of("limit", Long.toString(limits.bytes() / 1_000_000)));
  }
}
