package io.floodmark.ingest.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Inserts encoded rows of {@code reading} one by one. */
final class FewReadings {
  private static final String INSERT =
      """
      INSERT INTO reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
        low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm, more)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** What each column is in PostgreSQL's binary format, in the order of the statement. */
  private static final int[] TYPES = {
    Types.INTEGER, Types.TIMESTAMP_WITH_TIMEZONE, Types.INTEGER, Types.INTEGER, Types.INTEGER,
    Types.SMALLINT, Types.SMALLINT, Types.SMALLINT, Types.SMALLINT, Types.SMALLINT,
    Types.SMALLINT, Types.SMALLINT, Types.VARCHAR
  };

  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private FewReadings() {}

  /**
   * Inserts what {@code rows} holds.
   *
   * @param count how many rows that is, 1 or more
   */
  static void insert(Connection connection, CopyEncoder rows, int count) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      ByteBuffer bytes = ByteBuffer.wrap(rows.buffer(), 0, rows.length());
      bytes.position(CopyEncoder.HEADER_BYTES);
      for (int row = 0; row < count; row++) {
        bytes.getShort(); // how many columns there are
        for (int column = 0; column < TYPES.length; column++) {
          set(insert, column, bytes);
        }
        insert.executeUpdate();
      }
    }
  }

  private static void set(PreparedStatement insert, int column, ByteBuffer bytes)
      throws SQLException {
    int length = bytes.getInt();
    int parameter = column + 1;
    if (length < 0) {
      insert.setNull(parameter, TYPES[column]);
      return;
    }
    switch (TYPES[column]) {
      case Types.SMALLINT -> insert.setShort(parameter, bytes.getShort());
      case Types.INTEGER -> insert.setInt(parameter, bytes.getInt());
      case Types.VARCHAR -> {
        byte[] text = new byte[length];
        bytes.get(text);
        insert.setString(parameter, new String(text, StandardCharsets.UTF_8));
      }
      default ->
          insert.setObject(
              parameter,
              POSTGRES_EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
  }
}
