package io.floodmark.sim.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header line, read whole: RFC 4180, UTF-8, spaces around cells ignored. */
public final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private final Set<String> columns;
  private final List<Row> rows;

  private CsvTable(Set<String> columns, List<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or is not UTF-8
   * @throws IllegalArgumentException if it is no CSV with a header line of distinct names
   */
  public static CsvTable read(Path file) throws IOException {
    try (BufferedReader text = Files.newBufferedReader(file, UTF_8)) {
      return read(text, file.toString());
    }
  }

  static CsvTable read(Reader text, String name) throws IOException {
    skipByteOrderMark(text);
    try (CSVParser parser = FORMAT.parse(text)) {
      List<Row> rows = new ArrayList<>();
      for (CSVRecord cells : parser) {
        rows.add(new Row(cells, parser.getCurrentLineNumber()));
      }
      return new CsvTable(Set.copyOf(parser.getHeaderNames()), List.copyOf(rows));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("Not a readable CSV: " + name + ": " + e.getMessage(), e);
    }
  }

  /** Spreadsheets begin UTF-8 files with one. */
  private static void skipByteOrderMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
  }

  /** The names in the header line. */
  public Set<String> columns() {
    return columns;
  }

  /** The rows below the header line, in order. */
  public List<Row> rows() {
    return rows;
  }

  /** One row. */
  public static final class Row {
    private final CSVRecord cells;
    private final long line;

    private Row(CSVRecord cells, long line) {
      this.cells = cells;
      this.line = line;
    }

    /** The number of the line on which it ends, 1 for the first of the file. */
    public long line() {
      return line;
    }

    /** The cell in that column, unless it is empty or the file has no such column. */
    public Optional<String> find(String column) {
      if (!cells.isSet(column)) {
        return Optional.empty();
      }
      return Optional.of(cells.get(column)).filter(text -> !text.isEmpty());
    }
  }
}
