package io.floodmark.ingest.broker;

import java.nio.charset.StandardCharsets;

/** How large a PUBLISH of MQTT 5 is, fixed header included (§3.3). Pure. */
final class PacketSize {
  private static final int LENGTH_BYTES = 2;
  private static final int PACKET_ID_BYTES = 2;
  private static final int EXPIRY_BYTES = 1 + 4;
  private static final int VARIABLE_BYTE_VALUES = 128;

  private PacketSize() {}

  /** Its size in bytes, with its topic spelled out. */
  static int of(Outgoing.Publish packet) {
    int properties = packet.message().properties().length;
    if (packet.expirySeconds().isPresent()) {
      properties += EXPIRY_BYTES;
    }
    for (int id : packet.subscriptionIds()) {
      properties += 1 + variable(id);
    }
    int remaining =
        LENGTH_BYTES
            + packet.message().topic().getBytes(StandardCharsets.UTF_8).length
            + (packet.qos() > 0 ? PACKET_ID_BYTES : 0)
            + variable(properties)
            + properties
            + packet.message().payload().length;
    return 1 + variable(remaining) + remaining;
  }

  /** How many bytes a Variable Byte Integer takes (§1.5.5). */
  private static int variable(int value) {
    int bytes = 1;
    for (int rest = value / VARIABLE_BYTE_VALUES; rest > 0; rest /= VARIABLE_BYTE_VALUES) {
      bytes++;
    }
    return bytes;
  }
}
