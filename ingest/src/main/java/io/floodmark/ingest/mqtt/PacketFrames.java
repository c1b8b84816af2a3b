package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.PacketReader;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the stream into packets (§2.1), watches their size, and hands each on as a {@link Packet}.
 *
 * <p>A sensor must learn that its message will never be taken, and staff what it was. So of a
 * PUBLISH with too large a payload topic, packet id and beginning are kept, the rest is thrown away
 * as it comes in, and an {@link OversizePublish} goes on in its place. Any other packet that is too
 * long is malformed, and so is a stream that does not begin with CONNECT: then a {@link
 * Packet.Unreadable} goes on, and nothing after it.
 *
 * <p>Holds at most one packet of the largest size taken. Confined to the connection's event loop.
 */
final class PacketFrames extends ByteToMessageDecoder {
  /** How much of a payload that is too large is kept. */
  private static final int HEAD_BYTES_MAX = 1_024;

  private static final int REMAINING_LENGTH_BYTES_MAX = 4;
  private static final int TOPIC_LENGTH_BYTES = 2;
  private static final int PACKET_ID_BYTES = 2;
  private static final int INCOMPLETE = -1;

  private final int payloadBytesMax;
  private final int controlBytesMax;
  private final PacketReader reader = new PacketReader();

  private boolean connectSeen;
  private boolean broken;
  private Optional<OversizePublish> oversize = Optional.empty();
  private int toDiscardBytes;

