package io.floodmark.bench;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.bench.figures.Results;
import io.floodmark.bench.nowcast.NowcastBench;
import io.floodmark.bench.nowcast.RecordedSeries;
import io.floodmark.sim.street.LabelledFile;
import io.floodmark.sim.street.StreetMix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/run nowcast}. */
@Command(
    name = "nowcast",
    mixinStandardHelpOptions = true,
    description = "Scores what is told of the next minutes, on floods only.")
final class NowcastCommand implements Callable<Integer> {
  private static final Pattern SEEDS = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

  @Option(
      names = "--seeds",
      paramLabel = "FIRST-LAST",
      defaultValue = "101-110",
      description = "streets to score (101-110); ranges are fitted on 1-10, never on these")
  private String seeds;

  @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "length (30)")
  private int days;

  @Option(names = "--sensors", paramLabel = "N", defaultValue = "50", description = "sensors (50)")
  private int sensors;

  @Option(
      names = "--keep",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether the result is written to bench/results (it is)")
  private boolean keep;

  @Option(
      names = "--columns",
      paramLabel = "MAPPING",
      description =
          "how a row of a FILE without the truth becomes a reading, as sim --replay takes it:"
              + " sensor=code:x,time=time_utc,depth_mm=level_m*1000; every reading is believed then")
  private String columns;

  @Option(
      names = "--thresholds",
      paramLabel = "MM,MM,MM,MM",
      split = ",",
      defaultValue = "100,200,300,500",
      description = "levels 1 to 4 of such a FILE, on its depths (100,200,300,500)")
  private List<Integer> thresholdsMm;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE.csv",
      description = "recorded series, with the truth beside them or with --columns")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec;

  private final InstantSource clock;

  NowcastCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      for (Path file : files) {
        out.println(file);
        print(out, scored(file));
      }
      return files.isEmpty() ? simulated(out) : CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private NowcastBench.Result scored(Path file) throws IOException {
    if (columns == null) {
      return NowcastBench.ofLabelled(LabelledFile.read(file), LabelledFile.readRain(file));
    }
    return NowcastBench.ofRecorded(
        RecordedSeries.read(file, columns),
        new AlertPolicy(thresholdsMm, AlertPolicy.DEFAULT_CLEAR_DELAY));
  }

  private int simulated(PrintWriter out) throws IOException {
    Matcher range = SEEDS.matcher(seeds);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "Seeds are given as FIRST-LAST, as in 101-110, not " + seeds + ".");
    }
    StreetMix mix = StreetMix.REFERENCE.ofSize(days, sensors);
    NowcastBench.Result result =
        NowcastBench.run(mix, Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    print(out, result);
    if (keep) {
      Path kept =
          Results.write(
              "nowcast",
              clock,
              Map.of(
                  "seeds", seeds,
                  "days", days,
                  "sensors", sensors,
                  "figures", result.figures(),
                  "minutesToLevelByForecast", result.bands()));
      out.println("Kept in " + kept);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void print(PrintWriter out, NowcastBench.Result result) {
    result.figures().forEach((name, figure) -> out.println(name + ": " + figure));
    out.println("minutes to the level, by forecast: " + result.bands());
  }
}
