package io.floodmark.ingest.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Watches for a connection that does not sign in in time, is not heard of for one and a half times
 * its keep-alive (MQTT 3.1.1 §3.1.2.10), or does not read what it is sent, and then sends an {@link
 * Expired} event down the pipeline. Heard counts by the byte, so that a large message on a slow
 * line is no silence. Confined to the connection's event loop.
 */
final class KeepAlive extends ChannelInboundHandlerAdapter {
  /** What has run out. */
  enum Expired {
    CONNECT_TIMEOUT,
    KEEP_ALIVE,
    WRITE_STALL
  }

  private final long connectTimeoutNanos;
  private final long writeStallNanos;

  private ChannelHandlerContext context;
  private Expired watching = Expired.CONNECT_TIMEOUT;
  private long allowedNanos;
  private long heardNanos;
  private boolean paused;
  private Future<?> check;

  /** Runs while it takes nothing. */
  private Future<?> stallCheck;

  KeepAlive(MqttLimits limits) {
    this.connectTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(limits.connectTimeoutMillis());
    this.writeStallNanos = TimeUnit.MILLISECONDS.toNanos(limits.writeStallMillis());
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
    cancelStallCheck();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    cancelStallCheck();
    if (!ctx.channel().isWritable()) {
      watchStall(ctx.channel().bytesBeforeWritable());
    }
    ctx.fireChannelWritabilityChanged();
  }

  /** A handshake takes its time on a slow line: that for the CONNECT begins behind it. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done
        && done.isSuccess()
        && watching == Expired.CONNECT_TIMEOUT) {
      cancel();
      watch(Expired.CONNECT_TIMEOUT, connectTimeoutNanos);
    }
    ctx.fireUserEventTriggered(event);
  }

  /** What is no TLS, where it should be, is the other end's doing, like a line that breaks. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean isTls = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
    ctx.fireExceptionCaught(isTls ? cause.getCause() : cause);
  }

  /** The connection has signed in; 0 seconds leave the watch to the system. */
  void signedIn(int keepAliveSeconds) {
    cancel();
    if (keepAliveSeconds > 0) {
      watch(Expired.KEEP_ALIVE, TimeUnit.SECONDS.toNanos(keepAliveSeconds) * 3 / 2);
    } else {
      TcpProbes.start(context.channel());
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

  /**
   * Slow is not stalled.
   *
   * @param leftBytes what waits to be written
   */
  private void watchStall(long leftBytes) {
    stallCheck =
        context
            .executor()
            .schedule(
                () -> {
                  long stillBytes = context.channel().bytesBeforeWritable();
                  if (stillBytes < leftBytes) {
                    watchStall(stillBytes);
                  } else {
                    context.fireUserEventTriggered(Expired.WRITE_STALL);
                  }
                },
                writeStallNanos,
                TimeUnit.NANOSECONDS);
  }

  private void cancelStallCheck() {
    if (stallCheck != null) {
      stallCheck.cancel(false);
      stallCheck = null;
    }
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
