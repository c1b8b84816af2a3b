package io.floodmark.sim.street;

import io.floodmark.sim.csv.CsvTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Labelled series as a CSV file, one reading a line, in the order in which each sensor took them:
 *
 * <pre>{@code
 * code,mount_height_mm,low_point_delta_mm,interval_s,taken_at,arrived_at,distance_mm,temperature_c,true_depth_mm,cause,lon,lat,depth_mm,rain_mm,true_rain_mm
 * bvd-03,2500,180,60,2026-06-01T03:00:00Z,2026-06-01T03:00:00.310Z,2358,31.2,142,flood,106.0712,20.9411,,,
 * mua-01,,,60,2026-06-01T03:00:00Z,2026-06-01T03:00:00.290Z,,,,,106.0712,20.9411,,0.4,0.37
 * }</pre>
 *
 * {@code arrived_at} is empty for a reading that was lost, {@code temperature_c} where there is no
 * thermometer, {@code lon} and {@code lat} where nobody knows the place. The causes are those of
 * {@link Cause#code()}. What has {@code rain_mm} is the reading of a rain gauge, what has {@code
 * depth_mm} that of a pressure gauge, which nobody reads back yet. A file may lack the columns from
 * {@code lon} on altogether.
 */
public final class LabelledFile {
  static final List<String> COLUMNS =
      List.of(
          "code",
          "mount_height_mm",
          "low_point_delta_mm",
          "interval_s",
          "taken_at",
          "arrived_at",
          "distance_mm",
          "temperature_c",
          "true_depth_mm",
          "cause");

  /** Columns that a file may lack. */
  static final List<String> OPTIONAL_COLUMNS =
      List.of("lon", "lat", "depth_mm", "rain_mm", "true_rain_mm");

  private LabelledFile() {}

  /** Writes all readings of all series. */
  public static void write(Path file, List<LabelledSeries> water, List<RainSeries> rain)
      throws IOException {
    try (LabelledWriter writer = new LabelledWriter(file)) {
      for (LabelledSeries series : water) {
        for (LabelledReading reading : series.readings()) {
          writer.write(series.site(), reading);
        }
      }
      for (RainSeries series : rain) {
        for (RainReading reading : series.readings()) {
          writer.write(series.gauge(), reading);
        }
      }
    }
  }

  /**
   * Reads the series of all sensors in such a file that look down at the street.
   *
   * @return a series for each code, in the order of the file
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException with the line and what is wrong there
   */
  public static List<LabelledSeries> read(Path file) throws IOException {
    Map<String, Site> sites = new LinkedHashMap<>();
    Map<String, List<LabelledReading>> readings = new LinkedHashMap<>();
    for (CsvTable.Row row : rows(file)) {
      if (row.find("rain_mm").isPresent() || row.find("depth_mm").isPresent()) {
        continue;
      }
      String code = cell(row, "code", text -> text);
      sites.computeIfAbsent(code, unseen -> site(row, sites.size()));
      readings.computeIfAbsent(code, unseen -> new ArrayList<>()).add(reading(row));
    }
    return sites.entrySet().stream()
        .map(site -> new LabelledSeries(site.getValue(), readings.get(site.getKey())))
        .toList();
  }

  /**
   * Reads the series of all rain gauges in such a file, as {@link #read} does the others.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException with the line and what is wrong there
   */
  public static List<RainSeries> readRain(Path file) throws IOException {
    Map<String, Gauge> gauges = new LinkedHashMap<>();
    Map<String, List<RainReading>> readings = new LinkedHashMap<>();
    for (CsvTable.Row row : rows(file)) {
      if (row.find("rain_mm").isEmpty()) {
        continue;
      }
      String code = cell(row, "code", text -> text);
      gauges.computeIfAbsent(
          code, unseen -> new Gauge(gauges.size(), code, position(row), interval(row)));
      readings
          .computeIfAbsent(code, unseen -> new ArrayList<>())
          .add(
              new RainReading(
                  cell(row, "taken_at", Instant::parse),
                  arrivedAt(row),
                  cell(row, "rain_mm", Double::valueOf),
                  cell(row, "true_rain_mm", Double::valueOf)));
    }
    return gauges.entrySet().stream()
        .map(gauge -> new RainSeries(gauge.getValue(), readings.get(gauge.getKey())))
        .toList();
  }

  private static List<CsvTable.Row> rows(Path file) throws IOException {
    CsvTable table = CsvTable.read(file);
    List<String> missing =
        COLUMNS.stream().filter(column -> !table.columns().contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no column " + String.join(", ", missing) + ".");
    }
    return table.rows();
  }

  private static Site site(CsvTable.Row row, int number) {
    return new Site(
        number,
        cell(row, "code", text -> text),
        position(row),
        cell(row, "mount_height_mm", Integer::valueOf),
        cell(row, "low_point_delta_mm", Integer::valueOf),
        row.find("temperature_c").isPresent(),
        interval(row));
  }

  private static Duration interval(CsvTable.Row row) {
    return cell(
        row,
        "interval_s",
        text -> Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact()));
  }

  /** Whole seconds as a rule; the quick sensors of a hurried street report more often. */
  static String seconds(Duration interval) {
    return BigDecimal.valueOf(interval.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static Optional<Instant> arrivedAt(CsvTable.Row row) {
    return row.find("arrived_at").map(text -> cell(row, "arrived_at", Instant::parse));
  }

  private static Optional<Position> position(CsvTable.Row row) {
    if (row.find("lon").isEmpty() && row.find("lat").isEmpty()) {
      return Optional.empty();
    }
    double lat = cell(row, "lat", Double::valueOf);
    // The longitude is read last, so that a pair which is no place on earth is told with its line.
    return Optional.of(cell(row, "lon", text -> new Position(Double.parseDouble(text), lat)));
  }

  private static LabelledReading reading(CsvTable.Row row) {
    OptionalDouble temperatureC =
        row.find("temperature_c")
            .map(text -> OptionalDouble.of(cell(row, "temperature_c", Double::valueOf)))
            .orElse(OptionalDouble.empty());
    return new LabelledReading(
        cell(row, "taken_at", Instant::parse),
        arrivedAt(row),
        cell(row, "distance_mm", Integer::valueOf),
        temperatureC,
        cell(row, "true_depth_mm", Double::valueOf),
        cell(row, "cause", LabelledFile::cause));
  }

  private static Cause cause(String code) {
    return Arrays.stream(Cause.values())
        .filter(cause -> cause.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "use one of "
                        + String.join(
                            ", ", Arrays.stream(Cause.values()).map(Cause::code).toList())));
  }

  private static <T> T cell(CsvTable.Row row, String column, Function<String, T> parse) {
    String text = row.find(column).orElse("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("Line " + row.line() + ": " + column + " is empty.");
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      String why = e.getMessage().replaceFirst("\\.$", "");
      throw new IllegalArgumentException(
          "Line %d: \"%s\" is no %s: %s.".formatted(row.line(), text, column, why), e);
    }
  }
}
