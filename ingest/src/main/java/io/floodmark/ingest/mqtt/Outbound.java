package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.BrokerConnection;
import io.floodmark.ingest.broker.Outgoing;
import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.PublishProperties;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * What is on its way to one client: asks the broker for it as long as the socket takes it. Confined
 * to the connection's event loop, but for {@link #wake}.
 */
final class Outbound {
  private static final AtomicIntegerFieldUpdater<Outbound> WOKEN =
      AtomicIntegerFieldUpdater.newUpdater(Outbound.class, "woken");

  private static final int DUP = 0x08;
  private static final int QOS_SHIFT = 1;
  private static final int RETAIN = 0x01;

  private final Channel channel;
  private final Replies replies;
  private final BrokerConnection connection;
  private final int aliasesMax;

  /** Made with the first message to whoever takes aliases. */
  private Optional<SentAliases> aliases = Optional.empty();

  /** Whether {@link #send} is on its way. */
  @SuppressWarnings("UnusedVariable") // by WOKEN
  private volatile int woken;

  /**
   * To a client that is connected.
   *
   * @param aliasesMax how many topic aliases the client takes
   */
  Outbound(Channel channel, Replies replies, BrokerConnection connection, int aliasesMax) {
    this.channel = channel;
    this.replies = replies;
    this.connection = connection;
    this.aliasesMax = aliasesMax;
  }

  /** There may be something to send. On any thread. */
  void wake() {
    if (WOKEN.compareAndSet(this, 0, 1)) {
      EventLoops.execute(channel.eventLoop(), this::send);
    }
  }

  /** The client answers what it was sent. */
  void acknowledged(Packet.Acknowledgement packet) {
    int packetId = packet.packetId();
    switch (packet.type()) {
      case PUBACK -> connection.acknowledged(packetId);
      case PUBREC -> {
        boolean isKnown = connection.received(packetId, !packet.isFailure());
        if (!isKnown && !packet.isFailure()) {
          replies.acknowledgement(AckType.PUBREL, packetId, ReasonCode.PACKET_ID_NOT_FOUND);
          replies.flush();
        }
      }
      case PUBCOMP -> connection.completed(packetId);
      default -> throw new IllegalStateException("Not an answer to us: " + packet.type());
    }
  }

  /** Sends what there is, until the socket takes no more. */
  void send() {
    woken = 0;
    boolean any = false;
    while (channel.isWritable()) {
      Optional<Outgoing> next = connection.poll();
      if (next.isEmpty()) {
        break;
      }
      if (next.get() instanceof Outgoing.Publish publish) {
        send(publish);
      } else if (next.get() instanceof Outgoing.Release release) {
        replies.acknowledgement(AckType.PUBREL, release.packetId(), ReasonCode.SUCCESS);
      }
      any = true;
    }
    if (any) {
      replies.flush();
    }
  }

  private void send(Outgoing.Publish publish) {
    String topic = publish.message().topic();
    if (aliasesMax > 0) {
      SentAliases sent = aliases.orElseGet(() -> new SentAliases(aliasesMax));
      aliases = Optional.of(sent);
      int alias = sent.of(topic);
      boolean isKnown = sent.isKnown(alias);
      if (alias > 0 && write(publish, isKnown ? "" : topic, alias)) {
        sent.know(alias);
        return;
      }
    }
    write(publish, topic, 0);
  }

  private boolean write(Outgoing.Publish publish, String topic, int alias) {
    int flags =
        (publish.dup() ? DUP : 0) | (publish.qos() << QOS_SHIFT) | (publish.retain() ? RETAIN : 0);
    PublishProperties properties =
        new PublishProperties(
            alias,
            publish.expirySeconds().orElse(PublishProperties.NEVER),
            0,
            publish.message().properties());
    return replies.publish(
        flags,
        new Publish(flags, topic, publish.packetId(), properties, publish.message().payload()),
        publish.subscriptionIds());
  }
}
