package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.PacketWriter;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.ingest.packet.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is written to one client. Confined to the connection's event loop. */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class Replies {
  private static final int SMALL_BYTES = 32;
  private static final long LINGER_MILLIS = 1_000;

  private final ChannelHandlerContext context;
  private final PacketWriter writer;

  Replies(ChannelHandlerContext context, PacketWriter writer) {
    this.context = context;
    this.writer = writer;
  }

  /** Whether the client understands reasons. */
  boolean isMqtt5() {
    return writer.isMqtt5();
  }

  void welcome(Welcome welcome) {
    ByteBuf out = buffer(SMALL_BYTES);
    writer.welcome(out, welcome);
    context.writeAndFlush(out, context.voidPromise());
  }

  void pong() {
    ByteBuf out = buffer(2);
    writer.pong(out);
    context.writeAndFlush(out, context.voidPromise());
  }

  void subAck(int packetId, List<ReasonCode> codes) {
    ByteBuf out = buffer(SMALL_BYTES);
    writer.subAck(out, packetId, codes);
    context.writeAndFlush(out, context.voidPromise());
  }

  void unsubAck(int packetId, List<ReasonCode> codes) {
    ByteBuf out = buffer(SMALL_BYTES);
    writer.unsubAck(out, packetId, codes);
    context.writeAndFlush(out, context.voidPromise());
  }

  /** A PUBREL, or what the client need not wait for, without a flush. */
  void acknowledgement(AckType type, int packetId, ReasonCode reason) {
    ByteBuf out = buffer(SMALL_BYTES);
    writer.acknowledgement(out, type, packetId, reason, "");
    context.write(out, context.voidPromise());
  }

  /**
   * A PUBLISH, without a flush.
   *
   * @return false if the client does not take packets of that length
   */
  boolean publish(int flags, Publish publish, List<Integer> subscriptionIds) {
    ByteBuf out = buffer(SMALL_BYTES + publish.topic().length() + publish.payload().length);
    if (writer.publish(out, flags, publish, subscriptionIds)) {
      context.write(out, context.voidPromise());
      return true;
    }
    out.release();
    return false;
  }

  /**
   * Says why the connection is closed, if the client understands it, and closes it: first our half,
   * and theirs a moment later. What they have sent meanwhile would make the system reset the
   * connection, and the reason would be lost.
   */
  void close(ReasonCode reason, String why) {
    ByteBuf out = buffer(SMALL_BYTES);
    if (writer.disconnect(out, reason, why)) {
      // Not waited for: a client that reads no more must be let go all the same.
      context.writeAndFlush(out, context.voidPromise());
    } else {
      out.release();
    }
    if (context.channel() instanceof DuplexChannel socket) {
      socket.shutdownOutput();
      socket.config().setAutoRead(true);
      context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      context.close();
    }
  }

  /** Several packets in one write; to be handed back by {@link #send}. */
  ByteBuf buffer(int bytes) {
    return context.alloc().buffer(bytes);
  }

  /** What writes into such a buffer. */
  PacketWriter writer() {
    return writer;
  }

  /** Sends what was gathered. */
  void send(ByteBuf packets) {
    context.writeAndFlush(packets, context.voidPromise());
  }

  void flush() {
    context.flush();
  }
}
