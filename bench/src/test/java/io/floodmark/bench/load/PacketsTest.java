package io.floodmark.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final int TOPIC_CHARS = "sensors/s-1/readings".length();

  @Test
  void aConnectHasTheBytesOfTheStandard() {
    assertArrayEquals(
        HexFormat.ofDelimiter(" ")
            .parseHex("10 13 00 04 4d 51 54 54 04 c2 00 3c 00 01 73 00 01 73 00 01 70"),
        Packets.connect("s", "p", 60));
  }

  @Test
  void aPublishHasTheBytesOfTheStandard() {
    assertArrayEquals(
        HexFormat.ofDelimiter(" ").parseHex("32 06 00 01 74 00 00 21"),
        Packets.publish("t", new byte[] {0x21}));
  }

  @Test
  void aLengthOver127TakesTwoBytes() {
    byte[] packet = Packets.publish("t", new byte[200]);
    // 205 = 0x4D + 1 * 128
    assertArrayEquals(new byte[] {0x32, (byte) 0xCD, 0x01}, Arrays.copyOf(packet, 3));
    assertEquals(3 + 205, packet.length);
  }

  @Test
  void idTimeDistanceAndNumberArePutInAndTheRestStays() throws IOException {
    ReadingPacket packet = new ReadingPacket("s-1", 1, 1, 5);
    byte[] first = put(packet, 258, NOW, 2_812);
    byte[] second = put(packet, 3, NOW + 70, 2_799);
    assertEquals(packet.size(), first.length);
    assertEquals(258, id(first));
    assertEquals(3, id(second));
    JsonNode one = payload(first);
    JsonNode two = payload(second);
    assertEquals(2_812, one.get("distance_mm").asInt());
    assertEquals(2_799, two.get("distance_mm").asInt());
    assertEquals(70, two.get("ts").asLong() - one.get("ts").asLong());
    assertEquals(1, two.get("seq").asLong() - one.get("seq").asLong());
    assertEquals(one.get("battery_mv"), two.get("battery_mv"));
    assertEquals(7, one.size());
  }

  @Test
  void timesOfASensorRiseAndStayBehindTheClockUnlessItIsOutrun() throws IOException {
    ReadingPacket packet = new ReadingPacket("s-1", 1, 1, 5);
    long last = 0;
    for (int i = 0; i < 5_000; i++) {
      long ts = payload(put(packet, 1, NOW, 2_812)).get("ts").asLong();
      assertTrue(ts > last);
      last = ts;
    }
    assertTrue(last < NOW);
    assertEquals(0, packet.aheadMillisMax());
    for (int i = 0; i < 101; i++) {
      put(packet, 1, NOW, 2_812);
    }
    assertEquals(100, packet.aheadMillisMax());
  }

  @Test
  void severalReadingsAreAnArrayWithATimeAndANumberForEach() throws IOException {
    ReadingPacket packet = new ReadingPacket("s-1", 1, 3, 5);
    JsonNode readings = payload(put(packet, 1, NOW, 2_812));
    assertEquals(3, readings.size());
    for (int i = 1; i < 3; i++) {
      JsonNode before = readings.get(i - 1);
      assertEquals(before.get("ts").asLong() + 1, readings.get(i).get("ts").asLong());
      assertEquals(before.get("seq").asLong() + 1, readings.get(i).get("seq").asLong());
      assertEquals(2_812, readings.get(i).get("distance_mm").asInt());
    }
    JsonNode next = payload(put(packet, 1, NOW, 2_812));
    assertEquals(readings.get(2).get("seq").asLong() + 1, next.get(0).get("seq").asLong());
    assertEquals(readings.get(2).get("ts").asLong() + 1, next.get(0).get("ts").asLong());
  }

  private static byte[] put(ReadingPacket packet, int id, long now, int distanceMm) {
    ByteBuffer out = ByteBuffer.allocate(packet.size());
    packet.put(out, id, now, distanceMm);
    return out.array();
  }

  private static int headerBytes(byte[] packet) {
    int at = 1;
    while (packet[at] < 0) {
      at++;
    }
    return at + 1 + Short.BYTES + TOPIC_CHARS;
  }

  private static int id(byte[] packet) {
    return ByteBuffer.wrap(packet).getShort(headerBytes(packet)) & 0xFFFF;
  }

  private static JsonNode payload(byte[] packet) throws IOException {
    int at = headerBytes(packet) + Short.BYTES;
    return new ObjectMapper()
        .readTree(new String(packet, at, packet.length - at, StandardCharsets.US_ASCII));
  }
}
