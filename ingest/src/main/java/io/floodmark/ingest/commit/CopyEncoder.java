package io.floodmark.ingest.commit;

import io.floodmark.quality.QualityReason;
import io.floodmark.reading.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Rows of {@code reading} in PostgreSQL's binary COPY format (PostgreSQL documentation, "COPY",
 * "Binary Format"), in a buffer that is used again. Confined to one thread.
 */
final class CopyEncoder {
  /** What the rows are copied with; its columns are in the encoder's order. */
  static final String COPY =
      """
      COPY reading (sensor_id, observed_at, received_at, distance_mm, depth_mm, low_point_depth_mm,
        sent_depth_mm, rain_mm, temperature_c, housing_c, qc_reasons, battery_mv, rssi_dbm, qc,
        backfill, stamped, seq, device_ts_ms, qc_tests)
      FROM STDIN (FORMAT binary)
      """;

  private static final int COLUMNS = 19;
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int NO_VALUE = -1;
  private static final int TRAILER = -1;

  /** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
  private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;

  private static final int FIRST_CAPACITY = 64 * 1024;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  /** Encodes a whole COPY stream, over whatever was encoded before. */
  void encode(Iterable<ReadingRow> rows) {
    length = 0;
    for (byte b : SIGNATURE) {
      put(b, 1);
    }
    put(0, 4); // flags: no OIDs
    put(0, 4); // no header extension
    for (ReadingRow row : rows) {
      encode(row);
    }
    put(TRAILER, 2);
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
    put(COLUMNS, 2);
    int4(row.sensorId());
    timestamp(row.observedAt());
    timestamp(row.receivedAt());
    int4(reading.distanceMm());
    int4(row.depthMm());
    int4(row.lowPointDepthMm());
    int4(reading.depthMm());
    float4(reading.rainMm());
    float4(reading.temperatureC());
    float4(reading.housingC());
    int4(QualityReason.toBits(row.reasons()));
    int4(reading.batteryMv());
    int2(reading.rssiDbm());
    value(row.flag().code(), 2);
    value(row.backfill() ? 1 : 0, 1);
    value(row.stamped() ? 1 : 0, 1);
    int8(reading.seq());
    int8(row.stamped() ? reading.deviceTsMillis() : OptionalLong.empty());
    value(row.tests().bits(), 8);
  }

  private void timestamp(Instant at) {
    value((at.toEpochMilli() - POSTGRES_EPOCH_MILLIS) * 1_000, 8);
  }

  private void int4(int value) {
    value(value, 4);
  }

  private void int4(OptionalInt value) {
    if (value.isPresent()) {
      value(value.getAsInt(), 4);
    } else {
      put(NO_VALUE, 4);
    }
  }

  private void int2(OptionalInt value) {
    if (value.isPresent()) {
      value(value.getAsInt(), 2);
    } else {
      put(NO_VALUE, 4);
    }
  }

  private void int8(OptionalLong value) {
    if (value.isPresent()) {
      value(value.getAsLong(), 8);
    } else {
      put(NO_VALUE, 4);
    }
  }

  private void float4(OptionalDouble value) {
    if (value.isPresent()) {
      value(Float.floatToIntBits((float) value.getAsDouble()), 4);
    } else {
      put(NO_VALUE, 4);
    }
  }

  private void value(long value, int size) {
    put(size, 4);
    put(value, size);
  }

  /** The low {@code size} bytes of {@code value}, most significant first. */
  private void put(long value, int size) {
    if (bytes.length - length < size) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }
}
