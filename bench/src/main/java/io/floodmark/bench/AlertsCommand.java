package io.floodmark.bench;

import io.floodmark.bench.alerts.AlertsBench;
import io.floodmark.bench.figures.Results;
import io.floodmark.sim.street.LabelledFile;
import io.floodmark.sim.street.StreetMix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/run alerts}. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Scores the warnings on simulated streets of which the truth is known.")
final class AlertsCommand implements Callable<Integer> {
  @Option(
      names = "--seeds",
      paramLabel = "FIRST-LAST",
      defaultValue = "101-110",
      description = "streets to score (101-110); rules are tuned on 1-10, never on these")
  private String seeds;

  @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "length (30)")
  private int days;

  @Option(names = "--sensors", paramLabel = "N", defaultValue = "50", description = "sensors (50)")
  private int sensors;

  @Option(
      names = "--rain-gauges",
      paramLabel = "N",
      defaultValue = "1",
      description = "rain gauges in the ward (1); 0 shows what the sensors can do alone")
  private int rainGauges;

  @Option(
      names = "--keep",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether the result is written to bench/results (it is)")
  private boolean keep;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE.csv",
      description = "recorded series with the truth beside them, to be scored instead")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec;

  private final InstantSource clock;

  AlertsCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : files) {
      out.println(file + ": " + scored(file));
    }
    return files.isEmpty() ? simulated(out) : CommandLine.ExitCode.OK;
  }

  private Map<String, Object> scored(Path file) throws IOException {
    try {
      return AlertsBench.score(LabelledFile.read(file), LabelledFile.readRain(file));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int simulated(PrintWriter out) throws IOException {
    String[] ends = seeds.split("-", -1);
    if (ends.length != 2) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Seeds are given as FIRST-LAST, as in 101-110, not " + seeds + ".");
    }
    StreetMix mix = StreetMix.REFERENCE.ofSize(days, sensors).withRainGauges(rainGauges);
    Map<String, Map<String, Object>> figures =
        new AlertsBench(mix).run(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
    figures.forEach((name, figure) -> out.println(name + ": " + figure));
    if (keep) {
      Path kept =
          Results.write(
              "alerts",
              clock,
              Map.of(
                  "seeds", seeds,
                  "days", days,
                  "sensors", sensors,
                  "rainGauges", rainGauges,
                  "figures", figures));
      out.println("Kept in " + kept);
    }
    return CommandLine.ExitCode.OK;
  }
}
