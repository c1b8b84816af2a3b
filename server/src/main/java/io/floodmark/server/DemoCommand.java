package io.floodmark.server;

import io.floodmark.api.sensors.register.SensorToken;
import io.floodmark.schema.Database;
import io.floodmark.server.demo.DemoReports;
import io.floodmark.server.demo.DemoWard;
import io.floodmark.sim.SensorFleet;
import io.floodmark.sim.SimOptions;
import io.floodmark.sim.device.Firmware;
import io.floodmark.sim.device.SensorKind;
import io.floodmark.sim.device.SensorSpec;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.uplink.BrokerAddress;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: everything in one process, with a ward and weather that are made up. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Shows everything: a made-up ward, a simulated fleet, a storm that comes again.")
final class DemoCommand implements Callable<Integer> {
  static final String DATA_DIR = "./floodmark-demo";

  /** Always the same weather: what was shown yesterday can be shown again. */
  private static final long SEED = 12103;

  /** Twice as lively as the firmware's own, for somebody who watches. */
  private static final Firmware FIRMWARE =
      new Firmware(
          Duration.ofSeconds(5), Firmware.DEFAULT.fastAboveMm(), Firmware.DEFAULT.uplink());

  @Spec private CommandSpec spec;

  private final Surroundings surroundings;

  private DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static CommandLine of(Surroundings surroundings) {
    CommandLine demo = new CommandLine(new DemoCommand(surroundings));
    List<Setting> settings =
        Stream.of(Setting.values()).filter(setting -> !isOfForeignDatabase(setting)).toList();
    SettingFlags.addTo(demo.getCommandSpec(), settings, DATA_DIR);
    return demo;
  }

  @Override
  public Integer call() {
    SettingSources sources = SettingFlags.read(spec, surroundings.environment(), DATA_DIR);
    ServerConfig config = ServerConfig.of(sources);
    if (config.database().isPresent()) {
      throw new WrongUsage(
          "db.url is set, but `demo` works on a database of its own: unset it, or use `serve`.");
    }
    if (config.httpPort().isEmpty() || config.mqttPort().isEmpty()) {
      throw new WrongUsage(
          "http.port or mqtt.port is off, but `demo` needs both: its own sensors speak no TLS.");
    }
    config.logFormat().use();
    StartLog.write(sources);
    config.tls().load(surroundings.clock());
    ListeningPorts.requireFree(config, Role.ALL);
    StopSignal.during(signal -> run(config, signal));
    return CommandLine.ExitCode.OK;
  }

  private void run(ServerConfig config, StopSignal signal) throws InterruptedException {
    try (CommandDatabase database =
        CommandDatabase.own(
            config, FolderKind.DEMO, Duration.ZERO, signal::isStopping, surroundings.clock())) {
      DemoWard ward = ward(database.database());
      String password = FirstAdmin.ofDemo(database.database(), surroundings);
      reports(database.database(), config.timeZone());
      try (FloodmarkServer server =
          FloodmarkServer.start(config, Role.ALL, database.database(), surroundings)) {
        HostPort http = server.http(config).orElseThrow();
        HostPort mqtt = server.mqtt(config).orElseThrow();
        try (SensorFleet fleet = fleet(ward, mqtt)) {
          fleet.start();
          welcome(config, http, mqtt, ward, password);
          signal.await();
        }
      }
    }
  }

  private DemoWard ward(Database database) {
    try (Connection connection = database.connect()) {
      return DemoWard.register(connection, surroundings.random(), surroundings.clock().instant());
    } catch (SQLException e) {
      throw new Failure("The demo ward cannot be registered: " + e.getMessage(), e);
    }
  }

  /** After the first account, to which some of them are given. */
  private void reports(Database database, ZoneId zone) {
    try (Connection connection = database.connect()) {
      DemoReports.addTo(connection, SEED, surroundings.clock().instant(), zone);
    } catch (SQLException e) {
      throw new Failure("The demo's reports cannot be made: " + e.getMessage(), e);
    }
  }

  private SensorFleet fleet(DemoWard ward, HostPort mqtt) {
    List<SensorSpec> specs =
        ward.sensors().stream()
            .filter(sensor -> !sensor.code().equals(DemoWard.FREE_CODE))
            .map(DemoCommand::spec)
            .toList();
    BrokerAddress broker = BrokerAddress.parse(mqtt.url("mqtt"));
    return new SensorFleet(
        SimOptions.of(broker, specs, SEED)
            .withScenario(FloodScenario.RAIN_AND_SUN, 1)
            .withFirmware(FIRMWARE),
        surroundings.clock());
  }

  private static SensorSpec spec(DemoWard.Sensor sensor) {
    Map<String, String> cells = sensor.row().cells();
    return new SensorSpec(
        sensor.code(),
        sensor.token().value(),
        SensorKind.parse(cells.get("kind")),
        Integer.parseInt(cells.getOrDefault("mount_height_mm", "0")),
        Integer.parseInt(cells.getOrDefault("low_point_delta_mm", "0")),
        Duration.ofSeconds(Integer.parseInt(cells.get("report_interval_s"))));
  }

  private void welcome(
      ServerConfig config, HostPort http, HostPort mqtt, DemoWard ward, String password) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("The map:   " + http.url("http") + "/");
    out.println("Staff:     " + http.url("http") + "/staff");
    out.println("The staff login: " + FirstAdmin.LOGIN + " / " + password);
    out.println("MQTT:      " + mqtt.url("mqtt"));
    out.println("Its data:  " + config.dataDir() + ", all of it made up");
    ward.sensors().stream()
        .filter(sensor -> sensor.code().equals(DemoWard.FREE_CODE))
        .forEach(free -> out.println(invitation(mqtt, free.token())));
    out.println();
    out.println(
        "It rains for six minutes, again and again; then a motorbike may park under a sensor,");
    out.println("and where it does not rain hot air deceives another. Ctrl-C ends it.");
    out.flush();
  }

  private static String invitation(HostPort mqtt, SensorToken token) {
    return """

        Send a reading of your own, as the one sensor that is not simulated; twice raises an alert:
        mosquitto_pub -h %s -p %d -u %3$s -P %4$s -q 1 -t sensors/%3$s/readings -m '{"distance_mm":1750}'"""
        .formatted(mqtt.reachableHost(), mqtt.port(), DemoWard.FREE_CODE, token.value());
  }

  private static boolean isOfForeignDatabase(Setting setting) {
    return setting == Setting.DB_URL
        || setting == Setting.DB_USER
        || setting == Setting.DB_PASSWORD;
  }
}
