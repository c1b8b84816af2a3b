package io.floodmark.bench.ingest;

import io.floodmark.bench.program.Home;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.util.List;

/**
 * What months of readings do to the rate: one reading a message as fast as acknowledged, over a
 * table with 50 million rows and over an empty one, one after the other; which comes first changes
 * from run to run. The full one is filled once and kept over the runs.
 */
final class FullTable {
  private FullTable() {}

  /** Fills a home with that many readings. */
  static void fill(Home home, List<String> javaOptions, long readings) throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start(home, javaOptions)) {
      History.fill(server, readings);
    }
  }

  /**
   * Measures once.
   *
   * @param full a filled home
   * @param empty a fresh one
   * @param fullFirst which of them comes first
   */
  static void measure(
      Home full, Home empty, List<String> javaOptions, boolean fullFirst, Findings findings)
      throws IOException {
    double fullRate = fullFirst ? rate(full, javaOptions, findings, "full") : 0;
    double emptyRate = 0;
    try (ServerUnderTest server = ServerUnderTest.start(empty, javaOptions)) {
      BenchSensors.register(server.database(), Throughput.PREFIX, Throughput.CONNECTIONS);
      emptyRate = Throughput.single(server, findings, "empty");
    }
    if (!fullFirst) {
      fullRate = rate(full, javaOptions, findings, "full");
    }
    findings.put("fullOverEmpty", fullRate / emptyRate);
  }

  private static double rate(Home home, List<String> javaOptions, Findings findings, String name)
      throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start(home, javaOptions)) {
      return Throughput.single(server, findings, name);
    }
  }
}
