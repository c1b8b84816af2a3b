package io.floodmark.ingest.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Watches for a connection that does not sign in in time, or is not heard of for one and a half
 * times its keep-alive (MQTT 3.1.1 §3.1.2.10), and then sends an {@link Expired} event down the
 * pipeline. Heard counts by the byte, so that a large message on a slow line is no silence.
 * Confined to the connection's event loop.
 */
final class KeepAlive extends ChannelInboundHandlerAdapter {
  /** What has run out. */
  enum Expired {
    CONNECT_TIMEOUT,
    KEEP_ALIVE
  }

  private final long connectTimeoutNanos;

  private ChannelHandlerContext context;
  private Expired watching = Expired.CONNECT_TIMEOUT;
  private long allowedNanos;
  private long heardNanos;
  private boolean paused;
  private Future<?> check;

  KeepAlive(int connectTimeoutMillis) {
    this.connectTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(connectTimeoutMillis);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    watch(Expired.CONNECT_TIMEOUT, connectTimeoutNanos);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    // Bytes hasten nothing before the CONNECT is complete, or a drip of them would hold a place.
    if (watching == Expired.KEEP_ALIVE) {
      heardNanos = now();
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  /** The connection has signed in; 0 seconds turn the watch off. */
  void signedIn(int keepAliveSeconds) {
    cancel();
    if (keepAliveSeconds > 0) {
      watch(Expired.KEEP_ALIVE, TimeUnit.SECONDS.toNanos(keepAliveSeconds) * 3 / 2);
    }
  }

  /** Nothing is read for now, so nothing can be heard. */
  void pause() {
    paused = true;
  }

  /** Reading goes on; the time starts anew. */
  void resume() {
    paused = false;
    heardNanos = now();
  }

  private void watch(Expired what, long nanos) {
    watching = what;
    allowedNanos = nanos;
    heardNanos = now();
    checkIn(nanos);
  }

  private void check() {
    long leftNanos = heardNanos + allowedNanos - now();
    if (paused) {
      checkIn(allowedNanos);
    } else if (leftNanos > 0) {
      checkIn(leftNanos);
    } else {
      context.fireUserEventTriggered(watching);
    }
  }

  private void checkIn(long nanos) {
    check = context.executor().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
  }

  private void cancel() {
    if (check != null) {
      check.cancel(false);
    }
  }

  private long now() {
    return context.executor().ticker().nanoTime();
  }
}
