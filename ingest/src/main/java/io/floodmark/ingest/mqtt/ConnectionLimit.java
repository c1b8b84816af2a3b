package io.floodmark.ingest.mqtt;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes connections beyond the most there may be, before anything is held for them. */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Boolean> COUNTED =
      AttributeKey.valueOf(ConnectionLimit.class, "counted");

  private final int connectionsMax;
  private final MqttCounters counters;
  private final SparseLog log;
  private final AtomicInteger open = new AtomicInteger();

  ConnectionLimit(int connectionsMax, MqttCounters counters, SparseLog log) {
    this.connectionsMax = connectionsMax;
    this.counters = counters;
    this.log = log;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (open.incrementAndGet() > connectionsMax) {
      open.decrementAndGet();
      counters.countRefused(MqttCounters.Refusal.CONNECTION_LIMIT);
      log.warn(
          MqttCounters.Refusal.CONNECTION_LIMIT,
          "a stranger",
          ctx.channel().remoteAddress(),
          "is turned away: there are " + connectionsMax + " connections already");
      ctx.close();
      return;
    }
    ctx.channel().attr(COUNTED).set(true);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (ctx.channel().attr(COUNTED).getAndSet(null) != null) {
      open.decrementAndGet();
      ctx.fireChannelInactive();
    }
  }
}
