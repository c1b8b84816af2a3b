package io.floodmark.sim.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Just enough of a broker to misbehave: it can withhold acknowledgements, leave CONNECT unanswered,
 * refuse, and cut every connection. Listens on a free port of the loopback. One thread of Netty's
 * does all the work.
 */
public final class FakeBroker implements AutoCloseable {
  /** What a broker can do with CONNECT. */
  public enum Door {
    OPEN,
    REFUSING,
    SILENT
  }

  /** A PUBLISH as it arrived. */
  public record Published(String topic, String payload, int qos, boolean dup, boolean retained) {}

  /** A CONNECT as it arrived. */
  public record Connected(
      String clientId,
      String userName,
      String password,
      String protocol,
      int level,
      boolean cleanSession,
      String willTopic,
      String will,
      boolean willRetained) {}

  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final BlockingQueue<Published> published = new LinkedBlockingQueue<>();
  private final BlockingQueue<Connected> connects = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> goodbyes = new LinkedBlockingQueue<>();
  private final List<Runnable> withheld = new ArrayList<>();
  private final int port;
  private volatile Door door = Door.OPEN;
  private volatile boolean acknowledging = true;

  public FakeBroker() {
    Channel server =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(new MqttDecoder(1 << 20), MqttEncoder.INSTANCE, new Session());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    port = ((InetSocketAddress) server.localAddress()).getPort();
  }

  public int port() {
    return port;
  }

  public void setDoor(Door door) {
    this.door = door;
  }

  /** From the next PUBLISH on. */
  public void withholdAcknowledgements() {
    acknowledging = false;
  }

  /** Sends what was withheld, on connections that still stand, and acknowledges from now on. */
  public void releaseAcknowledgements() {
    synchronized (withheld) {
      acknowledging = true;
      withheld.forEach(Runnable::run);
      withheld.clear();
    }
  }

  /** As a network does: without a word. */
  public void cutConnections() {
    synchronized (withheld) {
      withheld.clear();
    }
    connections.close().syncUninterruptibly();
  }

  /** The next PUBLISH to a topic that ends so; others on the way are forgotten. */
  public Published awaitPublished(String topicEnd) throws InterruptedException {
    while (true) {
      Published next = published.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("Nothing was published to ..." + topicEnd + " within 20 s.");
      }
      if (next.topic().endsWith(topicEnd)) {
        return next;
      }
    }
  }

  public Connected awaitConnect() throws InterruptedException {
    Connected next = connects.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nobody connected within 20 s.");
    }
    return next;
  }

  /** The client id of the next DISCONNECT. */
  public String awaitGoodbye() throws InterruptedException {
    String next = goodbyes.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nobody said goodbye within 20 s.");
    }
    return next;
  }

  /** All PUBLISH that have arrived and were not taken, in order. */
  public List<Published> takePublished() {
    List<Published> all = new ArrayList<>();
    published.drainTo(all);
    return all;
  }

  public int connectsSoFar() {
    return connects.size();
  }

  public int withheldSoFar() {
    synchronized (withheld) {
      return withheld.size();
    }
  }

  public int goodbyesSoFar() {
    return goodbyes.size();
  }

  @Override
  public void close() {
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  // A write that fails means that the connection is gone, which is what this broker is for.
  @SuppressWarnings("FutureReturnValueIgnored")
  private final class Session extends SimpleChannelInboundHandler<MqttMessage> {
    private String clientId = "";

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
      if (message.decoderResult().isFailure()) {
        throw new IllegalStateException("No MQTT: ", message.decoderResult().cause());
      }
      switch (message.fixedHeader().messageType()) {
        case CONNECT -> connect(context, (MqttConnectMessage) message);
        case PUBLISH -> publish(context, (MqttPublishMessage) message);
        case PINGREQ -> context.writeAndFlush(MqttMessage.PINGRESP);
        case DISCONNECT -> {
          goodbyes.add(clientId);
          context.close();
        }
        default -> throw new IllegalStateException("Unexpected: " + message);
      }
    }

    private void connect(ChannelHandlerContext context, MqttConnectMessage message) {
      clientId = message.payload().clientIdentifier();
      byte[] password = message.payload().passwordInBytes();
      byte[] will = message.payload().willMessageInBytes();
      connects.add(
          new Connected(
              clientId,
              message.payload().userName(),
              password == null ? "" : new String(password, UTF_8),
              message.variableHeader().name(),
              message.variableHeader().version(),
              message.variableHeader().isCleanSession(),
              message.variableHeader().isWillFlag() ? message.payload().willTopic() : "",
              will == null ? "" : new String(will, UTF_8),
              message.variableHeader().isWillRetain()));
      switch (door) {
        case OPEN -> answer(context, MqttConnectReturnCode.CONNECTION_ACCEPTED);
        case REFUSING -> {
          answer(context, MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
          context.close();
        }
        case SILENT -> {
          // Leaves it unanswered.
        }
      }
    }

    private void answer(ChannelHandlerContext context, MqttConnectReturnCode code) {
      context.writeAndFlush(MqttMessageBuilders.connAck().returnCode(code).build());
    }

    private void publish(ChannelHandlerContext context, MqttPublishMessage message) {
      int packetId = message.variableHeader().packetId();
      synchronized (withheld) {
        // Before it is acknowledged, so that whoever knows of the acknowledgement finds it here.
        published.add(
            new Published(
                message.variableHeader().topicName(),
                message.payload().toString(UTF_8),
                message.fixedHeader().qosLevel().value(),
                message.fixedHeader().isDup(),
                message.fixedHeader().isRetain()));
        if (acknowledging) {
          acknowledge(context, packetId);
        } else {
          withheld.add(() -> acknowledge(context, packetId));
        }
      }
    }

    private void acknowledge(ChannelHandlerContext context, int packetId) {
      context.writeAndFlush(MqttMessageBuilders.pubAck().packetId(packetId).build());
    }
  }
}
