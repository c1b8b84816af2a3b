package io.floodmark.api.sensors.register;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A list of sensors as CSV (RFC 4180) in UTF-8, with a header line, its columns in any order. */
public final class SensorList {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          // Empty lines count, so that a row has the number that a spreadsheet shows.
          .setIgnoreEmptyLines(false)
          .setTrim(true)
          .get();

  private static final List<String> COLUMNS_WRITTEN =
      SensorRow.COLUMNS.stream().filter(column -> !column.equals("token")).toList();

  private SensorList() {}

  /**
   * Reads a list.
   *
   * @throws IOException if the file cannot be read
   * @throws SensorListException if it is not such a list; what its rows say is judged later
   */
  public static List<SensorRow> read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return read(reader);
    } catch (CharacterCodingException e) {
      throw notUtf8();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notUtf8();
      }
      throw e.getCause();
    }
  }

  /**
   * Reads a list from a text, which stays open. The reader has to support {@code mark}.
   *
   * @throws IOException if the text cannot be read
   * @throws SensorListException if it is not such a list
   */
  public static List<SensorRow> read(Reader reader) throws IOException {
    skipByteOrderMark(reader);
    List<String> problems = new ArrayList<>();
    List<SensorRow> rows = new ArrayList<>();
    try (CSVParser parser = FORMAT.parse(reader)) {
      List<String> header = List.of();
      for (CSVRecord record : parser) {
        if (record.getRecordNumber() == 1) {
          header = header(record);
        } else if (!isEmpty(record)) {
          row(record, header, problems).ifPresent(rows::add);
        }
      }
      if (header.isEmpty()) {
        throw new SensorListException(List.of("row 1: there is no header line"));
      }
    }
    if (rows.isEmpty() && problems.isEmpty()) {
      problems.add("there is no sensor in it");
    }
    if (!problems.isEmpty()) {
      throw new SensorListException(problems);
    }
    return rows;
  }

  /**
   * Writes sensors so that {@link #read} reads them back, but for the tokens: nobody knows them.
   */
  public static String write(List<SensorEntry> sensors) {
    List<String> lines = new ArrayList<>();
    lines.add(line(COLUMNS_WRITTEN.toArray()));
    for (SensorEntry sensor : sensors) {
      OptionalInt mountHeightMm = sensor.mountHeightMm();
      lines.add(
          line(
              sensor.code(),
              sensor.name(),
              sensor.lon(),
              sensor.lat(),
              sensor.kind().code(),
              mountHeightMm.isPresent() ? mountHeightMm.getAsInt() : "",
              sensor.lowPointDeltaMm(),
              sensor.reportIntervalS(),
              sensor.gateway().orElse(""),
              sensor.zone().orElse(""),
              sensor.street().orElse("")));
    }
    return String.join("", lines);
  }

  private static String line(Object... cells) {
    return FORMAT.format(cells) + FORMAT.getRecordSeparator();
  }

  private static List<String> header(CSVRecord record) {
    List<String> names = record.stream().map(String::strip).toList();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!SensorRow.COLUMNS.contains(name)) {
        problems.add(
            "row 1: \"%s\" is no column of a sensor list; allowed are %s%s"
                .formatted(
                    name,
                    String.join(",", SensorRow.COLUMNS),
                    names.size() == 1 && name.contains(";")
                        ? ", separated by commas, not by semicolons"
                        : ""));
      }
    }
    for (String column : SensorRow.COLUMNS) {
      if (names.stream().filter(column::equals).count() > 1) {
        problems.add("row 1: column " + column + " is there twice");
      }
    }
    if (problems.isEmpty() && !names.contains("code")) {
      problems.add("row 1: column code is missing");
    }
    if (!problems.isEmpty()) {
      throw new SensorListException(problems);
    }
    return names;
  }

  private static Optional<SensorRow> row(
      CSVRecord record, List<String> header, List<String> problems) {
    String label = "row " + record.getRecordNumber();
    if (record.size() != header.size()) {
      problems.add(
          "%s: %d cells, but the header has %d".formatted(label, record.size(), header.size()));
      return Optional.empty();
    }
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      if (!record.get(i).isEmpty()) {
        cells.put(header.get(i), record.get(i));
      }
    }
    return Optional.of(new SensorRow(label, cells));
  }

  private static boolean isEmpty(CSVRecord record) {
    return record.stream().allMatch(String::isEmpty);
  }

  /** Spreadsheets put it in front of UTF-8. */
  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  private static SensorListException notUtf8() {
    return new SensorListException(List.of("it is not UTF-8; save it as \"CSV UTF-8\""));
  }
}
