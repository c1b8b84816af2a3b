package io.floodmark.bench.ingest;

import io.floodmark.bench.figures.Latencies;
import io.floodmark.bench.load.LoadEvent;
import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.load.LoadResult;
import io.floodmark.bench.program.Disk;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * What an acknowledgement waits for when there is time: 100 sensors send 1,000 messages a second in
 * all, by the clock and not by what was answered; the 99th percentile of the time from sending to
 * PUBACK is held against that of a single client that inserts and commits one row after the other
 * into the same table, the two in turns, so that a machine that is slow for a while is so for both.
 *
 * <p>A machine that stands still for some milliseconds delays one commit of a client that waits for
 * each, but every message that was due meanwhile. How much of the figure is the machine's own
 * unrest is told by the same single client with a commit due every millisecond, whether or not the
 * one before it is done.
 */
final class AckLatency {
  private static final int DELAY_S = 5;
  private static final int PER_SECOND = 1_000;
  private static final int WINDOW = 1_000;
  private static final int WARM_UP_S = 180;
  private static final int SECONDS = 20;
  private static final long COMMIT_MILLIS = 500;
  private static final long COMMIT_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  private AckLatency() {}

  /** Measures on a server that has just been started over an empty database. */
  static void measure(ServerUnderTest server, Findings findings) throws IOException {
    BenchSensors.register(server.database(), Throughput.PREFIX, Throughput.CONNECTIONS);
    StoredCheck check = StoredCheck.before(server.database());
    Disk.settle();
    LoadPlan plan =
        new LoadPlan(
            server.mqttPort(),
            Throughput.PREFIX,
            BenchSensors.TOKEN,
            Throughput.CONNECTIONS,
            WINDOW,
            1,
            DELAY_S,
            PER_SECOND,
            WARM_UP_S,
            SECONDS);
    try (OneRowCommits backToBack = new OneRowCommits(server.database());
        OneRowCommits paced = new OneRowCommits(server.database());
        LoadProcess load = LoadProcess.resting(plan)) {
      for (int second = 1; second < SECONDS; second++) {
        load.await(LoadEvent.RESTING);
        backToBack.run(COMMIT_MILLIS, 0);
        paced.run(COMMIT_MILLIS, COMMIT_PERIOD_NANOS);
        load.goOn();
      }
      LoadResult result = load.result();
      check.holds(result);
      tell(findings, result, backToBack.latencies(), paced.latencies());
    } catch (SQLException e) {
      throw new IOException("A single row could not be committed.", e);
    }
  }

  private static void tell(
      Findings findings, LoadResult result, Latencies commits, Latencies paced) {
    findings.put("ackPerSecond", result.perSecond());
    findings.put("ackP50Millis", result.p50Millis());
    findings.put("ackP99Millis", result.p99Millis());
    findings.put("ackMaxMillis", result.maxMillis());
    findings.put("ackLatenessP99Millis", result.latenessP99Millis());
    findings.put("commitP50Millis", commits.percentileMillis(0.5));
    findings.put("commitP99Millis", commits.percentileMillis(0.99));
    findings.put("pacedCommitP99Millis", paced.percentileMillis(0.99));
    findings.put("ackP99OverCommitP99", result.p99Millis() / commits.percentileMillis(0.99));
    findings.put("ackP99OverPacedCommitP99", result.p99Millis() / paced.percentileMillis(0.99));
  }
}
