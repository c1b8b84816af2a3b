package io.floodmark.server;

import io.floodmark.sim.SensorFleet;
import io.floodmark.sim.SimOptions;
import io.floodmark.sim.device.FaultPlan;
import io.floodmark.sim.device.SensorFile;
import io.floodmark.sim.device.SensorSpec;
import io.floodmark.sim.device.TruthLog;
import io.floodmark.sim.replay.ColumnMapping;
import io.floodmark.sim.replay.Replay;
import io.floodmark.sim.replay.ReplayOptions;
import io.floodmark.sim.replay.ReplayResult;
import io.floodmark.sim.replay.Shift;
import io.floodmark.sim.replay.Thinning;
import io.floodmark.sim.uplink.BrokerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code sim}: sensors that are not there, against any address. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Simulates a street of sensors until it is stopped, or replays a recorded event.",
      "Everything drawn by chance follows from the seed, which is logged."
    })
final class SimCommand implements Callable<Integer> {
  /** Short enough to be typed again. */
  private static final int SEEDS = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "mqtt://HOST:PORT",
      defaultValue = "mqtt://127.0.0.1:1883",
      description = "where to send (mqtt://127.0.0.1:1883)")
  private String url;

  @Option(
      names = "--sensors",
      paramLabel = "FILE.csv",
      required = true,
      description = "the sensors, as `sensor import` takes them, with their tokens")
  private Path sensors;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "rain-storm",
      description =
          "rain-storm, dry, steady, rain-and-sun, or street: thirty days of showers, floods and all "
              + "that looks like one, on devices that fail (rain-storm)")
  private String scenario;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "how many times as fast as the clock the scenario runs (1)")
  private double speed;

  @Option(names = "--seed", paramLabel = "N", description = "of everything drawn (a random one)")
  private Optional<Long> seed;

  @Option(
      names = "--truth",
      paramLabel = "FILE.csv",
      description = "writes here what was true of every reading taken, for `bench/run alerts`")
  private Optional<Path> truth;

  @Mixin private final SimFaults faults = new SimFaults();

  @Option(names = "--replay", paramLabel = "FILE.csv", description = "plays this file instead")
  private Optional<Path> replay;

  @Option(
      names = "--columns",
      paramLabel = "MAPPING",
      description = "with --replay: " + ColumnMapping.SYNTAX)
  private Optional<String> columns;

  @Option(
      names = "--shift",
      paramLabel = "SHIFT",
      description =
          "with --replay: end=now, start=now, or a duration by which times are moved (not at all)")
  private Optional<String> shift;

  @Option(
      names = "--drop-run",
      paramLabel = "N",
      defaultValue = "1",
      description = "with --replay: how many rows go missing together (1)")
  private int dropRun;

  /** They would be without effect, and whoever gave them would not know. */
  private static final List<String> ONLY_WITHOUT_REPLAY =
      List.of("--scenario", "--speed", "--truth");

  private static final List<String> ONLY_WITH_REPLAY =
      List.of("--columns", "--shift", "--drop-run");

  private final Surroundings surroundings;

  SimCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (replay.isPresent()) {
      String sentence = "has no effect on a recorded event: leave it or --replay out.";
      refuse(ONLY_WITHOUT_REPLAY, sentence);
      refuse(SimFaults.ONLY_OF_SCENARIOS, sentence);
    } else {
      refuse(ONLY_WITH_REPLAY, "is for --replay FILE.csv: give that too, or leave it out.");
    }
    List<SensorSpec> specs = specs();
    BrokerAddress broker = usage(() -> BrokerAddress.parse(url));
    long number = seed.orElseGet(() -> (long) surroundings.random().nextInt(SEEDS));
    if (replay.isPresent()) {
      return replay(broker, specs, number);
    }
    SimOptions options = usage(() -> options(broker, specs, number));
    Optional<TruthLog> log = truth.map(this::truthLog);
    SensorFleet fleet = usage(() -> new SensorFleet(options, surroundings.clock(), log));
    StopSignal.during(
        signal -> {
          // Within the signal's work, or the process would end before the truth is written.
          try {
            try (fleet) {
              fleet.start();
              signal.await();
            }
          } finally {
            log.ifPresent(TruthLog::close);
          }
        });
    return CommandLine.ExitCode.OK;
  }

  private TruthLog truthLog(Path file) {
    try {
      return new TruthLog(file, surroundings.clock());
    } catch (IOException e) {
      throw new Failure("Cannot write %s: %s.".formatted(file, DataFolder.reason(e)), e);
    }
  }

  private void refuse(List<String> flags, String sentence) {
    ParseResult given = spec.commandLine().getParseResult();
    for (String flag : flags) {
      if (given.hasMatchedOption(flag)) {
        throw new WrongUsage(flag + " " + sentence);
      }
    }
  }

  private List<SensorSpec> specs() {
    try {
      return SensorFile.read(sensors);
    } catch (IOException e) {
      throw new Failure("Cannot read %s: %s.".formatted(sensors, DataFolder.reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private SimOptions options(BrokerAddress broker, List<SensorSpec> specs, long number) {
    FaultPlan usual = FaultPlan.usualIn(scenario, number, speed);
    return SimOptions.of(broker, specs, number)
        .withScenario(scenario, speed)
        .withFaults(faults.instead(usual));
  }

  private int replay(BrokerAddress broker, List<SensorSpec> specs, long number) {
    ReplayOptions options = usage(() -> replayOptions(broker, specs, number));
    try {
      ReplayResult result = new Replay(options, surroundings.clock()).run();
      spec.commandLine().getOut().println(result);
      return result.isComplete() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (IOException e) {
      throw new Failure("Cannot read %s: %s.".formatted(options.file(), DataFolder.reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new Failure(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted; what was acknowledged until now stays.", e);
    }
  }

  private ReplayOptions replayOptions(BrokerAddress broker, List<SensorSpec> specs, long number) {
    String mapping =
        columns.orElseThrow(
            () -> new WrongUsage("--replay needs --columns: " + ColumnMapping.SYNTAX));
    Map<String, String> tokens =
        specs.stream().collect(Collectors.toMap(SensorSpec::code, SensorSpec::token));
    return ReplayOptions.of(broker, replay.orElseThrow(), ColumnMapping.parse(mapping), tokens)
        .withShift(shift.map(Shift::parse).orElse(Shift.NONE))
        .withThinning(new Thinning(faults.dropPercent(), dropRun, number));
  }

  /** What the simulator does not accept was given on the command line. */
  private static <T> T usage(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
  }
}
