package io.floodmark.bench.ingest;

import io.floodmark.schema.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * How fast PostgreSQL takes the program's own rows by raw binary COPY: 2,000 rows that it stored
 * are copied into the same table again and again, each time under other sensors and at later times,
 * a commit each, over one connection. Not thread-safe.
 */
final class CopyRate implements AutoCloseable {
  private static final int ROWS = 2_000;

  /** Far above the keys that the program has given; nothing refers to a reading's sensor. */
  private static final int SENSOR_OFFSET = 1_000_000;

  private static final String FAILED = "The rows could not be copied.";

  private static final String COLUMNS =
      """
      sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm, low_point_delta_mm,
        temperature_centi, housing_centi, battery_mv, rssi_dbm, more""";

  private static final String NEWEST =
      """
      COPY (
        SELECT %s FROM (
          SELECT * FROM reading WHERE sensor_id < %d ORDER BY observed_at DESC LIMIT %d
        ) AS newest ORDER BY observed_at, sensor_id
      ) TO STDOUT (FORMAT binary)
      """
          .formatted(COLUMNS, SENSOR_OFFSET, ROWS);

  private static final String AGAIN = "COPY reading (" + COLUMNS + ") FROM STDIN (FORMAT binary)";

  /** Signature, flags, length of an extension (PostgreSQL documentation, "COPY"). */
  private static final int HEADER_BYTES = 19;

  private static final int WARM_UP_COMMITS = 50;

  private final Connection connection;
  private final CopyManager copies;
  private final byte[] stream;
  private final int[] rowsAt = new int[ROWS];
  private long spanMicros;
  private long commits;
  private long nanos;

  private CopyRate(Connection connection, CopyManager copies, byte[] stream) {
    this.connection = connection;
    this.copies = copies;
    this.stream = stream;
  }

  /**
   * A client that is connected, and warm.
   *
   * @param database in which the program has stored 2,000 readings or more
   */
  static CopyRate on(Database database) throws IOException {
    try {
      Connection connection = database.connect();
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      if (copies.copyOut(NEWEST, rows) < ROWS) {
        throw new IOException("Fewer than " + ROWS + " readings are stored to be copied.");
      }
      CopyRate rate = new CopyRate(connection, copies, rows.toByteArray());
      rate.findRows();
      connection.setAutoCommit(false);
      rate.moveSensors();
      for (int i = 0; i < WARM_UP_COMMITS; i++) {
        rate.commitOnce();
      }
      return rate;
    } catch (SQLException e) {
      throw new IOException(FAILED, e);
    }
  }

  /** Goes on for some seconds; may be called again. */
  void run(int seconds) throws IOException {
    try {
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
        commitOnce();
        commits++;
      }
      nanos += System.nanoTime() - start;
    } catch (SQLException e) {
      throw new IOException(FAILED, e);
    }
  }

  /** Rows a second, over all runs. */
  double perSecond() {
    return commits * ROWS * 1e9 / nanos;
  }

  private void commitOnce() throws SQLException {
    moveTimes();
    CopyIn copy = copies.copyIn(AGAIN);
    copy.writeToCopy(stream, 0, stream.length);
    copy.endCopy();
    connection.commit();
  }

  private void findRows() {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    int at = HEADER_BYTES;
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int row = 0; row < ROWS; row++) {
      rowsAt[row] = at;
      long observed = bytes.getLong(observedAt(at));
      least = Math.min(least, observed);
      most = Math.max(most, observed);
      at = next(bytes, at);
    }
    spanMicros = most - least + TimeUnit.MILLISECONDS.toMicros(1);
  }

  private static int next(ByteBuffer bytes, int rowAt) {
    int at = rowAt + Short.BYTES;
    for (int column = bytes.getShort(rowAt); column > 0; column--) {
      at += Integer.BYTES + Math.max(0, bytes.getInt(at));
    }
    return at;
  }

  /** After the number of columns and the length of the first. */
  private static int sensorAt(int rowAt) {
    return rowAt + Short.BYTES + Integer.BYTES;
  }

  private static int observedAt(int rowAt) {
    return sensorAt(rowAt) + Integer.BYTES + Integer.BYTES;
  }

  private void moveSensors() {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    for (int row : rowsAt) {
      bytes.putInt(sensorAt(row), bytes.getInt(sensorAt(row)) + SENSOR_OFFSET);
    }
  }

  private void moveTimes() {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    for (int row : rowsAt) {
      bytes.putLong(observedAt(row), bytes.getLong(observedAt(row)) + spanMicros);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(FAILED, e);
    }
  }
}
