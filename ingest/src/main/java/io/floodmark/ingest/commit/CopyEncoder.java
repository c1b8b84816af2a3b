package io.floodmark.ingest.commit;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.TestFlags;
import io.floodmark.reading.Reading;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Rows of {@code reading} in PostgreSQL's binary COPY format (PostgreSQL documentation, "COPY",
 * "Binary Format"), in a buffer that is used again. A value that does not fit the small column that
 * it has goes to {@code more}, as SQL function {@code lean_reading} does it. Confined to one
 * thread.
 */
final class CopyEncoder {
  /** What the rows are copied with; its columns are in the encoder's order. */
  static final String COPY =
      """
      COPY reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
        low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm, more)
      FROM STDIN (FORMAT binary)
      """;

  /** Signature, flags, length of an extension; the rows come after them. */
  static final int HEADER_BYTES = 19;

  private static final int COLUMNS = 13;
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int NO_VALUE = -1;
  private static final int TRAILER = -1;

  /** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
  private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;

  private static final int FIRST_CAPACITY = 64 * 1024;
  private static final int TRAILER_BYTES = Short.BYTES;

  /** All but the text of {@code more}, with a column's length before each, and the trailer. */
  private static final int ROW_BYTES_MAX =
      Short.BYTES + COLUMNS * (Integer.BYTES + Long.BYTES) + TRAILER_BYTES;

  // Most significant byte first, as in everything that PostgreSQL sends.
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A row keeps how much deeper the low point is from that depth on; below, nobody asks. */
  private static final int LOW_POINT_FROM_MM = 30;

  private static final int QC_SHIFT = 26;
  private static final int QC_MISSING = 5;
  private static final int BACKFILL = 1 << 29;
  private static final int STAMPED = 1 << 30;
  private static final int MEASURED_IS_DEPTH = 1 << 31;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private final StringBuilder more = new StringBuilder();
  private int length;

  /** Encodes a whole COPY stream, over whatever was encoded before. */
  void encode(Iterable<ReadingRow> rows) {
    length = 0;
    System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
    length = SIGNATURE.length;
    putInt(0); // flags: no OIDs
    putInt(0); // no header extension
    for (ReadingRow row : rows) {
      encode(row);
    }
    putShort(TRAILER);
  }

  /** The buffer; valid up to {@link #length()} and until the next {@link #encode}. */
  byte[] buffer() {
    return bytes;
  }

  /** Bytes encoded. */
  int length() {
    return length;
  }

  private void encode(ReadingRow row) {
    Reading reading = row.reading();
    more.setLength(0);
    makeRoom(ROW_BYTES_MAX);
    putShort(COLUMNS);
    fourBytes(row.sensorId());
    eightBytes((row.observedAt().toEpochMilli() - POSTGRES_EPOCH_MILLIS) * 1_000);
    lag(row);
    flags(row);
    seq(reading.seq());
    measured(reading);
    twoBytes("depth_mm", row.depthMm());
    lowPoint(row);
    hundredths("temperature_c", reading.temperatureC());
    hundredths("housing_c", reading.housingC());
    twoBytes("battery_mv", reading.batteryMv());
    twoBytes("rssi_dbm", reading.rssiDbm());
    if (reading.rainMm().isPresent()) {
      also("rain_mm").append((float) reading.rainMm().getAsDouble());
    }
    if (row.stamped() && reading.deviceTsMillis().isPresent()) {
      also("device_ts_ms").append(reading.deviceTsMillis().getAsLong());
    }
    more();
  }

  private void lag(ReadingRow row) {
    long received = row.receivedAt().toEpochMilli();
    long lag = received - row.observedAt().toEpochMilli();
    if (lag == (int) lag) {
      fourBytes((int) lag);
    } else {
      putInt(NO_VALUE);
      also("received_at_ms").append(received);
    }
  }

