package io.floodmark.ingest.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the packets that we send to one client, as it understands them: in its version, without
 * words if it wants none, and never longer than it takes (MQTT 5.0 §3.1.2.11.4). Immutable.
 */
public final class PacketWriter {
  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int SUBACK = 0x90;
  private static final int UNSUBACK = 0xB0;
  private static final int PINGRESP = 0xD0;
  private static final int DISCONNECT = 0xE0;

  private static final int LENGTH_BYTES = 2;
  private static final int PACKET_ID_BYTES = 2;
  private static final byte[] NOTHING = {};

  // What these packets have beside a reason string.
  private static final int CONNACK_BYTES = 5;
  private static final int ACK_BYTES = 6;
  private static final int DISCONNECT_BYTES = 4;

  // A reason string is a courtesy: it is left out rather than cut.
  private static final int REASON_BYTES_MAX = 120;

  private static final PacketWriter TO_3_1_1 = new PacketWriter(false, Long.MAX_VALUE, false);

  private final boolean mqtt5;
  private final long packetBytesMax;
  private final boolean withReasons;

  private PacketWriter(boolean mqtt5, long packetBytesMax, boolean withReasons) {
    this.mqtt5 = mqtt5;
    this.packetBytesMax = packetBytesMax;
    this.withReasons = withReasons;
  }

  /** For whoever sent {@code connect}. */
  public static PacketWriter to(Connect connect) {
    return connect.version().isMqtt5()
        ? new PacketWriter(true, connect.packetBytesMax(), connect.wantsProblems())
        : TO_3_1_1;
  }

  /** For whoever has sent nothing that could be read. */
  public static PacketWriter to(ProtocolVersion version) {
    return version.isMqtt5() ? new PacketWriter(true, Long.MAX_VALUE, true) : TO_3_1_1;
  }

  /** Whether it is for a client of MQTT 5. */
  public boolean isMqtt5() {
    return mqtt5;
  }

  /** A CONNACK that lets somebody in. */
  public void welcome(ByteBuf out, Welcome welcome) {
    byte[] properties = mqtt5 ? PropertiesWriter.of(welcome) : NOTHING;
    out.writeByte(CONNACK);
    variable(out, 2 + properties.length);
    out.writeByte(welcome.sessionPresent() ? 1 : 0).writeByte(ReasonCode.SUCCESS.code());
    out.writeBytes(properties);
  }

  /** Whether the client takes a CONNACK of that length. */
  public boolean takes(Welcome welcome) {
    int bodyBytes = 2 + (mqtt5 ? PropertiesWriter.of(welcome).length : 0);
    return 1L + variableBytes(bodyBytes) + bodyBytes <= packetBytesMax;
  }

  /**
   * A CONNACK that keeps somebody out (3.1.1 §3.2.2.3).
   *
   * @return false if this version has no answer that says so, or the client takes none; nothing is
   *     written then
   */
  public boolean refusal(ByteBuf out, ReasonCode reason, String why) {
    if (mqtt5 && packetBytesMax < CONNACK_BYTES) {
      return false;
    }
    if (mqtt5) {
      int whyBytes = reasonBytes(why, CONNACK_BYTES);
      out.writeByte(CONNACK);
      variable(out, 2 + variableBytes(whyBytes) + whyBytes);
      out.writeByte(0).writeByte(reason.code());
      variable(out, whyBytes);
      reason(out, why, whyBytes);
      return true;
    }
    int code =
        switch (reason) {
          case UNSUPPORTED_VERSION -> 1;
          case CLIENT_ID_NOT_VALID -> 2;
          case SERVER_UNAVAILABLE, SERVER_BUSY, SERVER_SHUTTING_DOWN -> 3;
          case BAD_USER_NAME_OR_PASSWORD -> 4;
          case NOT_AUTHORIZED -> 5;
          default -> 0;
        };
    if (code > 0) {
      out.writeByte(CONNACK).writeByte(2).writeByte(0).writeByte(code);
    }
    return code > 0;
  }

  /** PUBACK, PUBREC, PUBREL or PUBCOMP that says that all is well. */
  public void acknowledgement(ByteBuf out, AckType type, int packetId) {
    out.writeByte(type.firstByte()).writeByte(PACKET_ID_BYTES).writeShort(packetId);
  }

  /** The same with a reason, which 3.1.1 does not know (§3.4.2.1). */
  public void acknowledgement(
      ByteBuf out, AckType type, int packetId, ReasonCode reason, String why) {
    if (!mqtt5 || reason == ReasonCode.SUCCESS) {
      acknowledgement(out, type, packetId);
      return;
    }
    int whyBytes = reasonBytes(why, ACK_BYTES);
    out.writeByte(type.firstByte());
    // Without properties, their length may be left out (§3.4.2.2.1).
    int propertyBytes = whyBytes == 0 ? 0 : variableBytes(whyBytes) + whyBytes;
    variable(out, PACKET_ID_BYTES + 1 + propertyBytes);
    out.writeShort(packetId).writeByte(reason.code());
    if (whyBytes > 0) {
      variable(out, whyBytes);
      reason(out, why, whyBytes);
    }
  }

