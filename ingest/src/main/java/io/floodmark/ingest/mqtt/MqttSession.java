package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
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
final class MqttSession extends SimpleChannelInboundHandler<Object> implements Sessions.Member {
  private static final Logger log = LoggerFactory.getLogger(MqttSession.class);

  private static final int PACKET_ID_BYTES = 2;
  private static final long EXPIRY_CHECK_MILLIS = 500;

  // Acknowledgements leave in order: behind one that cannot, those of committed messages, which
  // the commit queue counts no more, would gather without bound.
  private static final int ACKS_OWED_MAX = 1_000;

  /** What all sessions share. */
  record Shared(
      MqttLimits limits,
      SignIn signIn,
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

  private ChannelHandlerContext context;
  private ReadValve valve;
  private AckFifo acks;
  private Optional<Intake> intake = Optional.empty();
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
    this.will = accepted.will();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    valve = new ReadValve(ctx.channel(), keepAlive);
    acks =
        new AckFifo(
            ctx,
            shared.counters(),
            this::acknowledgedSome,
            () -> close(MqttCounters.Closing.OVERSIZE));
    if (accepted.client() instanceof Client.Sensor sensor) {
      intake = Optional.of(new Intake(shared.intake(), sensor.entry(), sensor.rights(), acks));
    }
    outbound =
        new Outbound(ctx, shared.topics(), accepted.client(), shared.limits(), shared.counters());
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
    keepAlive.signedIn(accepted.keepAliveSeconds());
    // No session outlives its connection here, so none is ever present (MQTT 3.1.1 §3.2.2.2).
    context.writeAndFlush(
        MqttMessageBuilders.connAck()
            .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
            .sessionPresent(false)
            .build(),
        context.voidPromise());
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
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    if (finished) {
      return;
    }
    if (message instanceof OversizePublish oversize) {
      publish(oversize);
      return;
    }
    MqttMessage packet = (MqttMessage) message;
    if (packet.decoderResult().isFailure()) {
      malformed(String.valueOf(packet.decoderResult().cause().getMessage()));
      return;
    }
    MqttMessageType type = packet.fixedHeader().messageType();
    switch (type) {
      case PUBLISH -> publish((MqttPublishMessage) packet);
      case PUBACK -> acknowledged((MqttPubAckMessage) packet);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) packet);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) packet);
      case PINGREQ -> ping(packet);
      case DISCONNECT -> disconnect(packet);
      // A second CONNECT among them (MQTT-3.1.0-2).
      default -> malformed(type + " is nothing a client sends in a session");
    }
  }

  private void publish(MqttPublishMessage packet) {
    if (intake.isEmpty()) {
      readerPublished();
      return;
    }
    MqttQoS qos = packet.fixedHeader().qosLevel();
    String topic = packet.variableHeader().topicName();
    if (qos == MqttQoS.EXACTLY_ONCE) {
      qos2();
    } else if (qos == MqttQoS.AT_MOST_ONCE && packet.fixedHeader().isDup()) {
      malformed("DUP on QoS 0 (MQTT-3.3.1-2)");
    } else if (topic.isEmpty() || !Utf8.isWellFormed(topic)) {
      malformed("a topic that is none (MQTT-4.7.3-1, -2)");
    } else {
      intake.get().publish(packet);
      if (acks.size() >= ACKS_OWED_MAX) {
        valve.hold(ReadValve.Hold.ACKS_OWED);
      }
      holdWhileQueueIsFull();
    }
  }

  private void publish(OversizePublish oversize) {
    if (intake.isEmpty()) {
      readerPublished();
    } else if (oversize.qos() == MqttQoS.EXACTLY_ONCE.value()) {
      qos2();
    } else if (oversize.topic().isEmpty() || !Utf8.isWellFormed(oversize.topic())) {
      malformed("a topic that is none (MQTT-4.7.3-1, -2)");
    } else {
      finished = true;
      intake.get().publish(oversize);
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
  }

  private void subscribe(MqttSubscribeMessage packet) {
    List<MqttTopicSubscription> wanted = packet.payload().topicSubscriptions();
    if (wanted.isEmpty() || !wanted.stream().allMatch(MqttSession::isValid)) {
      malformed("SUBSCRIBE without a filter, or with reserved bits (MQTT-3.8.3-3, -4)");
    } else {
      outbound.subscribe(packet);
    }
  }

  private void unsubscribe(MqttUnsubscribeMessage packet) {
    if (packet.payload().topics().isEmpty()) {
      malformed("UNSUBSCRIBE without a filter (MQTT-3.10.3-2)");
    } else {
      outbound.unsubscribe(packet);
    }
  }

  /** Bits that only MQTT 5 gives a meaning to must be zero; Netty decodes them for both. */
  private static boolean isValid(MqttTopicSubscription wanted) {
    return Utf8.isWellFormed(wanted.topicFilter())
        && !wanted.topicFilter().isEmpty()
        && !wanted.option().isNoLocal()
        && !wanted.option().isRetainAsPublished()
        && wanted.option().retainHandling() == RetainedHandlingPolicy.SEND_AT_SUBSCRIBE;
  }

  private void acknowledged(MqttPubAckMessage packet) {
    if (packet.fixedHeader().remainingLength() == PACKET_ID_BYTES) {
      outbound.acknowledged(packet.variableHeader().messageId());
    } else {
      malformed("PUBACK with more than a packet id");
    }
  }

  private void ping(MqttMessage packet) {
    if (packet.fixedHeader().remainingLength() == 0) {
      context.writeAndFlush(MqttMessage.PINGRESP, context.voidPromise());
    } else {
      malformed("PINGREQ with a body");
    }
  }

  private void disconnect(MqttMessage packet) {
    if (packet.fixedHeader().remainingLength() == 0) {
      // It goes in peace, and its will is void (MQTT 3.1.1 §3.14.4-3).
      will = Optional.empty();
      finished = true;
      context.close();
    } else {
      malformed("DISCONNECT with a body");
    }
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

  private void acknowledgedSome() {
    if (acks.size() < ACKS_OWED_MAX) {
      valve.release(ReadValve.Hold.ACKS_OWED);
    }
  }

  /** Takes no more messages, for good; acknowledgements still leave. On the event loop. */
  void stopReading() {
    finished = true;
    valve.hold(ReadValve.Hold.STOPPING);
  }

  @Override
  public boolean isSameClient(Sessions.Member other) {
    // Without a client id it is a client of its own each time (MQTT 3.1.1 §3.1.3-6).
    return !accepted.clientId().isEmpty()
        && other instanceof MqttSession session
        && accepted.clientId().equals(session.accepted.clientId());
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

  private void qos2() {
    warn(MqttCounters.Closing.QOS_2, "is closed: it publishes with QoS 2, which is not taken");
    close(MqttCounters.Closing.QOS_2);
  }

  /** MQTT 3.1.1 §3.3.5-2 leaves only this, or an acknowledgement that would not be true. */
  private void readerPublished() {
    warn(MqttCounters.Closing.READER_PUBLISHED, "is closed: a reader may publish nothing");
    close(MqttCounters.Closing.READER_PUBLISHED);
  }

  private void malformed(String why) {
    log.debug("{} does not keep to MQTT: {}", who(), why);
    warn(MqttCounters.Closing.MALFORMED, "is closed: it does not keep to MQTT 3.1.1");
    close(MqttCounters.Closing.MALFORMED);
  }

  private void warn(MqttCounters.Closing reason, String what) {
    shared.warnings().warn(reason, accepted.client().name(), address(), what);
  }

  private void close(MqttCounters.Closing why) {
    if (context.channel().isActive()) {
      finished = true;
      shared.counters().countClosed(why);
      context.close();
    }
  }

  private String who() {
    return accepted.client().name() + " at " + address();
  }

  private SocketAddress address() {
    return context.channel().remoteAddress();
  }
}
