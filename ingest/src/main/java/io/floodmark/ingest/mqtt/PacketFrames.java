package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Rejection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the stream into whole packets (MQTT 3.1.1 §2.2) and watches their size, before anything is
 * decoded.
 *
 * <p>Netty's decoder forgets a packet that is too long; but a sensor must learn that its message
 * will never be taken, and staff what it was. So a PUBLISH with too large a payload is read here:
 * its topic, packet id and beginning are kept, the rest is thrown away as it comes in, and an
 * {@link OversizePublish} goes on in its place. Any other packet that is too long is malformed, and
 * so is a stream that does not begin with CONNECT.
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
      try {
        frame(in, out);
      } catch (DecoderException e) {
        broken = true;
        in.skipBytes(in.readableBytes());
        out.add(MqttMessageFactory.newInvalidMessage(e));
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
    int type = first >> 4;
    if (!connectSeen && type != MqttMessageType.CONNECT.value()) {
      throw new DecoderException("The first packet is no CONNECT.");
    }
    int bodyOffset = endOfLength(in, start + 1);
    if (bodyOffset == INCOMPLETE) {
      return;
    }
    connectSeen = true;
    int bodyBytes = length(in, start + 1, bodyOffset);
    if (type != MqttMessageType.PUBLISH.value()) {
      if (bodyBytes > controlBytesMax) {
        throw new DecoderException("A packet of " + bodyBytes + " bytes that is no PUBLISH.");
      }
    } else if (bodyBytes > payloadBytesMax + TOPIC_LENGTH_BYTES) {
      // Only now: a shorter packet cannot hold too large a payload, however short its topic.
      if (in.writerIndex() - bodyOffset < TOPIC_LENGTH_BYTES) {
        return;
      }
      Publish publish = new Publish(first, bodyOffset, bodyBytes, in);
      if (publish.payloadBytes > payloadBytesMax) {
        beginDiscarding(publish, in, out);
        return;
      }
    }
    if (in.writerIndex() - bodyOffset >= bodyBytes) {
      out.add(in.readRetainedSlice(bodyOffset - start + bodyBytes));
      out.add(OnePacketPerFrame.FRAME_END);
    }
  }

  /** Where the remaining length that begins at {@code from} ends (MQTT 3.1.1 §2.2.3). */
  private static int endOfLength(ByteBuf in, int from) {
    for (int at = from; at < from + REMAINING_LENGTH_BYTES_MAX; at++) {
      if (at == in.writerIndex()) {
        return INCOMPLETE;
      }
      if ((in.getByte(at) & 0x80) == 0) {
        return at + 1;
      }
    }
    throw new DecoderException("The remaining length has more than four bytes.");
  }

  private static int length(ByteBuf in, int from, int end) {
    int length = 0;
    for (int at = end - 1; at >= from; at--) {
      length = (length << 7) | (in.getByte(at) & 0x7f);
    }
    return length;
  }

  private void beginDiscarding(Publish publish, ByteBuf in, List<Object> out) {
    int headBytes = Math.min(publish.payloadBytes, HEAD_BYTES_MAX);
    int headEnd = publish.payloadOffset + headBytes;
    if (in.writerIndex() < headEnd) {
      return;
    }
    oversize = Optional.of(publish.read(in, headBytes, payloadBytesMax));
    in.readerIndex(headEnd);
    toDiscardBytes = publish.payloadBytes - headBytes;
    discard(in, out);
  }

  private void discard(ByteBuf in, List<Object> out) {
    int bytes = Math.min(in.readableBytes(), toDiscardBytes);
    in.skipBytes(bytes);
    toDiscardBytes -= bytes;
    if (toDiscardBytes == 0) {
      out.add(oversize.orElseThrow());
      out.add(OnePacketPerFrame.FRAME_END);
      oversize = Optional.empty();
    }
  }

  /** Where the parts of a PUBLISH lie (MQTT 3.1.1 §3.3). */
  private static final class Publish {
    private final boolean repeated;
    private final int qos;
    private final int topicOffset;
    private final int topicBytes;
    private final int payloadOffset;
    private final int payloadBytes;

    Publish(int first, int bodyOffset, int bodyBytes, ByteBuf in) {
      repeated = (first & 0x08) != 0;
      qos = (first >> 1) & 0x03;
      topicOffset = bodyOffset + TOPIC_LENGTH_BYTES;
      topicBytes = in.getUnsignedShort(bodyOffset);
      payloadOffset = topicOffset + topicBytes + (qos > 0 ? PACKET_ID_BYTES : 0);
      payloadBytes = bodyOffset + bodyBytes - payloadOffset;
      if (qos > 2 || payloadBytes < 0) {
        throw new DecoderException("A PUBLISH with QoS 3, or a topic longer than itself.");
      }
    }

    OversizePublish read(ByteBuf in, int headBytes, int payloadBytesMax) {
      int packetId = qos > 0 ? in.getUnsignedShort(payloadOffset - PACKET_ID_BYTES) : 0;
      if (qos > 0 && packetId == 0) {
        throw new DecoderException("A PUBLISH with packet id 0.");
      }
      byte[] head = new byte[headBytes];
      in.getBytes(payloadOffset, head);
      String topic = in.toString(topicOffset, topicBytes, StandardCharsets.UTF_8);
      String detail =
          "A payload of " + payloadBytes + " bytes; at most " + payloadBytesMax + " are taken.";
      return new OversizePublish(
          topic,
          qos,
          packetId,
          repeated,
          new Rejection(Rejection.Reason.OVERSIZE, detail, head, payloadBytes));
    }
  }
}