  private void flags(ReadingRow row) {
    TestFlags tests = row.tests();
    int flags = tests.inTwoBits();
    if (flags < 0) {
      flags = 0;
      also("qc_tests").append(tests.bits());
    }
    int reasons = QualityReason.toBits(row.reasons());
    if (reasons != 0) {
      also("qc_reasons").append(reasons);
    }
    QualityFlag qc = row.flag();
    flags |= (qc == QualityFlag.MISSING ? QC_MISSING : qc.code()) << QC_SHIFT;
    flags |= row.backfill() ? BACKFILL : 0;
    flags |= row.stamped() ? STAMPED : 0;
    flags |= measuredIsDepth(row.reading()) ? MEASURED_IS_DEPTH : 0;
    fourBytes(flags);
  }

  private void seq(OptionalLong seq) {
    if (seq.isPresent() && seq.getAsLong() <= Integer.MAX_VALUE) {
      fourBytes((int) seq.getAsLong());
    } else {
      putInt(NO_VALUE);
      if (seq.isPresent()) {
        also("seq").append(seq.getAsLong());
      }
    }
  }

  /** A distance, or the depth of a sensor that sends none. */
  private void measured(Reading reading) {
    if (measuredIsDepth(reading)) {
      twoBytes(reading.depthMm().getAsInt());
      return;
    }
    twoBytes("distance_mm", reading.distanceMm());
    if (reading.depthMm().isPresent()) {
      also("sent_depth_mm").append(reading.depthMm().getAsInt());
    }
  }

  private static boolean measuredIsDepth(Reading reading) {
    return reading.distanceMm().isEmpty()
        && reading.depthMm().isPresent()
        && fits(reading.depthMm().getAsInt());
  }

  private void lowPoint(ReadingRow row) {
    OptionalInt depth = row.depthMm();
    boolean asked =
        depth.isPresent() && depth.getAsInt() >= LOW_POINT_FROM_MM && fits(depth.getAsInt());
    OptionalInt lowPoint = row.lowPointDepthMm();
    if (lowPoint.isEmpty()) {
      if (depth.isPresent() && depth.getAsInt() < LOW_POINT_FROM_MM) {
        twoBytes(0);
      } else {
        putInt(NO_VALUE);
      }
      return;
    }
    long delta = asked ? (long) lowPoint.getAsInt() - depth.getAsInt() : Long.MAX_VALUE;
    if (fits(delta)) {
      twoBytes((int) delta);
    } else {
      putInt(NO_VALUE);
      also("low_point_depth_mm").append(lowPoint.getAsInt());
    }
  }

  private void twoBytes(String name, OptionalInt value) {
    if (value.isPresent() && fits(value.getAsInt())) {
      twoBytes(value.getAsInt());
      return;
    }
    putInt(NO_VALUE);
    if (value.isPresent()) {
      also(name).append(value.getAsInt());
    }
  }

  /** Where hundredths say the same 32-bit number; what a device has calculated they seldom do. */
  private void hundredths(String name, OptionalDouble degrees) {
    if (degrees.isEmpty()) {
      putInt(NO_VALUE);
      return;
    }
    float sent = (float) degrees.getAsDouble();
    long hundredths = Math.round(sent * 100.0);
    if (fits(hundredths) && (float) (hundredths / 100.0) == sent) {
      twoBytes((int) hundredths);
    } else {
      putInt(NO_VALUE);
      also(name).append(sent);
    }
  }

  private static boolean fits(long value) {
    return value == (short) value;
  }

  /** A field of {@code more}; its value is to be appended. */
  private StringBuilder also(String name) {
    return more.append(more.length() == 0 ? "{\"" : ",\"").append(name).append("\":");
  }

  private void more() {
    if (more.length() > 0) {
      more.append('}');
    }
    putInt(more.length());
    makeRoom(more.length() + TRAILER_BYTES);
    for (int i = 0; i < more.length(); i++) {
      bytes[length++] = (byte) more.charAt(i);
    }
  }

  private void twoBytes(int value) {
    putInt(Short.BYTES);
    putShort(value);
  }

  private void fourBytes(int value) {
    putInt(Integer.BYTES);
    putInt(value);
  }

  private void eightBytes(long value) {
    putInt(Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  private void putShort(int value) {
    SHORTS.set(bytes, length, (short) value);
    length += Short.BYTES;
  }

  private void putInt(int value) {
    INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
