package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.PacketWriter;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.ingest.packet.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
    context.writeAndFlush(
        packet(SMALL_BYTES, out -> writer.welcome(out, welcome)), context.voidPromise());
  }

  /** Says in a CONNACK that somebody is not let in after all, and closes the connection. */
  void refuse(ReasonCode reason, String why) {
    ByteBuf out = packet(SMALL_BYTES, refusal -> writer.refusal(refusal, reason, why));
    context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
  }

  void pong() {
    context.writeAndFlush(packet(2, writer::pong), context.voidPromise());
  }

  /** Whether the client takes a SUBACK or UNSUBACK to so many filters. */
  boolean takesAnswerTo(int filters) {
    return writer.takesAnswerTo(filters);
  }

  void subAck(int packetId, List<ReasonCode> codes) {
    context.writeAndFlush(
        packet(SMALL_BYTES, out -> writer.subAck(out, packetId, codes)), context.voidPromise());
  }

  void unsubAck(int packetId, List<ReasonCode> codes) {
    context.writeAndFlush(
        packet(SMALL_BYTES, out -> writer.unsubAck(out, packetId, codes)), context.voidPromise());
  }

  /** A PUBREL, or what the client need not wait for, without a flush. */
  void acknowledgement(AckType type, int packetId, ReasonCode reason) {
    context.write(
        packet(SMALL_BYTES, out -> writer.acknowledgement(out, type, packetId, reason, "")),
        context.voidPromise());
  }

  /**
   * A PUBLISH, without a flush.
   *
   * @return false if the client does not take packets of that length
   */
  boolean publish(int flags, Publish publish, List<Integer> subscriptionIds) {
    ByteBuf out =
        packet(
            SMALL_BYTES + publish.topic().length() + publish.payload().length,
            packet -> writer.publish(packet, flags, publish, subscriptionIds));
    if (out.isReadable()) {
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
    ByteBuf out = packet(SMALL_BYTES, packet -> writer.disconnect(packet, reason, why));
    if (out.isReadable()) {
      // Not waited for: a client that reads no more must be let go all the same.
      context.writeAndFlush(out, context.voidPromise());
    } else {
      out.release();
    }
    if (context.channel() instanceof DuplexChannel socket) {
      SslHandler tls = context.pipeline().get(SslHandler.class);
      if (tls != null) {
        // A line that ends without this looks cut by somebody else.
        tls.closeOutbound();
      }
      socket.shutdownOutput();
      socket.config().setAutoRead(true);
      context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      context.close();
    }
  }

  /** A buffer that {@code write} has written to. */
  private ByteBuf packet(int bytes, Consumer<ByteBuf> write) {
    ByteBuf out = buffer(bytes);
    releasedOnFailure(
        out,
        packet -> {
          write.accept(packet);
          return true;
        });
    return out;
  }

  private static boolean releasedOnFailure(ByteBuf out, Predicate<ByteBuf> write) {
    boolean done = false;
    try {
      boolean result = write.test(out);
      done = true;
      return result;
    } finally {
      if (!done) {
        out.release();
      }
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

  /** Sends what {@code write} puts into such a buffer, and says what that says. */
  boolean send(ByteBuf packets, Predicate<ByteBuf> write) {
    boolean result = releasedOnFailure(packets, write);
    context.writeAndFlush(packets, context.voidPromise());
    return result;
  }

  void flush() {
    context.flush();
  }
}
