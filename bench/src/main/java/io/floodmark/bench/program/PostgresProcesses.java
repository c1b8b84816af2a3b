package io.floodmark.bench.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The database of a server under test, as processes that can be halted. */
public final class PostgresProcesses {
  private final ServerUnderTest server;

  /** Those below a server that brings its own database. */
  public PostgresProcesses(ServerUnderTest server) {
    this.server = server;
  }

  /** Halts all of them: connections stand, and nothing answers. */
  public void halt() throws IOException, InterruptedException {
    // The parent first, so that no child is added; then those that it has.
    signal("-STOP", pids().subList(0, 1));
    signal("-STOP", pids());
  }

  /** Lets them go on. */
  public void goOn() throws IOException, InterruptedException {
    signal("-CONT", pids());
  }

  /** The postmaster, then its children. */
  private List<String> pids() throws IOException {
    long postmaster = server.postmaster();
    List<String> pids = new ArrayList<>(List.of(Long.toString(postmaster)));
    try (Stream<ProcessHandle> children = ProcessHandle.of(postmaster).orElseThrow().children()) {
      children.forEach(child -> pids.add(Long.toString(child.pid())));
    }
    return pids;
  }

  private static void signal(String signal, List<String> pids)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("kill", signal));
    line.addAll(pids);
    if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
      throw new IOException("The database's processes could not be signalled.");
    }
  }
}
