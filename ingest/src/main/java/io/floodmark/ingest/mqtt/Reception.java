package io.floodmark.ingest.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that has not signed in yet: waits for its CONNECT, answers it, and then gives its
 * place in the pipeline to a {@link MqttSession}. Confined to the connection's event loop.
 */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class Reception extends SimpleChannelInboundHandler<Object> {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  private final MqttSession.Shared shared;
  private final KeepAlive keepAlive;
  private final HeldPackets held;

  /** It has had its answer. */
  private boolean finished;

  Reception(MqttSession.Shared shared, KeepAlive keepAlive, HeldPackets held) {
    this.shared = shared;
    this.keepAlive = keepAlive;
    this.held = held;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object packet) {
    if (finished || !ctx.channel().isActive()) {
      return;
    }
    if (packet instanceof MqttMessage message && message.decoderResult().isFailure()) {
      undecodable(ctx, message.decoderResult().cause());
    } else if (packet instanceof MqttConnectMessage connect) {
      answer(ctx, shared.signIn().judge(connect));
    } else {
      malformed(ctx, "the first packet is no CONNECT (MQTT-3.1.0-1)");
    }
  }

  private void answer(ChannelHandlerContext ctx, SignIn.Outcome outcome) {
    if (outcome instanceof SignIn.Malformed malformed) {
      malformed(ctx, malformed.why());
    } else if (outcome instanceof SignIn.Refused refused) {
      refuse(ctx, refused);
    } else if (outcome instanceof SignIn.Accepted accepted) {
      if (shared.sessions().isStopping()) {
        refuse(
            ctx,
            new SignIn.Refused(
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                MqttCounters.Refusal.UNAVAILABLE,
                accepted.client().name(),
                "the server is stopping"));
      } else {
        finished = true;
        MqttSession session = new MqttSession(shared, keepAlive, held, accepted);
        ctx.pipeline().replace(this, "session", session);
        session.open();
      }
    }
  }

  private void refuse(ChannelHandlerContext ctx, SignIn.Refused refused) {
    finished = true;
    shared.counters().countRefused(refused.reason());
    shared
        .warnings()
        .warn(
            refused.reason(),
            refused.who(),
            ctx.channel().remoteAddress(),
            "is refused: " + refused.why());
    // Always in the form of 3.1.1: whoever speaks another version can tell by it what we speak.
    byte[] answer = {0x20, 2, 0, refused.answer().byteValue()};
    ctx.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
  }

  private void undecodable(ChannelHandlerContext ctx, Throwable cause) {
    // The latter too comes only of MQTT 3.1, whose client ids are limited.
    if (cause instanceof MqttUnacceptableProtocolVersionException
        || cause instanceof MqttIdentifierRejectedException) {
      refuse(ctx, SignIn.otherVersion());
    } else {
      malformed(ctx, String.valueOf(cause.getMessage()));
    }
  }

  private void malformed(ChannelHandlerContext ctx, String why) {
    finished = true;
    log.debug("Not MQTT from {}: {}", ctx.channel().remoteAddress(), why);
    shared
        .warnings()
        .warn(
            MqttCounters.Closing.MALFORMED,
            "a stranger",
            ctx.channel().remoteAddress(),
            "does not speak MQTT");
    shared.counters().countClosed(MqttCounters.Closing.MALFORMED);
    ctx.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == KeepAlive.Expired.CONNECT_TIMEOUT && !finished) {
      finished = true;
      shared.counters().countRefused(MqttCounters.Refusal.CONNECT_TIMEOUT);
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("{} is gone.", ctx.channel().remoteAddress(), cause);
    } else {
      log.error("A fault while somebody signed in: the connection is closed.", cause);
      shared.counters().countClosed(MqttCounters.Closing.FAULT);
    }
    finished = true;
    ctx.close();
  }
}
