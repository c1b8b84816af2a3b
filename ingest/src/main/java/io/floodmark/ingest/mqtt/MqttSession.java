package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerConnection;
import io.floodmark.ingest.broker.ClientKey;
import io.floodmark.ingest.broker.ConnectRequest;
import io.floodmark.ingest.broker.ConnectResult;
import io.floodmark.ingest.broker.Outlet;
import io.floodmark.ingest.broker.Will;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that has signed in: passes each packet on to whoever handles it, and knows when it
 * is over. Confined to its event loop, but for what {@link Sessions.Member} and {@link Outlet} say.
 */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class MqttSession extends SimpleChannelInboundHandler<Object>
    implements Sessions.Member, AckFifo.Listener, Outlet {
  private static final Logger log = LoggerFactory.getLogger(MqttSession.class);

  private static final long EXPIRY_CHECK_MILLIS = 500;

  /** What all sessions share. */
  record Shared(
      MqttLimits limits,
      SignIn signIn,
      ClientIds clientIds,
      Sessions sessions,
      Broker broker,
      Intake.Shared intake,
      MqttCounters counters,
      SparseLog warnings) {}

  private final Shared shared;
  private final KeepAlive keepAlive;
  private final HeldPackets held;
  private final Client client;
  private final ClientKey key;
  private final PacketWriter writer;
  private final boolean mayBeKept;

  private ChannelHandlerContext context;
  private Replies replies;
  private ReadValve valve;
  private AckFifo acks;
  private Optional<Intake> intake = Optional.empty();

  // There once it is open, and only this class knows that they may not be.
  private BrokerConnection connection;
  private Inbound inbound;
  private RoomWatch room;
  private Subscriptions subscriptions;

  /** The broker may wake it before it is there. */
  private volatile Outbound outbound;

  /** Nothing that still comes in counts. */
  private boolean finished;

  /** It is over; perhaps several wanted that. */
  private boolean closed;

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
    this.client = accepted.client();
    this.key = new ClientKey(client.account(), shared.clientIds().of(accepted.connect()));
    this.writer = PacketWriter.to(accepted.connect());
    this.mayBeKept = accepted.connect().sessionExpirySeconds() > 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    valve = new ReadValve(ctx.channel(), keepAlive);
    replies = new Replies(ctx, writer);
    acks = new AckFifo(ctx.channel().eventLoop(), replies, shared.counters(), this);
    if (client instanceof Client.Sensor sensor) {
      intake = Optional.of(new Intake(shared.intake(), sensor.entry(), sensor.rights()));
    }
  }

  /** Takes its place among the sessions and answers the CONNECT, which it does not keep. */
  void open(SignIn.Accepted accepted) {
    Terms terms = Terms.of(accepted, shared.limits());
    shared.sessions().join(client.key(), this);
    ConnectResult result = shared.broker().connect(request(accepted));
    attach(result, accepted.connect().topicAliasMax());
    if (!shared.signIn().stillHolds(client)) {
      // It lost its right between being judged and being in reach of whoever takes rights away.
      connection.disconnect(OptionalLong.of(0), false);
      depart();
      shared.counters().countRefused(MqttCounters.Refusal.NOT_AUTHORIZED);
      replies.refuse(ReasonCode.NOT_AUTHORIZED, "its token was revoked while it signed in");
      return;
    }
    shared.counters().countConnected();
    keepAlive.signedIn(terms.keepAliveSeconds());
    replies.welcome(
        terms.welcome(key.clientId(), result.sessionPresent(), result.sessionExpirySeconds()));
    outbound.send();
    room.holdWhileFull();
    closeOnceExpired();
  }

  private ConnectRequest request(SignIn.Accepted accepted) {
    Connect connect = accepted.connect();
    return new ConnectRequest(
        key,
        connect.cleanStart(),
        connect.sessionExpirySeconds(),
        connect.receiveMax(),
        (int) Math.min(connect.packetBytesMax(), Integer.MAX_VALUE),
        connect.will().map(will -> will(will, accepted.status())),
        this);
  }

  private Will will(io.floodmark.ingest.packet.Will said, Optional<SensorStatus> status) {
    Runnable words =
        intake.isPresent()
            ? LastWords.ofSensor(
                shared.sessions(), client.key(), intake.get(), status.orElseThrow())
            : LastWords.ofOpen(shared.broker(), key, said, shared.intake().clock());
    return new Will(said.properties().delaySeconds(), words);
  }

  private void attach(ConnectResult result, int topicAliasMax) {
    boolean mqtt5 = writer.isMqtt5();
    connection = result.connection();
    if (result.sessionPresent()) {
      // The sensor may have another code since.
      connection.keepOnly(filter -> !client.rights().subscribe(filter).isFailure());
    }
    Inlet inlet = inlet(mqtt5);
    room = new RoomWatch(context.channel(), valve, held, inlet, shared.counters());
    inbound = new Inbound(acks, inlet, connection, result.sessionPresent(), shared.limits(), mqtt5);
    subscriptions =
        new Subscriptions(
            context.channel().eventLoop(),
            replies,
            valve,
            shared.broker(),
            connection,
            client.rights());
    outbound = new Outbound(context.channel(), replies, connection, topicAliasMax);
  }

  private Inlet inlet(boolean mqtt5) {
    if (client instanceof Client.Open) {
      return new Relay(shared.broker(), connection, shared.intake().clock(), mqtt5);
    }
    return intake.isPresent() ? intake.get() : new NoInlet(mqtt5);
  }

  /** Asks twice a second, for a clock may be set. */
  private void closeOnceExpired() {
    if (!context.channel().isActive()) {
      return;
    }
    if (shared.signIn().hasExpired(client)) {
      close(MqttCounters.Closing.EXPIRED);
      shared.broker().endAccount(key.account());
    } else if (client.mayExpire()) {
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
      holdWhileMuchIsOwed();
      room.holdWhileFull();
    } else if (packet instanceof Packet.Acknowledgement acknowledgement) {
      acknowledged(acknowledgement);
    } else if (packet instanceof Packet.Ping) {
      replies.pong();
    } else if (packet instanceof Packet.Subscribe subscribe) {
      subscriptions.subscribe(subscribe);
    } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
      subscriptions.unsubscribe(unsubscribe);
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
    if (packet.type() == AckType.PUBREL) {
      inbound.release(packet.packetId());
      holdWhileMuchIsOwed();
    } else {
      outbound.acknowledged(packet);
    }
  }

  private void holdWhileMuchIsOwed() {
    if (inbound.isFull()) {
      valve.hold(ReadValve.Hold.ACKS_OWED);
    }
  }

  private void publish(OversizePublish oversize) {
    inbound.publish(oversize);
    finished = true;
    warn(
        MqttCounters.Closing.OVERSIZE,
        "sent a payload of "
            + oversize.rejection().sizeBytes()
            + " bytes: it is recorded, acknowledged, and the connection closed");
    if (oversize.head().qos() == 0) {
      close(MqttCounters.Closing.OVERSIZE);
    } else {
      valve.hold(ReadValve.Hold.LAST_MESSAGE);
    }
  }

  private void disconnect(Packet.Disconnect packet) {
    if (packet.sessionExpirySeconds().orElse(0) > 0 && !mayBeKept) {
      throw Breach.forbidden("a session expiry where CONNECT had none (MQTT-3.14.2-2)");
    }
    // Who goes in peace leaves no will; who goes for any other reason does (MQTT-3.14.4-3).
    boolean withWill = packet.reasonCode() != ReasonCode.SUCCESS.code();
    shared.sessions().leave(client.key(), this);
    connection.disconnect(packet.sessionExpirySeconds(), withWill);
    depart();
    context.close();
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
    return other instanceof MqttSession session && key.equals(session.key);
  }

  @Override
  public void end(MqttCounters.Closing why) {
    EventLoops.execute(context.channel().eventLoop(), () -> close(why));
  }

  @Override
  public void end(Outlet.Ending why) {
    end(
        switch (why) {
          case SESSION_TAKEN_OVER -> MqttCounters.Closing.TAKEN_OVER;
          case ACCOUNT_ENDED -> MqttCounters.Closing.REVOKED;
        });
  }

  @Override
  public boolean understandsReasons() {
    return writer.isMqtt5();
  }

  @Override
  public void wake() {
    Outbound out = outbound;
    // Before it is open there is nobody to send to; opening sends what there is.
    if (out != null) {
      out.wake();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      valve.release(ReadValve.Hold.UNWRITABLE);
      outbound.send();
    } else {
      valve.hold(ReadValve.Hold.UNWRITABLE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == KeepAlive.Expired.KEEP_ALIVE) {
      close(MqttCounters.Closing.KEEP_ALIVE);
    } else if (event == KeepAlive.Expired.WRITE_STALL) {
      close(MqttCounters.Closing.WRITE_STALL);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    depart();
  }

  /** Gives up its place; what is not acknowledged stays so. */
  private void depart() {
    finished = true;
    closed = true;
    acks.close();
    shared.sessions().leave(client.key(), this);
    if (connection != null) {
      room.close();
      subscriptions.close();
      connection.lost();
    }
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
          case NOT_AUTHORIZED -> MqttCounters.Closing.NOT_AUTHORIZED;
          default -> MqttCounters.Closing.MALFORMED;
        };
    warn(why, "is closed: " + breach.getMessage());
    close(why, breach.reason(), breach.getMessage());
  }

  private void close(MqttCounters.Closing why) {
    close(why, why.reason(), "");
  }

  private void close(MqttCounters.Closing why, ReasonCode reason, String words) {
    if (!closed) {
      shared.counters().countClosed(why);
      depart();
      replies.close(reason, words);
    }
  }

  private void warn(MqttCounters.Closing reason, String what) {
    shared.warnings().warn(reason, client.name(), context.channel().remoteAddress(), what);
  }

  private String who() {
    return client.name() + " at " + context.channel().remoteAddress();
  }
}
