package io.floodmark.api.assets.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV as RFC 4180 has it and as spreadsheets write it: separated by comma, semicolon or tab, with
 * or without Excel's first line {@code sep=;}. A row is numbered by the line on which it begins.
 */
final class CsvFile implements AssetFile {
  private final Path file;
  private final FileLimits limits;
  private final RecordBound text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final long linesBefore;
  private final Columns columns;
  private long line;
  private long rows;

  CsvFile(Path file, FileLimits limits) throws IOException, FileProblemException {
    this.file = file;
    this.limits = limits;
    BufferedReader reader = StrictText.reader(file);
    boolean opened = false;
    try {
      CsvSeparator separator = CsvSeparator.read(reader);
      linesBefore = separator.linesRead();
      text = new RecordBound(reader, (long) limits.columns() * limits.cellChars());
      parser =
          CSVParser.builder()
              .setReader(text)
              .setFormat(
                  CSVFormat.DEFAULT
                      .builder()
                      .setDelimiter(separator.separator())
                      .setIgnoreEmptyLines(false)
                      .get())
              .get();
      records = parser.iterator();
      columns = readHeader();
      opened = true;
    } catch (CharacterCodingException e) {
      throw StrictText.wrongEncoding(file);
    } finally {
      if (!opened) {
        reader.close();
      }
    }
  }

  private Columns readHeader() throws IOException, FileProblemException {
    Optional<CSVRecord> header = nextRecord();
    while (header.isPresent() && header.get().stream().allMatch(String::isBlank)) {
      header = nextRecord();
    }
    return Columns.read(
        header.stream().flatMap(CSVRecord::stream).map(CsvGuard::off).toList(), limits);
  }

  @Override
  public FileFormat format() {
    return FileFormat.CSV;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<String> sheets() {
    return List.of();
  }

  @Override
  public Optional<FileRow> next() throws IOException, FileProblemException {
    for (Optional<CSVRecord> found = nextRecord(); found.isPresent(); found = nextRecord()) {
      FileRow row = row(found.get());
      if (!row.isEmpty()) {
        rows = RowLimit.next(rows, limits);
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private FileRow row(CSVRecord found) {
    Map<String, String> cells = new LinkedHashMap<>();
    List<RowProblem> problems = new ArrayList<>();
    for (int i = 0; i < Math.min(found.size(), columns.names().size()); i++) {
      String name = columns.names().get(i);
      String cell = CsvGuard.off(found.get(i));
      if (cell.length() > limits.cellChars()) {
        problems.add(RowProblem.tooLong(line, name, cell, limits.cellChars()));
      } else if (!cell.isEmpty()) {
        cells.put(name, cell);
      }
    }
    RowLimit.moreCells(line, found.toList(), columns).ifPresent(problems::add);
    return new FileRow(line, Optional.empty(), cells, Optional.empty(), problems);
  }

  private Optional<CSVRecord> nextRecord() throws IOException, FileProblemException {
    line = linesBefore + parser.getCurrentLineNumber() + 1;
    text.beginRecord();
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw problem(e.getCause());
    }
  }

  private FileProblemException problem(IOException cause) throws IOException {
    if (cause instanceof CharacterCodingException) {
      return StrictText.wrongEncoding(file);
    }
    String row = Long.toString(line);
    if (cause instanceof CSVException) {
      return new FileProblemException(ProblemKeys.CSV_QUOTE, Map.of("row", row), cause);
    }
    if (cause instanceof RecordBound.TooLongException) {
      return new FileProblemException(ProblemKeys.CSV_LONG, Map.of("row", row), cause);
    }
    throw cause;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
