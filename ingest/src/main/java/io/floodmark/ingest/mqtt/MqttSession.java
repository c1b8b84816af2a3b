package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Connect;
import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.PacketWriter;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that has signed in: passes each packet on to whoever handles it, and knows when it
 * is over. Confined to its event loop, but for what {@link Sessions.Member} says.
 */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class MqttSession extends SimpleChannelInboundHandler<Object>
    implements Sessions.Member, AckFifo.Listener {
  private static final Logger log = LoggerFactory.getLogger(MqttSession.class);

  private static final long EXPIRY_CHECK_MILLIS = 500;

  /** What all sessions share. */
  record Shared(
      MqttLimits limits,
      SignIn signIn,
      ClientIds clientIds,
      Sessions sessions,
      RoomWaiters roomWaiters,
      RetainedTopics topics,
      CommitQueue queue,
      Intake.Shared intake,
      MqttCounters counters,
      SparseLog warnings) {}

  private final Shared shared;
  private final KeepAlive keepAlive;
  private final HeldPackets held;
  private final SignIn.Accepted accepted;
  private final String clientId;

  private ChannelHandlerContext context;
  private Replies replies;
  private ReadValve valve;
  private AckFifo acks;
  private Optional<Intake> intake = Optional.empty();
  private Inbound inbound;
  private Outbound outbound;
  private Optional<SensorStatus> will;

  /** Nothing that still comes in counts. */
  private boolean finished;

  /**
   * A session that is not open yet.
   *
   * @param keepAlive the watch of its connection
   * @param held what of it is decoded and waits
   * @param accepted who signed in, and how
   */
  MqttSession(Shared shared, KeepAlive keepAlive, HeldPackets held, SignIn.Accepted accepted) {
    this.shared = shared;
    this.keepAlive = keepAlive;
    this.held = held;
    this.accepted = accepted;
    this.clientId = shared.clientIds().of(accepted.connect());
    this.will = accepted.will();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    Connect connect = accepted.connect();
    boolean mqtt5 = connect.version().isMqtt5();
    context = ctx;
    valve = new ReadValve(ctx.channel(), keepAlive);
    replies = new Replies(ctx, PacketWriter.to(connect));
    acks = new AckFifo(ctx.channel().eventLoop(), replies, shared.counters(), this);
    if (accepted.client() instanceof Client.Sensor sensor) {
      intake = Optional.of(new Intake(shared.intake(), sensor.entry(), sensor.rights()));
    }
    Inlet inlet = intake.isPresent() ? intake.get() : new NoInlet(mqtt5);
    inbound = new Inbound(acks, inlet, shared.limits(), mqtt5);
    outbound =
        new Outbound(
            ctx, replies, shared.topics(), accepted.client(), shared.limits(), shared.counters());
  }

  /** Takes its place among the sessions and answers the CONNECT. */
  void open() {
    shared.sessions().join(accepted.client().key(), this);
    if (!shared.signIn().stillHolds(accepted.client())) {
      // It lost its right between being judged and being in reach of whoever takes rights away.
      will = Optional.empty();
      close(MqttCounters.Closing.REVOKED);
      return;
    }
    shared.counters().countConnected();
    Terms terms = Terms.of(accepted.connect(), shared.limits());
    keepAlive.signedIn(terms.keepAliveSeconds());
    // No session outlives its connection here, so none is ever present.
    replies.welcome(terms.welcome(clientId, false, 0));
    if (intake.isPresent()) {
      holdWhileQueueIsFull();
    }
    closeOnceExpired();
  }

  /** Asks twice a second, for a clock may be set. */
  private void closeOnceExpired() {
    if (!context.channel().isActive()) {
      return;
    }
    if (shared.signIn().hasExpired(accepted.client())) {
      close(MqttCounters.Closing.EXPIRED);
    } else if (accepted.client().mayExpire()) {
      context
          .executor()
          .schedule(this::closeOnceExpired, EXPIRY_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object packet) {
    if (finished) {
      return;
    }
    try {
      handle(packet);
    } catch (Breach breach) {
      close(breach);
    }
  }

  private void handle(Object packet) {
    if (packet instanceof Publish publish) {
      inbound.publish(publish);
      holdIfNeeded();
    } else if (packet instanceof Packet.Acknowledgement acknowledgement) {
      acknowledged(acknowledgement);
    } else if (packet instanceof Packet.Ping) {
      replies.pong();
    } else if (packet instanceof Packet.Subscribe subscribe) {
      outbound.subscribe(subscribe);
    } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
      outbound.unsubscribe(unsubscribe);
    } else if (packet instanceof Packet.Disconnect disconnect) {
      disconnect(disconnect);
    } else if (packet instanceof OversizePublish oversize) {
      publish(oversize);
    } else if (packet instanceof Packet.Unreadable unreadable) {
      throw Breach.of(unreadable.reason(), unreadable.why());
    } else {
      throw Breach.forbidden("a packet that has no place in a session (MQTT-3.1.0-2)");
    }
  }

  private void acknowledged(Packet.Acknowledgement packet) {
    switch (packet.type()) {
      case PUBACK -> outbound.acknowledged(packet.packetId());
      case PUBREL -> inbound.release(packet.packetId());
      // We send nothing with QoS 2, so there is nothing that could be answered so.
      default -> throw Breach.forbidden(packet.type() + " for nothing");
    }
  }

  private void publish(OversizePublish oversize) {
    if (oversize.topic().isEmpty() || !Utf8.isWellFormed(oversize.topic())) {
      throw Breach.unreadable("a topic that is none (MQTT-4.7.3-1, -2)");
    }
    inbound.publish(oversize);
    finished = true;
    warn(
        MqttCounters.Closing.OVERSIZE,
        "sent a payload of "
            + oversize.rejection().sizeBytes()
            + " bytes: it is recorded, acknowledged, and the connection closed");
    if (oversize.qos() == 0) {
      close(MqttCounters.Closing.OVERSIZE);
    } else {
      valve.hold(ReadValve.Hold.LAST_MESSAGE);
    }
  }

  private void disconnect(Packet.Disconnect packet) {
    if (packet.sessionExpirySeconds().orElse(0) > 0
        && accepted.connect().sessionExpirySeconds() == 0) {
      throw Breach.forbidden("a session expiry where CONNECT had none (MQTT-3.14.2-2)");
    }
    if (packet.reasonCode() != ReasonCode.DISCONNECT_WITH_WILL.code()) {
      // It goes in peace, and its will is void (MQTT-3.14.4-3).
      will = Optional.empty();
    }
    finished = true;
    context.close();
  }

  private void holdIfNeeded() {
    if (inbound.isFull()) {
      valve.hold(ReadValve.Hold.ACKS_OWED);
    }
    holdWhileQueueIsFull();
  }

  private void holdWhileQueueIsFull() {
    if (hasToWait() && valve.hold(ReadValve.Hold.QUEUE_FULL)) {
      shared.counters().countPaused();
      awaitRoom();
    }
  }

  private boolean hasToWait() {
    return held.isEmpty() ? shared.queue().isFull() : shared.queue().isFullForHeld();
  }

  private void awaitRoom() {
    shared
        .roomWaiters()
        .whenRoom(this, () -> EventLoops.execute(context.channel().eventLoop(), this::roomAgain));
  }

  private void roomAgain() {
    if (!context.channel().isActive()) {
      return;
    }
    // Those that were woken first may have filled it again.
    if (hasToWait()) {
      awaitRoom();
    } else {
      valve.release(ReadValve.Hold.QUEUE_FULL);
    }
  }

  @Override
  public void acknowledged(AckType type, int packetId, boolean failed) {
    inbound.acknowledged(type, packetId, failed);
  }

  @Override
  public void acknowledgedSome() {
    if (!inbound.isFull()) {
      valve.release(ReadValve.Hold.ACKS_OWED);
    }
  }

  @Override
  public void acknowledgedLast() {
    close(MqttCounters.Closing.OVERSIZE);
  }

  /** Takes no more messages, for good; acknowledgements still leave. On the event loop. */
  void stopReading() {
    finished = true;
    valve.hold(ReadValve.Hold.STOPPING);
  }

  /** Closes because we stop. On the event loop. */
  void stop() {
    close(MqttCounters.Closing.STOPPING);
  }

  @Override
  public boolean isSameClient(Sessions.Member other) {
    return other instanceof MqttSession session && clientId.equals(session.clientId);
  }

  @Override
  public void end(MqttCounters.Closing why) {
    EventLoops.execute(context.channel().eventLoop(), () -> close(why));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      valve.release(ReadValve.Hold.UNWRITABLE);
      outbound.writable();
    } else {
      valve.hold(ReadValve.Hold.UNWRITABLE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == KeepAlive.Expired.KEEP_ALIVE) {
      close(MqttCounters.Closing.KEEP_ALIVE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    finished = true;
    shared.roomWaiters().forget(this);
    acks.close();
    outbound.close();
    shared
        .sessions()
        .leave(
            accepted.client().key(), this, will.flatMap(said -> intake.map(in -> in.will(said))));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      // The other end has gone, as sensors do.
      log.debug("{} is gone: {}", who(), cause.getMessage());
      finished = true;
      ctx.close();
    } else {
      log.error("A fault while handling {}: its connection is closed.", who(), cause);
      close(MqttCounters.Closing.FAULT);
    }
  }

  private void close(Breach breach) {
    log.debug("{} does not keep to MQTT: {}", who(), breach.getMessage());
    MqttCounters.Closing why =
        switch (breach.reason()) {
          case RECEIVE_MAXIMUM_EXCEEDED -> MqttCounters.Closing.RECEIVE_MAXIMUM;
          case NOT_AUTHORIZED -> MqttCounters.Closing.READER_PUBLISHED;
          default -> MqttCounters.Closing.MALFORMED;
        };
    warn(why, "is closed: " + breach.getMessage());
    close(why, breach.reason(), breach.getMessage());
  }

  private void close(MqttCounters.Closing why) {
    close(why, why.reason(), "");
  }

  private void close(MqttCounters.Closing why, ReasonCode reason, String words) {
    if (context.channel().isActive()) {
      finished = true;
      shared.counters().countClosed(why);
      replies.close(reason, words);
    }
  }

  private void warn(MqttCounters.Closing reason, String what) {
    shared.warnings().warn(reason, accepted.client().name(), address(), what);
  }

  private String who() {
    return accepted.client().name() + " at " + address();
  }

  private SocketAddress address() {
    return context.channel().remoteAddress();
  }
}
