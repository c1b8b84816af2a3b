package io.floodmark.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.load.LoadEvent;
import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.program.Home;
import io.floodmark.bench.program.JavaMemory;
import io.floodmark.bench.program.ProcessorTime;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What 15,000 connected sensors cost that say nothing: heap in use after a full collection, less
 * the same before the first has connected, and beside it what the process takes outside the heap.
 * Then all break off and connect again at once, each with a reading; counted is the time until the
 * last of these is acknowledged.
 */
final class IdleConnections {
  private static final String PREFIX = "idle-";
  private static final int CONNECTIONS = 15_000;

  private IdleConnections() {}

  /**
   * Measures once.
   *
   * @param home an empty one; the server is started anew after the sensors were registered
   */
  static void measure(Home home, List<String> javaOptions, Findings findings) throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start(home, javaOptions)) {
      BenchSensors.register(server.database(), PREFIX, CONNECTIONS);
    }
    List<String> options = new ArrayList<>(javaOptions);
    options.add(JavaMemory.TRACKING);
    try (ServerUnderTest server = ServerUnderTest.start(home, options)) {
      measure(server, findings);
    }
  }

  private static void measure(ServerUnderTest server, Findings findings) throws IOException {
    LoadPlan plan =
        new LoadPlan(server.mqttPort(), PREFIX, BenchSensors.TOKEN, CONNECTIONS, 1, 1, 0, 0, 0, 1);
    // One alone first: what is there once for all is not to be counted for each.
    LoadPlan one = new LoadPlan(server.mqttPort(), PREFIX, BenchSensors.TOKEN, 1, 1, 1, 0, 0, 0, 1);
    try (LoadProcess first = LoadProcess.idle(one)) {
      first.await(LoadEvent.CONNECTED);
    }
    JavaMemory without = JavaMemory.afterCollection(server.pid());
    try (LoadProcess crowd = LoadProcess.idle(plan)) {
      JsonNode connected = crowd.await(LoadEvent.CONNECTED);
      JavaMemory with = JavaMemory.afterCollection(server.pid());
      ProcessorTime before = ProcessorTime.now(server.pid());
      crowd.goOn();
      JsonNode again = crowd.await(LoadEvent.CONNECTED);
      findings.putProcessors(
          "reconnect",
          ProcessorTime.now(server.pid()).since(before, again.get("seconds").asDouble()));
      findings.put("idleHeapBytes", each(with.heapBytes(), without.heapBytes()));
      findings.put("idleNativeBytes", each(with.nativeBytes(), without.nativeBytes()));
      findings.put("idleResidentBytes", each(with.residentBytes(), without.residentBytes()));
      findings.put("connectSeconds", connected.get("seconds").asDouble());
      findings.put("reconnectSeconds", again.get("seconds").asDouble());
      findings.put("reconnectTurnedAway", again.get("again").asDouble());
    }
  }

  private static double each(long with, long without) {
    return (double) (with - without) / CONNECTIONS;
  }
}
