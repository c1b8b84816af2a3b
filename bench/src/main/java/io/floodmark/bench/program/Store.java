package io.floodmark.bench.program;

import java.io.IOException;
import java.util.Optional;

/**
 * A kind of database to measure on.
 *
 * @param name as results call it
 * @param timescale a server with TimescaleDB; empty for the PostgreSQL that the program brings
 */
public record Store(String name, Optional<TimescaleServer> timescale) {
  /** The PostgreSQL that the program brings. */
  public static final Store EMBEDDED = new Store("embedded", Optional.empty());

  private static final String DATABASE = "floodmark_bench";

  /** An empty home on it. */
  public Home fresh() throws IOException {
    if (timescale.isEmpty()) {
      return Home.embedded();
    }
    TimescaleServer server = timescale.get();
    // Several at a time: one that is kept over runs, and one for each run.
    String database = DATABASE + "_" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    return Home.over(server.fresh(database), () -> server.drop(database));
  }
}
