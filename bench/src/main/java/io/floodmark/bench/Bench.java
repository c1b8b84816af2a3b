package io.floodmark.bench;

import io.floodmark.bench.figures.Results;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/run MEASUREMENT}: measures, prints, keeps the result. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures the program from outside and keeps the result in bench/results.")
final class Bench implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "MEASUREMENT", description = "${COMPLETION-CANDIDATES}")
  private MeasurementName measurement;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "runs, of which the median counts (3)")
  private int runs;

  @Spec private CommandSpec spec;

  private Bench() {}

  public static void main(String[] arguments) {
    CommandLine bench = new CommandLine(new Bench());
    bench.addSubcommand(new AlertsCommand(InstantSource.system()));
    bench.addSubcommand(new NowcastCommand(InstantSource.system()));
    bench.addSubcommand(new IngestCommand(InstantSource.system()));
    bench.addSubcommand(new GenerateCommand(InstantSource.system()));
    bench.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(bench.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (measurement == null) { // picocli's way of saying that none was named
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Name what is to be measured: public-page, viewport, import, alert-latency, alerts, nowcast"
              + " or ingest.");
    }
    List<Map<String, Double>> figures = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.start()) {
      Measurement prepared = measurement.prepare(server, InstantSource.system());
      for (int run = 0; run < runs; run++) {
        Map<String, Double> figure = prepared.run();
        out.println("Run " + (run + 1) + ": " + figure);
        figures.add(figure);
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String name : figures.get(0).keySet()) {
      medians.put(name, Results.median(figures.stream().map(run -> run.get(name)).toList()));
    }
    Path kept =
        Results.write(
            measurement.fileName(),
            InstantSource.system(),
            Map.of("medians", medians, "runs", figures));
    out.println("Medians: " + medians + "\nKept in " + kept);
    return CommandLine.ExitCode.OK;
  }
}
