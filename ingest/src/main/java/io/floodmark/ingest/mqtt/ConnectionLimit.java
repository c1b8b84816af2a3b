package io.floodmark.ingest.mqtt;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes connections beyond the most there may be, of all and of one address, and makes those wait
 * that come too quickly from one address, before anything is held for them. Safe for use by any
 * event loop.
 */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  /** A connection that counts. */
  private static final class Place {
    private final Origin origin;
    private boolean isLetIn;

    Place(Origin origin, boolean isLetIn) {
      this.origin = origin;
      this.isLetIn = isLetIn;
    }
  }

  private static final AttributeKey<Place> PLACE =
      AttributeKey.valueOf(ConnectionLimit.class, "place");

  /** Of all from this machine, which never wait. */
  private static final Place NEAR = new Place(Origin.NEAR, true);

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Clients give up at about this time. */
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  private static final int ORIGINS_MAX = 20_000;

  private final int connectionsMax;
  private final MqttRates rates;
  private final MqttCounters counters;
  private final SparseLog log;
  private final AtomicInteger open = new AtomicInteger();

  /** How many of each address, where it is not this machine; no more than there are connections. */
  private final ConcurrentHashMap<Origin, Integer> openByOrigin = new ConcurrentHashMap<>();

  private final Paces<Origin> connects = new Paces<>(ORIGINS_MAX);

  ConnectionLimit(MqttLimits limits, MqttCounters counters, SparseLog log) {
    this.connectionsMax = limits.connectionsMax();
    this.rates = limits.rates();
    this.counters = counters;
    this.log = log;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    Origin origin = Origin.of(ctx.channel().remoteAddress());
    if (open.incrementAndGet() > connectionsMax) {
      open.decrementAndGet();
      refuse(ctx, MqttCounters.Refusal.CONNECTION_LIMIT, connectionsMax + " connections already");
    } else if (origin.isNear()) {
      ctx.channel().attr(PLACE).set(NEAR);
      ctx.fireChannelActive();
    } else {
      Place place = new Place(origin, false);
      ctx.channel().attr(PLACE).set(place);
      if (openByOrigin.merge(origin, 1, Integer::sum) > rates.addressConnectionsMax()) {
        refuse(
            ctx,
            MqttCounters.Refusal.ADDRESS_CONNECTIONS,
            rates.addressConnectionsMax() + " connections of its address already");
      } else {
        letInAtItsTurn(ctx, place);
      }
    }
  }

  private void letInAtItsTurn(ChannelHandlerContext ctx, Place place) {
    long cost = SECOND_NANOS / rates.addressConnectsMax();
    long now = ctx.executor().ticker().nanoTime();
    long waitNanos = connects.add(place.origin, cost, Long.MAX_VALUE, now) - SECOND_NANOS;
    if (waitNanos <= 0) {
      place.isLetIn = true;
      ctx.fireChannelActive();
    } else if (waitNanos > WAIT_NANOS_MAX) {
      connects.takeBack(place.origin, cost);
      refuse(
          ctx,
          MqttCounters.Refusal.ADDRESS_CONNECTS,
          "more than " + rates.addressConnectsMax() + " new connections a second of its address");
    } else {
      counters.countConnectDelayed();
      ctx.channel().config().setAutoRead(false);
      ctx.executor().schedule(() -> letIn(ctx, place), waitNanos, TimeUnit.NANOSECONDS);
    }
  }

  private static void letIn(ChannelHandlerContext ctx, Place place) {
    if (ctx.channel().isActive()) {
      place.isLetIn = true;
      ctx.fireChannelActive();
      ctx.channel().config().setAutoRead(true);
    }
  }

  private void refuse(ChannelHandlerContext ctx, MqttCounters.Refusal why, String words) {
    counters.countRefused(why);
    log.warn(
        why, "a stranger", ctx.channel().remoteAddress(), "is turned away: there are " + words);
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    Place place = ctx.channel().attr(PLACE).getAndSet(null);
    if (place == null) {
      return;
    }
    open.decrementAndGet();
    if (!place.origin.isNear()) {
      openByOrigin.computeIfPresent(place.origin, (same, count) -> count == 1 ? null : count - 1);
    }
    if (place.isLetIn) {
      ctx.fireChannelInactive();
    }
  }
}