  PacketFrames(int payloadBytesMax, int controlBytesMax) {
    this.payloadBytesMax = payloadBytesMax;
    this.controlBytesMax = controlBytesMax;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
    } else if (oversize.isPresent()) {
      discard(in, out);
    } else {
      boolean inConnect = !connectSeen;
      try {
        frame(in, out);
      } catch (Breach e) {
        broken = true;
        in.skipBytes(in.readableBytes());
        boolean answerable = inConnect && reader.version().isMqtt5();
        out.add(new Packet.Unreadable(e.reason(), e.getMessage(), answerable));
      }
    }
  }

  /** Bytes that wait for the rest of their packet. */
  int held() {
    return actualReadableBytes();
  }

  private void frame(ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int first = in.getUnsignedByte(start);
    if (!connectSeen && !PacketReader.isConnect(first)) {
      throw Breach.forbidden("the first packet is no CONNECT (MQTT-3.1.0-1)");
    }
    int bodyOffset = endOfLength(in, start + 1);
    if (bodyOffset == INCOMPLETE) {
      return;
    }
    int bodyBytes = length(in, start + 1, bodyOffset);
    if (!PacketReader.isPublish(first)) {
      if (bodyBytes > controlBytesMax) {
        throw Breach.of(
            ReasonCode.PACKET_TOO_LARGE, "a packet of " + bodyBytes + " bytes that is no PUBLISH");
      }
    } else if (bodyBytes > payloadBytesMax + TOPIC_LENGTH_BYTES) {
      // Only now: a shorter packet cannot hold too large a payload, however short its topic.
      LongPublish publish = new LongPublish(first, bodyOffset, bodyBytes, in);
      if (!publish.isLocated(reader.version().isMqtt5(), controlBytesMax)) {
        return;
      }
      if (publish.payloadBytes() > payloadBytesMax) {
        beginDiscarding(publish, in, out);
        return;
      }
    }
    if (in.writerIndex() - bodyOffset >= bodyBytes) {
      Packet packet = reader.read(first, in, bodyOffset, bodyOffset + bodyBytes);
      connectSeen = true;
      in.readerIndex(bodyOffset + bodyBytes);
      out.add(packet);
    }
  }

  /** Where the remaining length that begins at {@code from} ends (§2.1.4). */
  private static int endOfLength(ByteBuf in, int from) {
    for (int at = from; at < from + REMAINING_LENGTH_BYTES_MAX; at++) {
      if (at == in.writerIndex()) {
        return INCOMPLETE;
      }
      if ((in.getByte(at) & 0x80) == 0) {
        return at + 1;
      }
    }
    throw Breach.unreadable("a remaining length of more than four bytes");
  }

  private static int length(ByteBuf in, int from, int end) {
    int length = 0;
    for (int at = end - 1; at >= from; at--) {
      length = (length << 7) | (in.getByte(at) & 0x7f);
    }
    return length;
  }

  private void beginDiscarding(LongPublish publish, ByteBuf in, List<Object> out) {
    int headBytes = Math.min(publish.payloadBytes(), HEAD_BYTES_MAX);
    int headEnd = publish.payloadOffset + headBytes;
    if (in.writerIndex() < headEnd) {
      return;
    }
    oversize = Optional.of(publish.read(reader, headBytes, payloadBytesMax));
    in.readerIndex(headEnd);
    toDiscardBytes = publish.payloadBytes() - headBytes;
    discard(in, out);
  }

  private void discard(ByteBuf in, List<Object> out) {
    int bytes = Math.min(in.readableBytes(), toDiscardBytes);
    in.skipBytes(bytes);
    toDiscardBytes -= bytes;
    if (toDiscardBytes == 0) {
      out.add(oversize.orElseThrow());
      oversize = Optional.empty();
    }
  }

  /** Where the parts of a long PUBLISH lie (§3.3). */
  private static final class LongPublish {
    private final ByteBuf in;
    private final int first;
    private final int bodyOffset;
    private final int qos;
    private final int topicOffset;
    private final int end;
    private int payloadOffset;

    LongPublish(int first, int bodyOffset, int bodyBytes, ByteBuf in) {
      this.in = in;
      this.first = first;
      this.bodyOffset = bodyOffset;
      qos = (first >> 1) & 0x03;
      topicOffset = bodyOffset + TOPIC_LENGTH_BYTES;
      end = bodyOffset + bodyBytes;
      if (qos > 2) {
        throw Breach.unreadable("QoS 3 (MQTT-3.3.1-4)");
      }
    }

    /** Looks for the payload; false if what lies before it has not come yet. */
    boolean isLocated(boolean mqtt5, int propertyBytesMax) {
      if (in.writerIndex() < topicOffset) {
        return false;
      }
      int topicBytes = in.getUnsignedShort(topicOffset - TOPIC_LENGTH_BYTES);
      payloadOffset = topicOffset + topicBytes + (qos > 0 ? PACKET_ID_BYTES : 0);
      if (mqtt5) {
        int propertiesOffset =
            payloadOffset < in.writerIndex() ? endOfLength(in, payloadOffset) : INCOMPLETE;
        if (propertiesOffset == INCOMPLETE) {
          return false;
        }
        int propertyBytes = length(in, payloadOffset, propertiesOffset);
        if (propertyBytes > propertyBytesMax) {
          throw Breach.of(ReasonCode.PACKET_TOO_LARGE, "properties of " + propertyBytes + " bytes");
        }
        payloadOffset = propertiesOffset + propertyBytes;
      }
      if (payloadOffset > end) {
        throw Breach.unreadable("a PUBLISH whose parts are longer than itself");
      }
      return true;
    }

    int payloadBytes() {
      return end - payloadOffset;
    }

    /** What comes before the payload is read like any other PUBLISH, with all its rules. */
    OversizePublish read(PacketReader reader, int headBytes, int payloadBytesMax) {
      Packet head = reader.read(first, in, bodyOffset, payloadOffset);
      byte[] excerpt = new byte[headBytes];
      in.getBytes(payloadOffset, excerpt);
      String detail =
          "A payload of " + payloadBytes() + " bytes; at most " + payloadBytesMax + " are taken.";
      return new OversizePublish(
          (Publish) head,
          new Rejection(Rejection.Reason.OVERSIZE, detail, excerpt, payloadBytes()));
    }
  }
}
