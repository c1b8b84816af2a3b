package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Access;
import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.payload.JsonReadings;
import io.floodmark.live.DoorbellListener;
import io.floodmark.tls.SecurePort;
import io.floodmark.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for sensors over MQTT 3.1.1 and 5.0 and puts what they send into the commit queue, and
 * for readers, who are sent what came of it.
 *
 * <p>To stop without loss: {@link #stopAccepting()}, then wait until the queue is empty, then
 * {@link #close()}.
 */
public final class MqttListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttListener.class);

  // A fleet that comes back at once: what finds no place is asked again a second later, or three.
  private static final int BACKLOG = 4_096;

  // A reading is a few hundred bytes. The most that is read at once is also the most that stays
  // decoded but unhandled in a connection that is held.
  private static final int READ_BYTES_MIN = 256;
  private static final int READ_BYTES_FIRST = 1_024;
  private static final int READ_BYTES_MAX = 16_384;

  // Acknowledgements are four bytes each: whoever leaves thousands unread is read from no more.
  private static final int WRITE_BYTES_LOW = 8_192;
  private static final int WRITE_BYTES_HIGH = 32_768;

  // Wills and sessions are told in seconds.
  private static final long TICK_MILLIS = 250;

  private static final long LOOPS_CLOSE_MILLIS = 5_000;

  private final Transport transport = Transport.best();
  private final MqttConfig config;
  private final Broker broker;
  private final SensorDirectory directory;
  private final ReaderDirectory readers;
  private final Sessions sessions;
  private final ConnectionLimit connectionLimit;
  private final MqttSession.Shared shared;

  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<EventLoopGroup> loops = new ArrayList<>();
  private final List<Channel> listening = new ArrayList<>();
  private volatile OptionalInt port = OptionalInt.empty();
  private volatile OptionalInt securePort = OptionalInt.empty();

  /**
   * A listener that is not started yet.
   *
   * @param config where to listen, and its limits
   * @param directory the sensors that may sign in
   * @param readers the tokens that may
   * @param queue where submissions go
   * @param broker where subscribers and their messages are
   * @param sessionsLoaded whether the broker has those that outlived the last process
   * @param clock server time of arrival
   * @param counters what is counted
   */
  public MqttListener(
      MqttConfig config,
      SensorDirectory directory,
      ReaderDirectory readers,
      CommitQueue queue,
      Broker broker,
      BooleanSupplier sessionsLoaded,
      InstantSource clock,
      MqttCounters counters) {
    MqttLimits limits = config.limits();
    SparseLog warnings = new SparseLog();
    RoomWaiters roomWaiters = new RoomWaiters(queue);
    this.config = config;
    this.broker = broker;
    this.directory = directory;
    this.readers = readers;
    this.sessions = new Sessions(limits, queue, roomWaiters, counters);
    this.connectionLimit = new ConnectionLimit(limits, counters, warnings);
    this.shared =
        new MqttSession.Shared(
            limits,
            new SignIn(
                directory,
                readers,
                clock,
                limits.clientIdCharsMax(),
                sessionsLoaded,
                config.open()),
            new ClientIds(clock),
            sessions,
            broker,
            new Intake.Shared(
                new JsonReadings(),
                queue,
                roomWaiters,
                clock,
                limits,
                new SensorPaces(limits.rates()),
                counters),
            counters,
            warnings);
    directory.onRevoked(ids -> revoke(Client.Key.all(Client.Kind.SENSOR, ids)));
    readers.onRevoked(ids -> revoke(Client.Key.all(Client.Kind.READER, ids)));
  }

  /**
   * The same with a broker whose sessions end with the process.
   *
   * @param config where to listen, and its limits
   * @param directory the sensors that may sign in
   * @param readers the tokens that may
   * @param queue where submissions go
   * @param clock server time of arrival
   * @param counters what is counted
   */
  public MqttListener(
      MqttConfig config,
      SensorDirectory directory,
      ReaderDirectory readers,
      CommitQueue queue,
      InstantSource clock,
      MqttCounters counters) {
    this(
        config,
        directory,
        readers,
        queue,
        Broker.inMemory(BrokerLimits.DEFAULT, access(), clock, new BrokerCounters()),
        () -> true,
        clock,
        counters);
  }

  /** What a broker has to ask before it sends. */
  public static Access access() {
    return (client, topic) -> Client.mayReceive(client.account(), topic);
  }

  private void revoke(Set<Client.Key> clients) {
    sessions.revoke(clients);
    clients.forEach(client -> broker.endAccount(client.account()));
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalStateException naming host and port, if it cannot listen there; nothing is left
   *     running then
   */
  @SuppressWarnings("FutureReturnValueIgnored") // tick() lets no exception out
  public void start() {
    EventLoopGroup acceptor = loops("mqtt-accept", 1);
    // Suites send by one client, then by another, and take it for granted that we see it so.
    int threads = config.open() ? 1 : Runtime.getRuntime().availableProcessors();
    EventLoopGroup workers = loops("mqtt", threads);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(WRITE_BYTES_LOW, WRITE_BYTES_HIGH));
    if (config.port().isPresent()) {
      port = OptionalInt.of(listen(bootstrap, config.port().getAsInt(), Optional.empty()));
    }
    if (config.secure().isPresent()) {
      SecurePort secure = config.secure().get();
      securePort = OptionalInt.of(listen(bootstrap, secure.port(), Optional.of(secure.tls())));
    }
    acceptor.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    port.ifPresent(plain -> log.info("Listening for MQTT on {}:{}.", config.host(), plain));
    securePort.ifPresent(secure -> log.info("MQTT over TLS on {}:{}.", config.host(), secure));
  }

  /** Which port it became. */
  private int listen(ServerBootstrap bootstrap, int wanted, Optional<ServerTls> tls) {
    ChannelFuture bound =
        bootstrap
            .clone()
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    MqttListener.this.initChannel(channel, tls);
                  }
                })
            .bind(config.host(), wanted)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new IllegalStateException(
          "Cannot listen for MQTT on "
              + config.host()
              + ":"
              + wanted
              + ": "
              + bound.cause().getMessage()
              + ". Is it taken by another program, or not an address of this machine?",
          bound.cause());
    }
    listening.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /**
   * The port on which TLS is not spoken.
   *
   * @throws IllegalStateException before {@link #start()}, and where there is none
   */
  public int port() {
    return port.orElseThrow(
        () -> new IllegalStateException("MQTT without TLS is not listened for."));
  }

  /** The port on which TLS is spoken, if there is one; none before {@link #start()}. */
  public OptionalInt securePort() {
    return securePort;
  }

  /** Whether new connections are accepted. */
  public boolean isListening() {
    return !listening.isEmpty() && listening.stream().allMatch(Channel::isOpen);
  }

  /** Connections open now, whether or not they have become sessions. */
  public int connections() {
    return connections.size();
  }

  /**
   * What keeps directories and retained messages as the tables have them; to be told by a {@link
   * DoorbellListener}, on whose thread it reads {@code dataSource}.
   */
  public DoorbellListener.Listener feed(DataSource dataSource) {
    return new DoorbellFeed(
        dataSource,
        directory,
        readers,
        new Accounts(directory, readers, shared.intake().clock(), config.open()),
        broker);
  }

  /** Ids of the API tokens that readers are signed in with now. */
  public Set<Integer> readersPresent() {
    return sessions.present(Client.Kind.READER);
  }

  /**
   * Takes no more connections and no more messages. Once this returns, nothing more comes into the
   * queue; what is in it is still acknowledged when it is committed.
   */
  public void stopAccepting() {
    sessions.stop();
    broker.stop();
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    // On their event loops, so that whoever is signing in is either among them or refused.
    List<Future<?>> stopped = new ArrayList<>();
    for (Channel channel : connections) {
      stopped.add(channel.eventLoop().submit(() -> ifSignedIn(channel, MqttSession::stopReading)));
    }
    // And whoever was just leaving has left.
    for (EventLoopGroup group : loops) {
      if (!group.isShuttingDown()) {
        group.forEach(loop -> stopped.add(loop.submit(() -> {})));
      }
    }
    stopped.forEach(Future::awaitUninterruptibly);
  }

  /** Disconnects everybody, without wills, and ends the event loops. */
  @SuppressWarnings("FutureReturnValueIgnored") // awaited as the group's terminationFuture
  @Override
  public void close() {
    stopAccepting();
    List<Future<?>> told = new ArrayList<>();
    for (Channel channel : connections) {
      told.add(channel.eventLoop().submit(() -> ifSignedIn(channel, MqttSession::stop)));
    }
    told.forEach(future -> future.awaitUninterruptibly(LOOPS_CLOSE_MILLIS));
    connections.close().awaitUninterruptibly(LOOPS_CLOSE_MILLIS);
    for (EventLoopGroup group : loops) {
      group.shutdownGracefully(0, LOOPS_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    for (EventLoopGroup group : loops) {
      group.terminationFuture().awaitUninterruptibly(LOOPS_CLOSE_MILLIS);
    }
  }

  /** What a connection without TLS goes through, in this order. */
  void initChannel(Channel channel) {
    initChannel(channel, Optional.empty());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a closed connection is told to its handlers
  private void initChannel(Channel channel, Optional<ServerTls> tls) {
    MqttLimits limits = config.limits();
    KeepAlive keepAlive = new KeepAlive(limits);
    HeldPackets held = new HeldPackets(shared.intake().queue());
    channel.pipeline().addLast(connectionLimit);
    tls.ifPresent(server -> channel.pipeline().addLast(secured(server)));
    channel
        .pipeline()
        .addLast(keepAlive)
        .addLast(new PacketFrames(limits.payloadBytesMax(), limits.controlBytesMax()))
        .addLast(held)
        .addLast(new Reception(shared, keepAlive, held));
    connections.add(channel);
    if (sessions.isStopping()) {
      channel.close();
    }
  }

  private static SslHandler secured(ServerTls tls) {
    SslHandler handler = new SslHandler(tls.engine());
    // The watch for the CONNECT is one for the handshake, too.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  private static void ifSignedIn(Channel channel, Consumer<MqttSession> then) {
    MqttSession session = channel.pipeline().get(MqttSession.class);
    if (session != null) {
      then.accept(session);
    }
  }

  /** What subscribers are sent. */
  Broker broker() {
    return broker;
  }

  private void tick() {
    try {
      broker.tick();
    } catch (RuntimeException e) {
      log.error("Wills and sessions could not be seen to; trying again.", e);
    }
  }

  private EventLoopGroup loops(String name, int threads) {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name), transport.handlers());
    loops.add(group);
    return group;
  }
}
