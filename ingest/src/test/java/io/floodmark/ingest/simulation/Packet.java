package io.floodmark.ingest.simulation;

/** Where things lie in packets (MQTT 3.1.1 §2); inside, in those of up to 127 bytes. */
final class Packet {
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;

  private static final int BODY = 2;

  private Packet() {}

  /** Where the first of several whole packets ends. */
  static int end(byte[] packets) {
    int length = 0;
    int at = 1;
    for (int shift = 0; ; shift += 7) {
      byte digit = packets[at++];
      length |= (digit & 0x7f) << shift;
      if (digit >= 0) {
        return at + length;
      }
    }
  }

  /** What sort of packet it is. */
  static int type(byte[] packet) {
    return (packet[0] >> 4) & 0xf;
  }

  /** The packet id that a PUBACK begins with. */
  static int acknowledgedId(byte[] packet) {
    return uint16(packet, BODY);
  }

  /** Whether a PUBLISH has to be acknowledged. */
  static boolean wantsAcknowledgement(byte[] publish) {
    return (publish[0] & 6) != 0;
  }

  /** Bytes of the topic of a PUBLISH, which begins after their number. */
  static int topicBytes(byte[] publish) {
    return uint16(publish, BODY);
  }

  /** The packet id of a PUBLISH that has one. */
  static int publishId(byte[] publish) {
    return uint16(publish, topicEnd(publish));
  }

  /** Where the topic of a PUBLISH ends. */
  static int topicEnd(byte[] publish) {
    return BODY + 2 + topicBytes(publish);
  }

  private static int uint16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
