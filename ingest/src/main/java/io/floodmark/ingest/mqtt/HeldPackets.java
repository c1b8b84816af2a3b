package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.packet.Packet;
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
  private static final int FILTER_BYTES = 128;

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
      return sizeBytes(oversize.head()) + oversize.rejection().excerpt().length;
    }
    if (packet instanceof Packet.Subscribe subscribe) {
      return PACKET_BYTES
          + subscribe.filters().stream().mapToInt(one -> sizeBytes(one.filter())).sum();
    }
    if (packet instanceof Packet.Unsubscribe unsubscribe) {
      return PACKET_BYTES + unsubscribe.filters().stream().mapToInt(HeldPackets::sizeBytes).sum();
    }
    return packet instanceof Publish publish ? sizeBytes(publish) : PACKET_BYTES;
  }

  private static int sizeBytes(Publish publish) {
    return PACKET_BYTES
        + publish.topic().length()
        + publish.properties().passedOn().length
        + publish.payload().length;
  }

  private static int sizeBytes(String filter) {
    return FILTER_BYTES + filter.length();
  }
}
