package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Connect;
import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.PacketWriter;
import io.floodmark.ingest.packet.ProtocolVersion;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    if (packet instanceof Connect connect) {
      Optional<String> certified = ClientCertificate.commonName(ctx.pipeline());
      answer(ctx, connect, shared.signIn().judge(connect, certified));
    } else if (packet instanceof Packet.Unreadable unreadable
        && unreadable.reason() == ReasonCode.UNSUPPORTED_VERSION) {
      // In the form of 3.1.1: whoever speaks another version can tell by it what we speak.
      refuse(ctx, PacketWriter.to(ProtocolVersion.MQTT_3_1_1), SignIn.otherVersion());
    } else if (packet instanceof Packet.Unreadable unreadable) {
      malformed(ctx, unreadable);
    } else {
      throw new IllegalStateException("The frames let through what is no CONNECT: " + packet);
    }
  }

  private void answer(ChannelHandlerContext ctx, Connect connect, SignIn.Outcome outcome) {
    if (outcome instanceof SignIn.Refused refused) {
      refuse(ctx, PacketWriter.to(connect), refused, connect.user());
    } else if (outcome instanceof SignIn.Accepted accepted) {
      if (shared.sessions().isStopping()) {
        refuse(
            ctx,
            PacketWriter.to(connect),
            new SignIn.Refused(
                ReasonCode.SERVER_UNAVAILABLE,
                MqttCounters.Refusal.UNAVAILABLE,
                accepted.client().name(),
                "the server is stopping"));
      } else if (!PacketWriter.to(connect)
          .takes(Terms.of(accepted, shared.limits()).longestWelcome())) {
        // Nothing in it may be left out, and a longer one must not be sent (MQTT-3.1.2-24).
        refuse(ctx, PacketWriter.to(connect), SignIn.tooShort(accepted));
      } else if (mayBeWritten(connect) && shared.broker().isFull()) {
        refuse(ctx, PacketWriter.to(connect), SignIn.noRoom(accepted));
      } else {
        finished = true;
        connect.user().ifPresent(shared.signIn().failures()::succeeded);
        MqttSession session = new MqttSession(shared, keepAlive, held, accepted);
        ctx.pipeline().replace(this, "session", session);
        session.open(accepted);
      }
    }
  }

  /** Whether its session may have to be written, which waits while the database is away. */
  private static boolean mayBeWritten(Connect connect) {
    return !connect.cleanStart() || connect.sessionExpirySeconds() > 0;
  }

  private void refuse(ChannelHandlerContext ctx, PacketWriter writer, SignIn.Refused refused) {
    refuse(ctx, writer, refused, Optional.empty());
  }

  private void refuse(
      ChannelHandlerContext ctx,
      PacketWriter writer,
      SignIn.Refused refused,
      Optional<String> user) {
    finished = true;
    shared.counters().countRefused(refused.reason());
    shared
        .warnings()
        .warn(
            refused.reason(),
            refused.who(),
            ctx.channel().remoteAddress(),
            "is refused: " + refused.why());
    long delayNanos = refused.isFailedSignIn() ? delayNanos(ctx, user) : 0;
    if (delayNanos == 0) {
      answer(ctx, writer, refused.answer(), refused.why());
    } else {
      shared.counters().countRefusalDelayed();
      // Read on meanwhile: closing on what is unread would take the answer with it.
      ctx.executor()
          .schedule(
              () -> answer(ctx, writer, refused.answer(), refused.why()),
              delayNanos,
              TimeUnit.NANOSECONDS);
    }
  }

  private long delayNanos(ChannelHandlerContext ctx, Optional<String> user) {
    Origin origin = Origin.of(ctx.channel().remoteAddress());
    return shared.signIn().failures().failed(origin, user, ctx.executor().ticker().nanoTime());
  }

  /** Says why it is not let in, where its version can, and closes. */
  private static void answer(
      ChannelHandlerContext ctx, PacketWriter writer, ReasonCode reason, String why) {
    ByteBuf answer = ctx.alloc().buffer();
    writer.refusal(answer, reason, why);
    ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private void malformed(ChannelHandlerContext ctx, Packet.Unreadable packet) {
    finished = true;
    log.debug("Not MQTT from {}: {}", ctx.channel().remoteAddress(), packet.why());
    shared
        .warnings()
        .warn(
            MqttCounters.Closing.MALFORMED,
            "a stranger",
            ctx.channel().remoteAddress(),
            "does not speak MQTT");
    shared.counters().countClosed(MqttCounters.Closing.MALFORMED);
    if (packet.answerable()) {
      answer(ctx, PacketWriter.to(ProtocolVersion.MQTT_5), packet.reason(), packet.why());
    } else {
      ctx.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == KeepAlive.Expired.CONNECT_TIMEOUT && !finished) {
      finished = true;
      shared.counters().countRefused(MqttCounters.Refusal.CONNECT_TIMEOUT);
      ctx.close();
    } else if (event instanceof SslHandshakeCompletionEvent done
        && !done.isSuccess()
        && !finished) {
      noTls(ctx, done.cause());
    }
  }

  /** TLS has told the other end, where it can, and closes. */
  private void noTls(ChannelHandlerContext ctx, Throwable cause) {
    finished = true;
    log.debug("No TLS with {}: {}", ctx.channel().remoteAddress(), cause.getMessage());
    shared.counters().countRefused(MqttCounters.Refusal.TLS);
    shared
        .warnings()
        .warn(
            MqttCounters.Refusal.TLS,
            "a stranger",
            ctx.channel().remoteAddress(),
            "comes to no TLS with us: it speaks none, trusts not our certificate, or shows one that"
                + " no authority in tls.client.ca has signed");
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
