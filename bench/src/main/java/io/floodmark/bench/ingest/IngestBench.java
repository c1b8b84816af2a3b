package io.floodmark.bench.ingest;

import io.floodmark.bench.figures.Results;
import io.floodmark.bench.program.Home;
import io.floodmark.bench.program.ServerUnderTest;
import io.floodmark.bench.program.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Measures the line on one kind of database, run after run. Each part of a run has a server of its
 * own over an empty database of its own.
 */
public final class IngestBench {
  /** Enough that pages and index are as they stay, and quick. */
  private static final long SIZE_READINGS = 2_000_000;

  private static final long MILLION = 1_000_000;

  private final Store store;
  private final Set<Part> parts;
  private final int millions;
  private final List<String> javaOptions;
  private final Consumer<String> out;

  /**
   * A bench that has not begun.
   *
   * @param store on what kind of database
   * @param parts what is measured
   * @param millions of readings that make a full table
   * @param javaOptions for the servers
   * @param out told how far it is
   */
  public IngestBench(
      Store store, Set<Part> parts, int millions, List<String> javaOptions, Consumer<String> out) {
    this.store = store;
    this.parts = new TreeSet<>(parts);
    this.millions = millions;
    this.javaOptions = List.copyOf(javaOptions);
    this.out = out;
  }

  /** Measures that often; medians, every run's figures, and who was busy meanwhile. */
  public Map<String, Object> run(int runs) throws IOException, InterruptedException {
    List<Findings> found = new ArrayList<>();
    try (FilledOnce filled = new FilledOnce()) {
      for (int run = 0; run < runs; run++) {
        Findings findings = new Findings();
        for (Part part : parts) {
          measure(part, run, filled, findings);
        }
        out.accept(store.name() + ", run " + (run + 1) + ": " + findings.figures());
        out.accept("  processors: " + findings.processors());
        found.add(findings);
      }
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("medians", medians(found));
    content.put("runs", found.stream().map(Findings::figures).toList());
    content.put("processors", found.stream().map(Findings::processors).toList());
    return content;
  }

  private void measure(Part part, int run, FilledOnce filled, Findings findings)
      throws IOException, InterruptedException {
    boolean embedded = store.timescale().isEmpty();
    switch (part) {
      case THROUGHPUT -> withServer(server -> Throughput.measure(server, findings));
      case ACK -> withServer(server -> AckLatency.measure(server, findings));
      case IDLE -> {
        try (Home home = store.fresh()) {
          IdleConnections.measure(home, javaOptions, findings);
        }
      }
      case FULL -> {
        try (Home empty = store.fresh()) {
          FullTable.measure(filled.home(), empty, javaOptions, run % 2 == 1, findings);
        }
      }
      case SIZE -> {
        // Compression and chunks are TimescaleDB's own; the target is one of plain PostgreSQL.
        if (embedded) {
          withServer(server -> Size.measure(server, SIZE_READINGS, findings));
        }
      }
      case AWAY -> {
        // Only a database of our own may be halted.
        if (embedded) {
          withServer(server -> Outage.measure(server, findings));
        }
      }
    }
  }

  /** What is done with a server. */
  private interface Work {
    void on(ServerUnderTest server) throws IOException, InterruptedException;
  }

  private void withServer(Work work) throws IOException, InterruptedException {
    try (Home home = store.fresh();
        ServerUnderTest server = ServerUnderTest.start(home, javaOptions)) {
      work.on(server);
    }
  }

  private static Map<String, Double> medians(List<Findings> found) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String name : found.get(0).figures().keySet()) {
      medians.put(
          name, Results.median(found.stream().map(run -> run.figures().get(name)).toList()));
    }
    return medians;
  }

  /** The full table, made when it is first asked for. */
  private final class FilledOnce implements AutoCloseable {
    private Optional<Home> home = Optional.empty();

    Home home() throws IOException {
      if (home.isEmpty()) {
        home = Optional.of(store.fresh());
        out.accept("Filling in " + millions + " million readings, which takes minutes.");
        FullTable.fill(home.get(), javaOptions, millions * MILLION);
      }
      return home.get();
    }

    @Override
    public void close() throws IOException {
      if (home.isPresent()) {
        home.get().close();
      }
    }
  }
}
