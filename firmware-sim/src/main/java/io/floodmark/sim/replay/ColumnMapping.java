package io.floodmark.sim.replay;

import io.floodmark.sim.csv.CsvTable;
import io.floodmark.sim.reading.Field;
import io.floodmark.sim.reading.SensorReading;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a row of a CSV becomes a reading. Written as {@code target=source}, joined by commas:
 *
 * <ul>
 *   <li>{@code sensor=COLUMN}, the column that holds the sensor's code, or {@code
 *       sensor=code:CODE}, that sensor for all rows
 *   <li>{@code time=COLUMN}, ISO 8601 with offset or Z, or epoch milliseconds
 *   <li>any field of docs/wire-format.md but {@code ts}, as an {@link Expression}: {@code
 *       depth_mm=level_m*1000+800}. One of distance_mm, depth_mm, rain_mm is required
 * </ul>
 */
public final class ColumnMapping {
  /** How a mapping is written, for the help of a command. */
  public static final String SYNTAX =
      "sensor=COLUMN or sensor=code:CODE (one sensor for all rows), time=COLUMN (ISO 8601 or epoch ms), and fields of"
          + " a reading as arithmetic over columns: depth_mm=level_m*1000+800. Joined by commas, without spaces.";

  private static final String FIXED_CODE = "code:";

  private final String sensor;
  private final String time;
  private final Map<Field, Expression> fields;

  private ColumnMapping(String sensor, String time, Map<Field, Expression> fields) {
    this.sensor = sensor;
    this.time = time;
    this.fields = fields;
  }

  /**
   * Reads a mapping.
   *
   * @throws IllegalArgumentException if a target is unknown, written twice or missing, or an
   *     expression is none
   */
  public static ColumnMapping parse(String text) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        throw new IllegalArgumentException("Not a column mapping: \"" + part + "\". Use " + SYNTAX);
      }
      String target = part.substring(0, equals).trim();
      if (sources.put(target, part.substring(equals + 1).trim()) != null) {
        throw new IllegalArgumentException("Column mapping: " + target + " is there twice.");
      }
    }
    String sensor = required(sources, "sensor");
    String time = required(sources, "time");
    Map<Field, Expression> fields = new EnumMap<>(Field.class);
    sources.forEach((key, source) -> fields.put(field(key), Expression.parse(source)));
    if (fields.keySet().stream().noneMatch(Field::isMeasurement)) {
      throw new IllegalArgumentException(
          "Column mapping: one of distance_mm, depth_mm, rain_mm is required.");
    }
    return new ColumnMapping(sensor, time, fields);
  }

  private static String required(Map<String, String> sources, String target) {
    String source = sources.remove(target);
    if (source == null) {
      throw new IllegalArgumentException(
          "Column mapping: " + target + "=... is missing. Use " + SYNTAX);
    }
    return source;
  }

  private static Field field(String key) {
    return Field.findByKey(key)
        .filter(field -> field != Field.TS)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Column mapping: no field \""
                        + key
                        + "\". Use sensor, time, "
                        + Stream.of(Field.values())
                            .filter(field -> field != Field.TS)
                            .map(Field::key)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * Checks that the file has every column that the mapping reads.
   *
   * @throws IllegalArgumentException naming those that are missing and those that are there
   */
  void checkAgainst(Set<String> columns) {
    Set<String> missing = new TreeSet<>();
    if (!sensor.startsWith(FIXED_CODE)) {
      missing.add(sensor);
    }
    missing.add(time);
    fields.values().forEach(expression -> missing.addAll(expression.columns()));
    missing.removeAll(columns);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The file has no column "
              + String.join(", ", missing)
              + ". It has "
              + String.join(", ", new TreeSet<>(columns))
              + ".");
    }
  }

  /**
   * The row as a reading of a sensor at a time. A field whose cells are empty is left out.
   *
   * @throws IllegalArgumentException naming the line if a cell does not hold what it should
   */
  RecordedReading map(CsvTable.Row row) {
    try {
      String code =
          sensor.startsWith(FIXED_CODE) ? sensor.substring(FIXED_CODE.length()) : cell(row, sensor);
      SensorReading reading = SensorReading.empty();
      for (Map.Entry<Field, Expression> field : fields.entrySet()) {
        boolean complete =
            field.getValue().columns().stream().allMatch(column -> row.find(column).isPresent());
        if (complete) {
          double value = field.getValue().evaluate(column -> number(row, column));
          reading = reading.with(field.getKey(), value);
        }
      }
      return new RecordedReading(code, time(cell(row, time)), reading);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Line " + row.line() + ": " + e.getMessage(), e);
    }
  }

  private static String cell(CsvTable.Row row, String column) {
    return row.find(column)
        .orElseThrow(() -> new IllegalArgumentException("the cell " + column + " is empty."));
  }

  private static double number(CsvTable.Row row, String column) {
    String text = cell(row, column);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(column + " is no number: \"" + text + "\".", e);
    }
  }

  private static Instant time(String text) {
    try {
      return text.matches("-?[0-9]{1,18}")
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "no time: \"" + text + "\". Use ISO 8601 with offset or Z, or epoch milliseconds.", e);
    }
  }
}
