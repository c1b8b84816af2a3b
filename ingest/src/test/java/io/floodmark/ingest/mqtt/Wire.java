package io.floodmark.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client's end of a connection to a listener, without a socket; its time stands still. */
final class Wire {
  private final EmbeddedChannel channel;
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  Wire(MqttListener listener) {
    channel =
        new EmbeddedChannel(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel initialised) {
                listener.initChannel(initialised);
              }
            });
    channel.freezeTime();
  }

  /** Sends bytes, all in one read. */
  Wire send(byte[]... packets) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
    buffer.writeBytes(Packets.concat(packets));
    channel.writeInbound(buffer);
    drain();
    return this;
  }

  /** Packets received since the last call, each in hexadecimal. */
  List<String> received() {
    drain();
    byte[] all = answers.toByteArray();
    answers.reset();
    List<String> packets = new ArrayList<>();
    int start = 0;
    while (start < all.length) {
      int lengthBytes = all[start + 1] < 0 ? 2 : 1;
      int length = all[start + 1] & 0x7f;
      if (lengthBytes == 2) {
        length += all[start + 2] << 7;
      }
      int end = start + 1 + lengthBytes + length;
      packets.add(HexFormat.of().formatHex(all, start, end));
      start = end;
    }
    return packets;
  }

  Wire pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    drain();
    return this;
  }

  boolean isOpen() {
    channel.runPendingTasks();
    return channel.isOpen();
  }

  /** Whether it is read from. */
  boolean isRead() {
    channel.runPendingTasks();
    return channel.config().isAutoRead();
  }

  /** Whether what is sent to it stays unread. */
  void clog(boolean clogged) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, !clogged);
    channel.runPendingTasks();
  }

  /** The line breaks. */
  void cut() {
    channel.close().syncUninterruptibly();
    drain();
  }

  private void drain() {
    channel.runPendingTasks();
    ByteBuf sent;
    while ((sent = channel.readOutbound()) != null) {
      byte[] bytes = new byte[sent.readableBytes()];
      sent.readBytes(bytes);
      sent.release();
      answers.writeBytes(bytes);
    }
  }

  /** A PUBLISH as a subscriber gets it. */
  static String message(int flags, String topic, int packetId, String payload) {
    return HexFormat.of()
        .formatHex(
            Packets.publish(flags, topic, packetId, payload.getBytes(StandardCharsets.UTF_8)));
  }

  /** The packet id of a PUBLISH that was received, short and with QoS 1 or 2. */
  static int packetId(String publish) {
    byte[] bytes = HexFormat.of().parseHex(publish);
    int at = 2 + 2 + bytes[3];
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  static String pubrec(int packetId) {
    return HexFormat.of().formatHex(Packets.packet(0x50, Packets.uint16(packetId)));
  }

  static String pubcomp(int packetId) {
    return HexFormat.of().formatHex(Packets.packet(0x70, Packets.uint16(packetId)));
  }

  static String puback(int packetId) {
    return HexFormat.of().formatHex(Packets.puback(packetId));
  }
}
