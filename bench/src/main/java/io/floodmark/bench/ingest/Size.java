package io.floodmark.bench.ingest;

import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;

/**
 * Bytes on disk of a reading, index included: what PostgreSQL says of the table's whole size, over
 * its rows, after two million were added in the order in which they arrive.
 */
final class Size {
  private Size() {}

  /** Measures on a server that has just been started over an empty database. */
  static void measure(ServerUnderTest server, long readings, Findings findings) throws IOException {
    History.fill(server, readings);
    findings.put("bytesPerReading", History.bytesPerReading(server.database()));
    findings.put("indexBytesPerReading", History.indexBytesPerReading(server.database()));
    History.columns(server.database())
        .forEach((column, bytes) -> findings.put("bytes of " + column, bytes));
  }
}
