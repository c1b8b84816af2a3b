package io.floodmark.sim.device;

import io.floodmark.sim.csv.CsvTable;
import io.floodmark.sim.street.Position;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The CSV that {@code sensor import} takes, read for what a simulator needs: {@code code} and
 * {@code token}, and where given {@code kind}, {@code mount_height_mm}, {@code low_point_delta_mm},
 * {@code report_interval_s}, {@code gateway}, {@code lon} and {@code lat}.
 */
public final class SensorFile {
  /** What a sensor gets that is registered without an interval. */
  private static final int DEFAULT_INTERVAL_S = 60;

  private SensorFile() {}

  /**
   * Reads the sensors in the order of the file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming file, line and fault if a row is no sensor, or there is
   *     none
   */
  public static List<SensorSpec> read(Path file) throws IOException {
    CsvTable table = CsvTable.read(file);
    for (String column : List.of("code", "token")) {
      if (!table.columns().contains(column)) {
        throw new IllegalArgumentException(file + " has no column \"" + column + "\".");
      }
    }
    List<SensorSpec> sensors = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (CsvTable.Row row : table.rows()) {
      try {
        SensorSpec sensor = sensor(row);
        if (!codes.add(sensor.code())) {
          throw new IllegalArgumentException("Sensor " + sensor.code() + " stands there twice.");
        }
        sensors.add(sensor);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            file + ", line " + row.line() + ": " + e.getMessage(), e);
      }
    }
    if (sensors.isEmpty()) {
      throw new IllegalArgumentException(file + " lists no sensor.");
    }
    return List.copyOf(sensors);
  }

  private static SensorSpec sensor(CsvTable.Row row) {
    return new SensorSpec(
        row.find("code").orElse(""),
        row.find("token").orElse(""),
        row.find("kind").map(SensorKind::parse).orElse(SensorKind.DISTANCE),
        wholeNumber(row, "mount_height_mm", 0),
        wholeNumber(row, "low_point_delta_mm", 0),
        Duration.ofSeconds(wholeNumber(row, "report_interval_s", DEFAULT_INTERVAL_S)),
        row.find("gateway"),
        position(row));
  }

  private static Optional<Position> position(CsvTable.Row row) {
    return row.find("lon").isPresent() && row.find("lat").isPresent()
        ? Optional.of(new Position(degrees(row, "lon"), degrees(row, "lat")))
        : Optional.empty();
  }

  private static double degrees(CsvTable.Row row, String column) {
    String text = row.find(column).orElseThrow();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          column + " must be degrees, as in 106.0712, not \"" + text + "\".", e);
    }
  }

  private static int wholeNumber(CsvTable.Row row, String column, int otherwise) {
    String text = row.find(column).orElse(Integer.toString(otherwise));
    try {
      // A spreadsheet may have written 2400.0 for 2400.
      return new BigDecimal(text).intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          column + " must be a whole number, not \"" + text + "\".", e);
    }
  }
}
