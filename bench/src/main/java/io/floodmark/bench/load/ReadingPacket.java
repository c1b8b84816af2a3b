package io.floodmark.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * One sensor's PUBLISH, built once; before each sending the packet id and the digits of time,
 * distance and running number are put in. It has the fields that the simulator's devices send, in
 * their order. Confined to one thread.
 */
final class ReadingPacket {
  private static final int TS_DIGITS = 13;
  private static final int DISTANCE_DIGITS = 4;
  private static final int SEQ_DIGITS = 7;

  /** A number in JSON does not begin with a zero (RFC 8259 §6). */
  private static final int SEQ_FIRST = 1_000_000;

  private static final int SEQ_COUNT = 9_000_000;

  private static final String TS = "1767225600123";
  private static final String DISTANCE = "2812";
  private static final int BASE = 10;

  private final byte[] bytes;
  private final int idAt;
  private final int firstAt;
  private final int stride;
  private final int distanceOffset;
  private final int seqOffset;
  private final int readings;
  private final long delayMillis;
  private int seq;
  private long lastTs;
  private long aheadMillisMax;

  /**
   * The packet of one sensor.
   *
   * @param code of the sensor
   * @param number of the sensor, by which its battery and its air differ from others'
   * @param readings in a message: an object for one, an array for more
   * @param delaySeconds how long ago they were measured
   */
  ReadingPacket(String code, int number, int readings, int delaySeconds) {
    String element =
        "{\"ts\":%s,\"distance_mm\":%s,\"battery_mv\":%d,\"rssi_dbm\":-%d,\"temperature_c\":%d.%d,\"housing_c\":%d.5,\"seq\":%d}"
            .formatted(
                TS,
                DISTANCE,
                3_600 + number % 400,
                60 + number % 40,
                24 + number % 10,
                number % 10,
                30 + number % 20,
                SEQ_FIRST);
    String payload =
        readings == 1 ? element : "[" + (element + ",").repeat(readings - 1) + element + "]";
    String topic = "sensors/" + code + "/readings";
    this.bytes = Packets.publish(topic, payload.getBytes(StandardCharsets.US_ASCII));
    this.readings = readings;
    this.delayMillis = TimeUnit.SECONDS.toMillis(delaySeconds);
    int payloadAt = bytes.length - payload.length();
    this.idAt = payloadAt - Short.BYTES;
    this.firstAt = payloadAt + payload.indexOf(TS);
    this.stride = element.length() + 1;
    this.distanceOffset = element.indexOf(DISTANCE) - element.indexOf(TS);
    this.seqOffset = element.lastIndexOf(':') + 1 - element.indexOf(TS);
  }

  /** Its size, the same for each sending, in bytes. */
  int size() {
    return bytes.length;
  }

  /** How far ahead of the clock its time ran at most, in milliseconds. */
  long aheadMillisMax() {
    return aheadMillisMax;
  }

  /**
   * Puts the next message into {@code out}, which has room for it. Each reading has a time of its
   * own: that of some seconds ago, or a millisecond after the one before it.
   */
  void put(ByteBuffer out, int packetId, long nowMillis, int distanceMm) {
    bytes[idAt] = (byte) (packetId >>> Byte.SIZE);
    bytes[idAt + 1] = (byte) packetId;
    long ts = Math.max(nowMillis - delayMillis, lastTs + 1);
    for (int i = 0; i < readings; i++) {
      int at = firstAt + i * stride;
      digits(at, TS_DIGITS, ts + i);
      digits(at + distanceOffset, DISTANCE_DIGITS, distanceMm);
      digits(at + seqOffset, SEQ_DIGITS, SEQ_FIRST + seq);
      seq = (seq + 1) % SEQ_COUNT;
    }
    lastTs = ts + readings - 1;
    aheadMillisMax = Math.max(aheadMillisMax, lastTs - nowMillis);
    out.put(bytes);
  }

  private void digits(int at, int count, long number) {
    long left = number;
    for (int i = at + count - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + left % BASE);
      left /= BASE;
    }
  }
}
