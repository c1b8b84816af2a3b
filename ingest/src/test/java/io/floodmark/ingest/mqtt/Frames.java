package io.floodmark.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** The packets that come out of the frames of one connection. */
final class Frames {
  static final int PAYLOAD_MAX = 1_000;

  private final PacketFrames frames = new PacketFrames(PAYLOAD_MAX, 8_192);
  private final EmbeddedChannel channel = new EmbeddedChannel(frames);
  final List<Object> out = new ArrayList<>();

  void read(byte[] bytes) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(bytes.length);
    buffer.writeBytes(bytes);
    channel.writeInbound(buffer);
    Object message;
    while ((message = channel.readInbound()) != null) {
      out.add(message);
    }
  }

  int heldBytes() {
    return frames.held();
  }

  void close() {
    channel.close().syncUninterruptibly();
  }
}
