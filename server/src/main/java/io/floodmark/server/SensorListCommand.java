package io.floodmark.server;

import io.floodmark.api.sensors.register.RegisteredSensor;
import io.floodmark.api.sensors.register.SensorEntry;
import io.floodmark.api.sensors.register.SensorList;
import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.sensor.SensorKind;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sensor list}: the register, for eyes or for a spreadsheet. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the sensors that are registered.")
final class SensorListCommand extends SensorCommand.Task {
  private static final List<String> HEADER =
      List.of(
          "CODE",
          "NAME",
          "KIND",
          "LON",
          "LAT",
          "MOUNT mm",
          "DELTA mm",
          "EVERY s",
          "LAST HEARD",
          "LOWEST LEVEL");

  @Option(
      names = "--csv",
      description = "as CSV that `sensor import` takes, without those retired and without tokens")
  private boolean csv;

  @Override
  void run(SensorRegister register) throws SQLException {
    List<RegisteredSensor> sensors = register.list();
    if (csv) {
      List<SensorEntry> inService =
          sensors.stream()
              .filter(sensor -> !sensor.retired())
              .map(RegisteredSensor::entry)
              .toList();
      SensorList.write(inService).lines().forEach(this::print);
      return;
    }
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    sensors.forEach(sensor -> lines.add(cells(sensor)));
    table(lines).forEach(this::print);
  }

  private static List<String> cells(RegisteredSensor sensor) {
    SensorEntry entry = sensor.entry();
    boolean seesLevels = entry.kind() != SensorKind.RAIN && !sensor.retired();
    return List.of(
        entry.code().value(),
        entry.name(),
        entry.kind().code(),
        Double.toString(entry.lon()),
        Double.toString(entry.lat()),
        entry.mountHeightMm().isPresent() ? "" + entry.mountHeightMm().getAsInt() : "-",
        Integer.toString(entry.lowPointDeltaMm()),
        Integer.toString(entry.reportIntervalS()),
        sensor.lastArrival().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"),
        sensor.retired() ? "retired" : seesLevels ? sensor.lowestVisibleLevel() : "-");
  }

  /** Columns side by side, as wide as their widest cell. */
  private static List<String> table(List<List<String>> lines) {
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(column -> lines.stream().mapToInt(line -> width(line.get(column))).max().orElse(0))
            .toArray();
    return lines.stream()
        .map(
            line -> {
              StringBuilder text = new StringBuilder();
              for (int column = 0; column < widths.length; column++) {
                String cell = line.get(column);
                text.append(cell).append(" ".repeat(widths[column] - width(cell) + 2));
              }
              return text.toString().stripTrailing();
            })
        .toList();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
