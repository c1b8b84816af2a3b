package io.floodmark.bench.ingest;

import io.floodmark.bench.figures.Latencies;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A single client that inserts and commits one row after the other into the table of the product,
 * some time now and some then. Not thread-safe.
 */
final class OneRowCommits implements AutoCloseable {
  /** A sensor that is none. */
  static final int SENSOR_ID = 2_000_000;

  private static final int WARM_UP = 20_000;

  /** A row with the columns that the program fills. */
  private static final String INSERT =
      """
      INSERT INTO reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
        low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm)
      VALUES (?, clock_timestamp(), 0, 1 << 26, ?, 2812, 188, 0, 3120, 4050, 3710, -71)
      """;

  private final Connection connection;
  private final PreparedStatement insert;
  private long[] nanos = new long[1 << 16];
  private int count;
  private int inserted;

  /** A client that is connected and warm. */
  OneRowCommits(Database database) throws SQLException {
    connection = database.connect();
    insert = connection.prepareStatement(INSERT);
    for (int i = 0; i < WARM_UP; i++) {
      insert();
    }
  }

  /**
   * Goes on for some time.
   *
   * @param millis how long
   * @param periodNanos after this time the next commit is due, and its time runs from then; 0 to
   *     begin it when the one before is done
   */
  void run(long millis, long periodNanos) throws SQLException {
    long start = System.nanoTime();
    long due = start;
    while (due - start < TimeUnit.MILLISECONDS.toNanos(millis)) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      insert();
      long done = System.nanoTime();
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = done - due;
      due = periodNanos > 0 ? due + periodNanos : done;
    }
  }

  /** How long its commits took, but for those of warming up. */
  Latencies latencies() {
    return new Latencies(Arrays.copyOf(nanos, count));
  }

  private void insert() throws SQLException {
    insert.setInt(1, SENSOR_ID);
    insert.setLong(2, inserted++);
    insert.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
