package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.packet.Publish;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;

/**
 * Keeps what one read has brought beyond the packet at which reading was stopped, and hands it on
 * once reading goes on. Counted in the commit queue's bound meanwhile; gone with the connection.
 * Confined to the connection's event loop.
 */
final class HeldPackets extends ChannelDuplexHandler {
  // What a decoded packet takes beside its bytes, on a 64-bit JVM, rounded up.
  private static final int PACKET_BYTES = 256;

  private record Held(Object packet, int bytes) {}

  private final CommitQueue queue;
  // Most connections never hold any.
  private final ArrayDeque<Held> held = new ArrayDeque<>(1);
  private boolean handingOn;

  HeldPackets(CommitQueue queue) {
    this.queue = queue;
  }

  /** Whether there are any. */
  boolean isEmpty() {
    return held.isEmpty();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object packet) {
    if (held.isEmpty() && ctx.channel().config().isAutoRead()) {
      ctx.fireChannelRead(packet);
    } else {
      int bytes = sizeBytes(packet);
      held.add(new Held(packet, bytes));
      queue.hold(bytes);
    }
  }

  /** Reading goes on, but first what is here. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (handingOn) {
      // Called by whoever handles a packet of ours: the loop below sees to the rest.
      return;
    }
    handingOn = true;
    try {
      while (!held.isEmpty() && ctx.channel().config().isAutoRead()) {
        Held next = held.poll();
        queue.release(next.bytes);
        ctx.fireChannelRead(next.packet);
      }
    } finally {
      handingOn = false;
    }
    if (ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dropAll();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropAll();
  }

  private void dropAll() {
    while (!held.isEmpty()) {
      Held dropped = held.poll();
      queue.release(dropped.bytes);
    }
  }

  private static int sizeBytes(Object packet) {
    if (packet instanceof OversizePublish oversize) {
      return PACKET_BYTES + oversize.rejection().excerpt().length;
    }
    return packet instanceof Publish publish
        ? PACKET_BYTES + publish.topic().length() + publish.payload().length
        : PACKET_BYTES;
  }
}
