package io.floodmark.server;

import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.api.sensors.register.SensorRow;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sensor add}: one sensor, by flags that are named as the columns of a list. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Registers one new sensor and prints its token.")
final class SensorAddCommand extends SensorCommand.Task {
  @Parameters(paramLabel = "CODE", description = "1 to 32 letters, digits, _ or -")
  private String code;

  @Option(names = "--name", paramLabel = "TEXT", description = "name for people (the code)")
  private String name;

  @Option(names = "--lon", paramLabel = "DEGREES", required = true, description = "longitude")
  private String lon;

  @Option(names = "--lat", paramLabel = "DEGREES", required = true, description = "latitude")
  private String lat;

  @Option(names = "--kind", paramLabel = "KIND", description = "distance, depth or rain (distance)")
  private String kind;

  @Option(
      names = "--mount-height-mm",
      paramLabel = "MM",
      description = "height over the ground, 1 to 100000; kind distance needs it")
  private String mountHeight;

  @Option(
      names = "--low-point-delta-mm",
      paramLabel = "MM",
      description = "how much deeper the street's low point lies, 0 to 10000 (0)")
  private String lowPointDelta;

  @Option(
      names = "--report-interval-s",
      paramLabel = "S",
      description = "time between two readings while dry, 1 to 86400 (60)")
  private String reportInterval;

  @Option(names = "--gateway", paramLabel = "TEXT", description = "over which it reports")
  private String gateway;

  @Option(names = "--zone", paramLabel = "TEXT", description = "part of the ward")
  private String zone;

  @Option(names = "--street", paramLabel = "TEXT", description = "street")
  private String street;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description = "its password, 20 characters or more (a random one)")
  private String token;

  @Override
  void run(SensorRegister register) throws SQLException {
    SensorAnswer.print(register.add(row()), register.list(), this::print);
    printPlace();
  }

  private SensorRow row() {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("code", code);
    cells.put("name", name);
    cells.put("lon", lon);
    cells.put("lat", lat);
    cells.put("kind", kind);
    cells.put("mount_height_mm", mountHeight);
    cells.put("low_point_delta_mm", lowPointDelta);
    cells.put("report_interval_s", reportInterval);
    cells.put("gateway", gateway);
    cells.put("zone", zone);
    cells.put("street", street);
    cells.put("token", token);
    cells.values().removeIf(cell -> cell == null || cell.isBlank());
    return new SensorRow("sensor " + code, cells);
  }
}
