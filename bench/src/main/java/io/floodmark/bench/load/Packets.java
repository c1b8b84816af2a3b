package io.floodmark.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Packets of MQTT 3.1.1 as bytes: what a sensor sends, and how the answers begin. Pure. */
final class Packets {
  /** First byte of the answer to CONNECT (MQTT 3.1.1 §3.2.1). */
  static final int CONNACK = 0x20;

  /** First byte of the answer to a PUBLISH of QoS 1 (§3.4.1). */
  static final int PUBACK = 0x40;

  private static final int CONNECT = 0x10;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int PROTOCOL_LEVEL = 4;

  /** User name, password, clean session (§3.1.2.3). */
  private static final int CONNECT_FLAGS = 0xC2;

  private static final int DIGIT_BITS = 7;
  private static final int DIGIT = 1 << DIGIT_BITS;

  private Packets() {}

  /** CONNECT with a clean session; the client id is the user name. */
  static byte[] connect(String user, String password, int keepAliveSeconds) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(PROTOCOL_LEVEL);
    body.write(CONNECT_FLAGS);
    int2(body, keepAliveSeconds);
    text(body, user);
    text(body, user);
    text(body, password);
    return packet(CONNECT, body);
  }

  /** PUBLISH of QoS 1 with packet id 0, which is to be replaced. */
  static byte[] publish(String topic, byte[] payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, topic);
    int2(body, 0);
    body.writeBytes(payload);
    return packet(PUBLISH_QOS_1, body);
  }

  private static byte[] packet(int firstByte, ByteArrayOutputStream body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(firstByte);
    // Seven bits a byte, the lowest first (§2.2.3).
    int left = body.size();
    do {
      int digit = left % DIGIT;
      left /= DIGIT;
      packet.write(left > 0 ? digit | DIGIT : digit);
    } while (left > 0);
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private static void text(ByteArrayOutputStream to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int2(to, bytes.length);
    to.writeBytes(bytes);
  }

  private static void int2(ByteArrayOutputStream to, int value) {
    to.write(value >>> Byte.SIZE);
    to.write(value);
  }
}
