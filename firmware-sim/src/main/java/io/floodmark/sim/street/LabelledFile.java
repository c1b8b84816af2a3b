package io.floodmark.sim.street;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.floodmark.sim.csv.CsvTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
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
import java.util.Set;
import java.util.function.Function;

/**
 * Labelled series as a CSV file, one reading a line, in the order in which each sensor took them:
 *
 * <pre>{@code
 * code,mount_height_mm,low_point_delta_mm,interval_s,taken_at,arrived_at,distance_mm,temperature_c,true_depth_mm,cause,lon,lat
 * bvd-03,2500,180,60,2026-06-01T03:00:00Z,2026-06-01T03:00:00.310Z,2358,31.2,142,flood,106.0712,20.9411
 * }</pre>
 *
 * {@code arrived_at} is empty for a reading that was lost, {@code temperature_c} where there is no
 * thermometer, {@code lon} and {@code lat} (which a file may lack altogether) where nobody knows
 * the place. The causes are those of {@link Cause#code()}.
 */
public final class LabelledFile {
  private static final List<String> COLUMNS =
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
  private static final List<String> POSITION = List.of("lon", "lat");

  private static final Set<String> MAY_BE_EMPTY = Set.of("arrived_at", "temperature_c");

  private LabelledFile() {}

  /** Writes all readings of all series. */
  public static void write(Path file, Iterable<LabelledSeries> all) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      out.write(String.join(",", COLUMNS) + "," + String.join(",", POSITION) + "\n");
      for (LabelledSeries series : all) {
        for (LabelledReading reading : series.readings()) {
          out.write(line(series.site(), reading) + "\n");
        }
      }
    }
  }

  private static String line(Site site, LabelledReading reading) {
    return String.join(
        ",",
        site.code(),
        String.valueOf(site.mountHeightMm()),
        String.valueOf(site.lowPointDeltaMm()),
        String.valueOf(site.interval().toSeconds()),
        reading.takenAt().toString(),
        reading.arrivedAt().map(Instant::toString).orElse(""),
        String.valueOf(reading.distanceMm()),
        reading.temperatureC().isPresent()
            ? String.valueOf(reading.temperatureC().getAsDouble())
            : "",
        String.valueOf(reading.depthMm()),
        reading.cause().code(),
        site.position().map(position -> String.valueOf(position.lon())).orElse(""),
        site.position().map(position -> String.valueOf(position.lat())).orElse(""));
  }

  /**
   * Reads such a file.
   *
   * @return a series for each code, in the order of the file
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException with the line and what is wrong there
   */
  public static List<LabelledSeries> read(Path file) throws IOException {
    CsvTable table = CsvTable.read(file);
    List<String> missing =
        COLUMNS.stream().filter(column -> !table.columns().contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no column " + String.join(", ", missing) + ".");
    }
    Map<String, Site> sites = new LinkedHashMap<>();
    Map<String, List<LabelledReading>> readings = new LinkedHashMap<>();
    for (CsvTable.Row row : table.rows()) {
      String code = cell(row, "code", text -> text);
      sites.computeIfAbsent(code, unseen -> site(row, sites.size()));
      readings.computeIfAbsent(code, unseen -> new ArrayList<>()).add(reading(row));
    }
    return sites.entrySet().stream()
        .map(site -> new LabelledSeries(site.getValue(), readings.get(site.getKey())))
        .toList();
  }

  private static Site site(CsvTable.Row row, int number) {
    return new Site(
        number,
        cell(row, "code", text -> text),
        position(row),
        cell(row, "mount_height_mm", Integer::valueOf),
        cell(row, "low_point_delta_mm", Integer::valueOf),
        row.find("temperature_c").isPresent(),
        Duration.ofSeconds(cell(row, "interval_s", Long::valueOf)));
  }

  private static Optional<Position> position(CsvTable.Row row) {
    if (POSITION.stream().noneMatch(column -> row.find(column).isPresent())) {
      return Optional.empty();
    }
    double lat = cell(row, "lat", Double::valueOf);
    // The longitude is read last, so that a pair which is no place on earth is told with its line.
    return Optional.of(cell(row, "lon", text -> new Position(Double.parseDouble(text), lat)));
  }

  private static LabelledReading reading(CsvTable.Row row) {
    Optional<Instant> arrivedAt =
        row.find("arrived_at").map(text -> cell(row, "arrived_at", Instant::parse));
    OptionalDouble temperatureC =
        row.find("temperature_c")
            .map(text -> OptionalDouble.of(cell(row, "temperature_c", Double::valueOf)))
            .orElse(OptionalDouble.empty());
    return new LabelledReading(
        cell(row, "taken_at", Instant::parse),
        arrivedAt,
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
    if (text.isEmpty() && !MAY_BE_EMPTY.contains(column)) {
      throw new IllegalArgumentException("Line " + row.line() + ": " + column + " is empty.");
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      String why = e.getMessage().replaceFirst("\\.$", "");
      throw new IllegalArgumentException(
          "Line %d: \"%s\" is no %s: %s.".formatted(row.line(), text, column, why), e);
    }
  }
}
