package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.PublishProperties;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one session is subscribed to, and what is on its way to it.
 *
 * <p>Of each topic only the newest message waits, so a slow subscriber holds no more than there are
 * topics that its subscriptions match, and gets the newest once it catches up. Confined to the
 * connection's event loop, but for {@link #offer}.
 */
final class Outbound implements RetainedTopics.Subscriber {
  private static final int PACKET_ID_MAX = 65_535;

  /** A message that waits to be sent. */
  private static final class Waiting {
    private final byte[] payload;
    private final boolean retained;

    Waiting(byte[] payload, boolean retained) {
      this.payload = payload;
      this.retained = retained;
    }
  }

  private final ChannelHandlerContext context;
  private final Replies replies;
  private final RetainedTopics topics;
  private final Rights rights;
  private final int subscriptionsMax;
  private final int inFlightMax;
  private final MqttCounters counters;

  private final Map<String, Integer> subscriptions = new HashMap<>();

  // Apart, so that those that wait for an acknowledgement are not gone through for the others.
  private final Map<String, Waiting> waitingAtMostOnce = new LinkedHashMap<>();
  private final Map<String, Waiting> waitingAtLeastOnce = new LinkedHashMap<>();

  private final Set<Integer> inFlight = new HashSet<>();
  private int lastPacketId;

  Outbound(
      ChannelHandlerContext context,
      Replies replies,
      RetainedTopics topics,
      Client client,
      MqttLimits limits,
      MqttCounters counters) {
    this.context = context;
    this.replies = replies;
    this.topics = topics;
    this.rights = client.rights();
    this.subscriptionsMax =
        client.key().kind() == Client.Kind.READER
            ? limits.readerSubscriptionsMax()
            : limits.subscriptionsMax();
    this.inFlightMax = limits.outboundInFlightMax();
    this.counters = counters;
  }

  /** Answers a SUBSCRIBE; then what is retained goes out, before anything newer. */
  void subscribe(Packet.Subscribe message) {
    List<ReasonCode> codes = new ArrayList<>();
    Set<String> granted = new LinkedHashSet<>();
    for (Packet.Filter wanted : message.filters()) {
      String filter = wanted.filter();
      boolean known = subscriptions.containsKey(filter);
      if (!rights.maySubscribe(filter)) {
        codes.add(ReasonCode.NOT_AUTHORIZED);
      } else if (!known && subscriptions.size() >= subscriptionsMax) {
        codes.add(ReasonCode.QUOTA_EXCEEDED);
      } else {
        // QoS 2 is granted as 1: the server may grant less (MQTT-3.8.4-7).
        int qos = Math.min(wanted.qos(), 1);
        subscriptions.put(filter, qos);
        granted.add(filter);
        codes.add(qos == 0 ? ReasonCode.SUCCESS : ReasonCode.GRANTED_QOS_1);
      }
    }
    replies.subAck(message.packetId(), codes);
    for (String filter : granted) {
      topics.subscribe(filter, this);
      topics.forEach(filter, (topic, payload) -> put(topic, new Waiting(payload, true)));
    }
    sendAndFlush();
  }

  /** Answers an UNSUBSCRIBE. */
  void unsubscribe(Packet.Unsubscribe message) {
    List<ReasonCode> codes = new ArrayList<>();
    for (String filter : message.filters()) {
      if (subscriptions.remove(filter) != null) {
        codes.add(ReasonCode.SUCCESS);
        topics.unsubscribe(filter, this);
        waitingAtMostOnce.keySet().removeIf(topic -> grantedQos(topic).isEmpty());
        waitingAtLeastOnce.keySet().removeIf(topic -> grantedQos(topic).isEmpty());
      } else {
        codes.add(ReasonCode.NO_SUBSCRIPTION_EXISTED);
      }
    }
    replies.unsubAck(message.packetId(), codes);
  }

  /** The subscriber has a message of QoS 1. */
  void acknowledged(int packetId) {
    if (inFlight.remove(packetId)) {
      sendAndFlush();
    }
  }

  /** There may be room for more. */
  void writable() {
    sendAndFlush();
  }

  /** Called on any thread. */
  @Override
  public void offer(String topic, byte[] payload) {
    EventLoops.execute(
        context.channel().eventLoop(),
        () -> {
          put(topic, new Waiting(payload, false));
          sendAndFlush();
        });
  }

  /** The connection is gone. */
  void close() {
    subscriptions.keySet().forEach(filter -> topics.unsubscribe(filter, this));
    subscriptions.clear();
    waitingAtMostOnce.clear();
    waitingAtLeastOnce.clear();
    inFlight.clear();
  }

  /** The highest that a filter that matches was granted (MQTT 3.1.1 §3.3.5-1). */
  private Optional<Integer> grantedQos(String topic) {
    return Topics.filtersOf(topic).stream()
        .map(subscriptions::get)
        .filter(Objects::nonNull)
        .max(Integer::compare);
  }

  private void put(String topic, Waiting message) {
    Optional<Integer> qos = grantedQos(topic);
    if (qos.isEmpty()) {
      return;
    }
    boolean atMostOnce = qos.get() == 0;
    Waiting before = (atMostOnce ? waitingAtMostOnce : waitingAtLeastOnce).put(topic, message);
    Waiting otherwise = (atMostOnce ? waitingAtLeastOnce : waitingAtMostOnce).remove(topic);
    if (isOlder(before, message) || isOlder(otherwise, message)) {
      counters.countSuperseded();
    }
  }

  /** Several filters of one SUBSCRIBE may bring the same. */
  private static boolean isOlder(Waiting before, Waiting message) {
    return before != null && before.payload != message.payload;
  }

  private void sendAndFlush() {
    if (send()) {
      context.flush();
    }
  }

  private boolean send() {
    boolean any = false;
    while (!waitingAtMostOnce.isEmpty() && context.channel().isWritable()) {
      sendFirst(waitingAtMostOnce, 0);
      any = true;
    }
    while (!waitingAtLeastOnce.isEmpty()
        && inFlight.size() < inFlightMax
        && context.channel().isWritable()) {
      sendFirst(waitingAtLeastOnce, 1);
      any = true;
    }
    return any;
  }

  private void sendFirst(Map<String, Waiting> waiting, int qos) {
    Iterator<Map.Entry<String, Waiting>> first = waiting.entrySet().iterator();
    Map.Entry<String, Waiting> next = first.next();
    first.remove();
    // RETAIN is set only on what a new subscription brings (MQTT-3.3.1-8, -12).
    int flags = (qos << 1) | (next.getValue().retained ? 1 : 0);
    replies.publish(
        flags,
        new Publish(
            flags,
            next.getKey(),
            qos == 0 ? 0 : nextPacketId(),
            PublishProperties.NONE,
            next.getValue().payload),
        List.of());
    counters.countSent();
  }

  private int nextPacketId() {
    do {
      lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    } while (!inFlight.add(lastPacketId));
    return lastPacketId;
  }
}
