package io.floodmark.bench.ingest;

import io.floodmark.bench.load.LoadEvent;
import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.load.LoadResult;
import io.floodmark.bench.program.JavaMemory;
import io.floodmark.bench.program.PostgresProcesses;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The database away for a minute without a word: its processes are halted by signal, so that
 * connections stand and nothing answers, while 100 sensors go on with up to 1,000 messages in
 * flight each, more than the program may hold. Counted are acknowledgements meanwhile, the heap in
 * use after a full collection, less the same before, and the time until acknowledgements come
 * again; in the end every message must be acknowledged and stored.
 */
final class Outage {
  private static final int DELAY_S = 90;
  private static final int WINDOW = 1_000;
  private static final int WARM_UP_S = 15;
  private static final int AWAY_S = 60;

  /** What was committed when it was halted may still be on its way. */
  private static final int SETTLED_S = 5;

  private static final int SECONDS = AWAY_S + 30;
  private static final double MEGABYTE = 1_048_576;

  private Outage() {}

  /** Measures on a server that has just been started over an empty database of its own. */
  static void measure(ServerUnderTest server, Findings findings)
      throws IOException, InterruptedException {
    BenchSensors.register(server.database(), Throughput.PREFIX, Throughput.CONNECTIONS);
    StoredCheck check = StoredCheck.before(server.database());
    PostgresProcesses postgres = new PostgresProcesses(server);
    JavaMemory before = JavaMemory.afterCollection(server.pid());
    try (LoadProcess load =
        LoadProcess.start(
            new LoadPlan(
                server.mqttPort(),
                Throughput.PREFIX,
                BenchSensors.TOKEN,
                Throughput.CONNECTIONS,
                WINDOW,
                1,
                DELAY_S,
                0,
                WARM_UP_S,
                SECONDS))) {
      load.await(LoadEvent.COUNTING);
      long halted = System.nanoTime();
      postgres.halt();
      long settled = 0;
      long acknowledged = 0;
      long peak = 0;
      while (secondsSince(halted) < AWAY_S) {
        acknowledged = load.await(LoadEvent.SECOND).asLong();
        if (secondsSince(halted) < SETTLED_S) {
          settled = acknowledged;
        }
        peak = Math.max(peak, JavaMemory.usedHeap(server.pid()));
      }
      JavaMemory away = JavaMemory.afterCollection(server.pid());
      postgres.goOn();
      long back = System.nanoTime();
      while (load.await(LoadEvent.SECOND).asLong() <= acknowledged) {
        // The next second tells.
      }
      findings.put("awayRecoverySeconds", secondsSince(back));
      LoadResult result = load.result();
      check.holds(result);
      findings.put("awayAcknowledged", (double) (acknowledged - settled));
      findings.put("awayUnanswered", result.unanswered());
      findings.put("awayHeapMegabytes", (away.heapBytes() - before.heapBytes()) / MEGABYTE);
      findings.put("awayHeapPeakMegabytes", peak / MEGABYTE);
      findings.put("awayResidentMegabytes", away.residentBytes() / MEGABYTE);
    }
  }

  private static double secondsSince(long nanos) {
    return (double) (System.nanoTime() - nanos) / TimeUnit.SECONDS.toNanos(1);
  }
}
