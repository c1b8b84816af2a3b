package io.floodmark.bench;

import io.floodmark.bench.figures.Results;
import io.floodmark.bench.ingest.IngestBench;
import io.floodmark.bench.ingest.Measure;
import io.floodmark.bench.ingest.Part;
import io.floodmark.bench.program.Store;
import io.floodmark.bench.program.TimescaleServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench/run ingest}. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Measures how fast readings become durable, and what connections and rows cost.")
final class IngestCommand implements Callable<Integer> {
  private static final String TIMESCALE = "timescale";

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "runs, of which the median counts (5)")
  private int runs;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "only these parts: ${COMPLETION-CANDIDATES}")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--embedded",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether it is measured on the program's own PostgreSQL (it is)")
  private boolean embedded;

  @Option(
      names = "--timescale",
      paramLabel = "URL",
      defaultValue = "${env:FLOODMARK_BENCH_TIMESCALE_URL}",
      description =
          "JDBC address of a TimescaleDB to measure on, too; each measurement makes a database of"
              + " its own there (FLOODMARK_BENCH_TIMESCALE_URL)")
  private Optional<String> timescale;

  @Option(
      names = "--millions",
      paramLabel = "N",
      defaultValue = "50",
      description = "readings in the full table (50)")
  private int millions;

  @Option(
      names = "--server-option",
      paramLabel = "OPTION",
      description = "for the servers' Java, to look closer; none is the default")
  private List<String> serverOptions = List.of();

  @Option(
      names = "--keep",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether the result is written to bench/results (it is)")
  private boolean keep;

  @Spec private CommandSpec spec;

  private final InstantSource clock;

  IngestCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> content = new LinkedHashMap<>();
    Map<String, Map<?, ?>> medians = new LinkedHashMap<>();
    for (Store store : stores()) {
      Map<String, Object> found =
          new IngestBench(store, parts, millions, serverOptions, line -> say(out, line)).run(runs);
      content.put(store.name(), found);
      medians.put(store.name(), (Map<?, ?>) found.get("medians"));
    }
    table(out, medians);
    if (keep) {
      Path kept = Results.write(fileName(), clock, content);
      out.println("Kept in " + kept);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<Store> stores() {
    List<Store> stores = new ArrayList<>();
    if (embedded) {
      stores.add(Store.EMBEDDED);
    }
    timescale
        .filter(url -> !url.isBlank())
        .ifPresent(url -> stores.add(new Store(TIMESCALE, Optional.of(new TimescaleServer(url)))));
    if (stores.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Without --embedded, give --timescale URL.");
    }
    return stores;
  }

  /**
   * What is measured in part, or on TimescaleDB alone, is kept beside what is measured as a whole.
   */
  private String fileName() {
    List<String> name = new ArrayList<>();
    name.add("ingest");
    if (parts.size() < Part.values().length) {
      new TreeSet<>(parts).forEach(part -> name.add(part.toString()));
    }
    if (!embedded) {
      name.add(TIMESCALE);
    }
    return String.join("-", name);
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static void table(PrintWriter out, Map<String, Map<?, ?>> medians) {
    out.println("| measure | to reach | " + String.join(" | ", medians.keySet()) + " |");
    out.println("|---|---|" + "---|".repeat(medians.size()));
    for (Measure measure : Measure.values()) {
      String cells =
          medians.values().stream()
              .map(figures -> cell(measure, figures))
              .collect(Collectors.joining(" | "));
      if (!cells.replace("|", "").isBlank()) {
        out.println("| " + measure.text() + " | " + measure.aim() + " | " + cells + " |");
      }
    }
  }

  private static String cell(Measure measure, Map<?, ?> figures) {
    return figures.get(measure.figure()) instanceof Double figure ? measure.verdict(figure) : "";
  }
}
