package io.floodmark.ingest.commit;

import io.floodmark.live.Doorbell;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * A few sensors with a reading each and nothing else, which is what there is to write while the
 * line keeps up: state and reading in one statement a sensor, all of them and the doorbell sent and
 * committed in one exchange with PostgreSQL.
 */
final class SmallBatch {
  /** More go together: a statement for many takes less than many statements. */
  static final int READINGS_MAX = 8;

  // One statement has one snapshot and is done or undone as a whole: no reading is stored where the
  // state was no longer the one that was read. It is the same for one sensor as for eight, ringing
  // or silent: each other one would have to be planned by itself, and again after every vacuum, for
  // as long as several commits take and just when the line is behind.
  private static final String ONE =
      """
      WITH written AS (
        %s
        RETURNING st.sensor_id
      ), rung AS MATERIALIZED (
        SELECT pg_notify('%s', ring.payload)
        FROM (VALUES (?::text)) AS ring (payload)
        WHERE ring.payload IS NOT NULL
      )
      INSERT INTO reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
        low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm, more)
      SELECT ?::int4, ?::timestamptz, ?::int4, ?::int4, ?::int4, ?::int2, ?::int2,
        ?::int2, ?::int2, ?::int2, ?::int2, ?::int2, ?
      FROM written LEFT JOIN rung ON true
      """
          .formatted(StateUpdate.OF_ONE, Doorbell.READING_CHANNEL);

  /** What each column of a reading is in PostgreSQL's binary format. */
  private static final int[] TYPES = {
    Types.INTEGER, Types.TIMESTAMP_WITH_TIMEZONE, Types.INTEGER, Types.INTEGER, Types.INTEGER,
    Types.SMALLINT, Types.SMALLINT, Types.SMALLINT, Types.SMALLINT, Types.SMALLINT,
    Types.SMALLINT, Types.SMALLINT, Types.VARCHAR
  };

  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private SmallBatch() {}

  /** Whether a batch is one. */
  static boolean is(EncodedBatch batch, Instant now) {
    BatchOutcome outcome = batch.outcome();
    int sensors = outcome.gauges().size();
    return sensors > 0
        && sensors <= READINGS_MAX
        && outcome.rows().size() == sensors
        && outcome.alertChanges().isEmpty()
        && outcome.verdicts().isEmpty()
        && outcome.rejections().isEmpty()
        && outcome.statuses().isEmpty()
        && LateHours.of(outcome.rows(), outcome.verdicts(), now).isEmpty();
  }

  /**
   * Writes a batch that {@linkplain #is is one} and makes it last.
   *
   * @param connection in auto-commit: the statements then are one transaction
   * @param ring what is rung with it, if it is time for that
   * @return whether all of it is committed and rung; if not, somebody else has changed a state, and
   *     the other sensors' share may be committed
   */
  static boolean commit(Connection connection, EncodedBatch batch, Optional<String> ring)
      throws SQLException {
    StateRows states = batch.states();
    ByteBuffer readings = ByteBuffer.wrap(batch.rows().buffer(), 0, batch.rows().length());
    readings.position(CopyEncoder.HEADER_BYTES);
    try (PreparedStatement write = connection.prepareStatement(ONE)) {
      // Both are in the order of the sensors' ids.
      for (int row = 0; row < states.count(); row++) {
        int set = states.bind(write, row);
        write.setString(++set, row == 0 ? ring.orElse(null) : null);
        bindReading(write, set, readings);
        if (states.count() > 1) {
          write.addBatch();
        }
      }
      // The driver would have PostgreSQL plan each batch of one anew.
      int[] stored = states.count() > 1 ? write.executeBatch() : new int[] {write.executeUpdate()};
      return Arrays.stream(stored).allMatch(rows -> rows == 1);
    } catch (BatchUpdateException e) {
      // Its own text repeats the statement and every value.
      throw e.getCause() instanceof SQLException cause ? cause : e;
    }
  }

  private static void bindReading(PreparedStatement write, int set, ByteBuffer bytes)
      throws SQLException {
    bytes.getShort(); // how many columns there are
    for (int column = 0; column < TYPES.length; column++) {
      bind(write, set + column + 1, TYPES[column], bytes);
    }
  }

  private static void bind(PreparedStatement write, int parameter, int type, ByteBuffer bytes)
      throws SQLException {
    int length = bytes.getInt();
    if (length < 0) {
      write.setNull(parameter, type);
      return;
    }
    switch (type) {
      case Types.SMALLINT -> write.setShort(parameter, bytes.getShort());
      case Types.INTEGER -> write.setInt(parameter, bytes.getInt());
      case Types.VARCHAR -> {
        byte[] text = new byte[length];
        bytes.get(text);
        write.setString(parameter, new String(text, StandardCharsets.UTF_8));
      }
      default ->
          write.setObject(
              parameter,
              POSTGRES_EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
  }
}
