package io.floodmark.ingest.commit;

import io.floodmark.live.Doorbell;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A few sensors with a reading each and nothing else, which is what there is to write while the
 * line keeps up: state and reading in one statement a sensor, all of them and the doorbell sent and
 * committed in one exchange with PostgreSQL.
 */
final class SmallBatch {
  /** More go together: a statement for many takes less than many statements. */
  static final int READINGS_MAX = 8;

  // One statement has one snapshot and is done or undone as a whole: no reading is stored where the
  // state was no longer the one that was read.
  private static final String ONE =
      """
      WITH written AS (
        %s
        RETURNING st.sensor_id
      ), stored AS (
        INSERT INTO reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
          low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm, more)
        SELECT ?::int4, ?::timestamptz, ?::int4, ?::int4, ?::int4, ?::int2, ?::int2,
          ?::int2, ?::int2, ?::int2, ?::int2, ?::int2, ?
        FROM written
      )
      SELECT sensor_id FROM written
      """
          .formatted(StateUpdate.OF_ONE);

  /** What each column of a reading is in PostgreSQL's binary format. */
  private static final int[] TYPES = {
    Types.INTEGER, Types.TIMESTAMP_WITH_TIMEZONE, Types.INTEGER, Types.INTEGER, Types.INTEGER,
    Types.SMALLINT, Types.SMALLINT, Types.SMALLINT, Types.SMALLINT, Types.SMALLINT,
    Types.SMALLINT, Types.SMALLINT, Types.VARCHAR
  };

  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  /** For no sensor, for one, and so on. */
  private static final List<String> SILENT =
      IntStream.rangeClosed(0, READINGS_MAX)
          .mapToObj(count -> String.join(";\n", Collections.nCopies(count, ONE)))
          .toList();

  private static final List<String> RINGING =
      SILENT.stream().map(statements -> statements + ";\n" + Doorbell.RING).toList();

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
   * @return whether all of it is committed; if not, somebody else has changed a state, and the
   *     other sensors' share may be committed
   */
  static boolean commit(Connection connection, EncodedBatch batch, Optional<String> ring)
      throws SQLException {
    StateRows states = batch.states();
    ByteBuffer readings = ByteBuffer.wrap(batch.rows().buffer(), 0, batch.rows().length());
    readings.position(CopyEncoder.HEADER_BYTES);
    List<String> statements = ring.isPresent() ? RINGING : SILENT;
    try (PreparedStatement write = connection.prepareStatement(statements.get(states.count()))) {
      int set = 0;
      // Both are in the order of the sensors' ids.
      for (int row = 0; row < states.count(); row++) {
        set = states.bind(write, set, row);
        set = bindReading(write, set, readings);
      }
      if (ring.isPresent()) {
        write.setString(set + 1, Doorbell.READING_CHANNEL);
        write.setString(set + 2, ring.get());
      }
      return areAllWritten(write, states.count());
    }
  }

  /** Whether each of the first statements has a row to show. */
  private static boolean areAllWritten(PreparedStatement write, int count) throws SQLException {
    boolean all = true;
    write.execute();
    for (int statement = 0; statement < count; statement++) {
      try (ResultSet written = write.getResultSet()) {
        all &= written.next();
      }
      write.getMoreResults();
    }
    return all;
  }

  private static int bindReading(PreparedStatement write, int set, ByteBuffer bytes)
      throws SQLException {
    bytes.getShort(); // how many columns there are
    for (int column = 0; column < TYPES.length; column++) {
      bind(write, set + column + 1, TYPES[column], bytes);
    }
    return set + TYPES.length;
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
