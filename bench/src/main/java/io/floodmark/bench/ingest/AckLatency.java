package io.floodmark.bench.ingest;

import io.floodmark.bench.figures.Latencies;
import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.load.LoadResult;
import io.floodmark.bench.program.Disk;
import io.floodmark.bench.program.ServerUnderTest;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What an acknowledgement waits for when there is time: 100 sensors send 1,000 messages a second in
 * all, by the clock and not by what was answered; the 99th percentile of the time from sending to
 * PUBACK is held against that of a single client that inserts and commits one row after the other
 * into the same table, just afterwards.
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
  private static final int WARM_UP_S = 120;
  private static final int SECONDS = 20;
  private static final int COMMIT_WARM_UP = 2_000;
  private static final int COMMIT_SECONDS = 10;
  private static final int COMMITS_MAX = 1_000_000;

  /** A row with the columns that the program fills, under a sensor that is none. */
  private static final String INSERT =
      """
      INSERT INTO reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
        low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm)
      VALUES (2000000, clock_timestamp(), 0, 1 << 26, ?, 2812, 188, 0, 3120, 4050, 3710, -71)
      """;

  private AckLatency() {}

  /** Measures on a server that has just been started over an empty database. */
  static void measure(ServerUnderTest server, Findings findings) throws IOException {
    BenchSensors.register(server.database(), Throughput.PREFIX, Throughput.CONNECTIONS);
    StoredCheck check = StoredCheck.before(server.database());
    Disk.settle();
    LoadResult result =
        LoadProcess.run(
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
                SECONDS));
    check.holds(result);
    Latencies commits = commits(server.database(), 0);
    Latencies paced = commits(server.database(), TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
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

  /**
   * How long commits of one row take, one after the other.
   *
   * @param periodNanos after this time the next one is due, and its time runs from then; 0 to begin
   *     it when the one before is done
   */
  private static Latencies commits(Database database, long periodNanos) throws IOException {
    long[] nanos = new long[COMMITS_MAX];
    int count = 0;
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int i = 0; i < COMMIT_WARM_UP; i++) {
        insert.setLong(1, i);
        insert.executeUpdate();
      }
      long start = System.nanoTime();
      long due = start;
      while (due - start < TimeUnit.SECONDS.toNanos(COMMIT_SECONDS) && count < COMMITS_MAX) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        insert.setLong(1, count);
        insert.executeUpdate();
        long done = System.nanoTime();
        nanos[count++] = done - due;
        due = periodNanos > 0 ? due + periodNanos : done;
      }
    } catch (SQLException e) {
      throw new IOException("A single row could not be committed.", e);
    }
    return new Latencies(Arrays.copyOf(nanos, count));
  }
}