  /** Whether the client takes a SUBACK or UNSUBACK to so many filters. */
  public boolean takesAnswerTo(int filters) {
    int bodyBytes = PACKET_ID_BYTES + 1 + filters;
    return 1L + variableBytes(bodyBytes) + bodyBytes <= packetBytesMax;
  }

  /** SUBACK; one code for each filter, in their order. */
  public void subAck(ByteBuf out, int packetId, List<ReasonCode> codes) {
    out.writeByte(SUBACK);
    variable(out, PACKET_ID_BYTES + (mqtt5 ? 1 : 0) + codes.size());
    out.writeShort(packetId);
    if (mqtt5) {
      out.writeByte(0);
    }
    for (ReasonCode code : codes) {
      // 3.1.1 knows one failure (§3.9.3).
      out.writeByte(mqtt5 || !code.isFailure() ? code.code() : ReasonCode.UNSPECIFIED.code());
    }
  }

  /** UNSUBACK; one code for each filter, in their order. */
  public void unsubAck(ByteBuf out, int packetId, List<ReasonCode> codes) {
    out.writeByte(UNSUBACK);
    if (!mqtt5) {
      out.writeByte(PACKET_ID_BYTES).writeShort(packetId);
      return;
    }
    variable(out, PACKET_ID_BYTES + 1 + codes.size());
    out.writeShort(packetId).writeByte(0);
    codes.forEach(code -> out.writeByte(code.code()));
  }

  /** PINGRESP. */
  public void pong(ByteBuf out) {
    out.writeByte(PINGRESP).writeByte(0);
  }

  /**
   * DISCONNECT, which only MQTT 5 has from a server (§3.14).
   *
   * @return false if nothing is written
   */
  public boolean disconnect(ByteBuf out, ReasonCode reason, String why) {
    if (!mqtt5) {
      return false;
    }
    int whyBytes = reasonBytes(why, DISCONNECT_BYTES);
    out.writeByte(DISCONNECT);
    variable(out, 1 + (whyBytes == 0 ? 0 : variableBytes(whyBytes) + whyBytes));
    out.writeByte(reason.code());
    if (whyBytes > 0) {
      variable(out, whyBytes);
      reason(out, why, whyBytes);
    }
    return true;
  }

  /**
   * PUBLISH, unless it is longer than the client takes.
   *
   * @param publish its topic, packet id, payload and, for MQTT 5, its properties
   * @param flags DUP, QoS and RETAIN
   * @param subscriptionIds those of the subscriptions that it matches; left out for 3.1.1
   * @return false if nothing is written, because the client does not take packets of that length
   */
  public boolean publish(ByteBuf out, int flags, Publish publish, List<Integer> subscriptionIds) {
    int topicBytes = ByteBufUtil.utf8Bytes(publish.topic());
    byte[] properties =
        mqtt5 ? PropertiesWriter.ofPublish(publish.properties(), subscriptionIds) : NOTHING;
    int bodyBytes =
        LENGTH_BYTES
            + topicBytes
            + (publish.packetId() > 0 ? PACKET_ID_BYTES : 0)
            + properties.length
            + publish.payload().length;
    if (1L + variableBytes(bodyBytes) + bodyBytes > packetBytesMax) {
      return false;
    }
    out.ensureWritable(1 + variableBytes(bodyBytes) + bodyBytes);
    out.writeByte(PUBLISH | flags);
    variable(out, bodyBytes);
    out.writeShort(topicBytes);
    ByteBufUtil.reserveAndWriteUtf8(out, publish.topic(), topicBytes);
    if (publish.packetId() > 0) {
      out.writeShort(publish.packetId());
    }
    out.writeBytes(properties).writeBytes(publish.payload());
    return true;
  }

  /** What the reason string takes, with what stands before it; 0 if it is to be left out. */
  private int reasonBytes(String why, int otherBytes) {
    int bytes = 1 + LENGTH_BYTES + ByteBufUtil.utf8Bytes(why);
    boolean fits = bytes <= REASON_BYTES_MAX && otherBytes + bytes + 1 <= packetBytesMax;
    return withReasons && !why.isEmpty() && fits ? bytes : 0;
  }

  private static void reason(ByteBuf out, String why, int bytes) {
    if (bytes > 0) {
      out.writeByte(Properties.REASON_STRING);
      byte[] utf8 = why.getBytes(StandardCharsets.UTF_8);
      out.writeShort(utf8.length).writeBytes(utf8);
    }
  }

  private static void variable(ByteBuf out, int value) {
    int left = value;
    while (left > 0x7f) {
      out.writeByte((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.writeByte(left);
  }

  private static int variableBytes(int value) {
    int bytes = 1;
    for (int left = value >>> 7; left > 0; left >>>= 7) {
      bytes++;
    }
    return bytes;
  }
}
