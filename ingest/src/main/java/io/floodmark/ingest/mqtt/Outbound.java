package io.floodmark.ingest.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
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
  private final RetainedTopics topics;
  private final Rights rights;
  private final int subscriptionsMax;
  private final int inFlightMax;
  private final MqttCounters counters;

  private final Map<String, MqttQoS> subscriptions = new HashMap<>();

  // Apart, so that those that wait for an acknowledgement are not gone through for the others.
  private final Map<String, Waiting> waitingAtMostOnce = new LinkedHashMap<>();
  private final Map<String, Waiting> waitingAtLeastOnce = new LinkedHashMap<>();

  private final Set<Integer> inFlight = new HashSet<>();
  private int lastPacketId;

  Outbound(
      ChannelHandlerContext context,
      RetainedTopics topics,
      Client client,
      MqttLimits limits,
      MqttCounters counters) {
    this.context = context;
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
  void subscribe(MqttSubscribeMessage message) {
    MqttMessageBuilders.SubAckBuilder answer =
        MqttMessageBuilders.subAck().packetId(message.variableHeader().messageId());
    Set<String> granted = new LinkedHashSet<>();
    for (MqttTopicSubscription wanted : message.payload().topicSubscriptions()) {
      String filter = wanted.topicFilter();
      boolean known = subscriptions.containsKey(filter);
      if (!rights.maySubscribe(filter) || (!known && subscriptions.size() >= subscriptionsMax)) {
        answer.addGrantedQos(MqttQoS.FAILURE);
        continue;
      }
      // QoS 2 is granted as 1: the server may grant less (MQTT 3.1.1 §3.8.4-6).
      MqttQoS qos =
          wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE
              ? MqttQoS.AT_MOST_ONCE
              : MqttQoS.AT_LEAST_ONCE;
      subscriptions.put(filter, qos);
      granted.add(filter);
      answer.addGrantedQos(qos);
    }
    context.write(answer.build(), context.voidPromise());
    for (String filter : granted) {
      topics.subscribe(filter, this);
      topics.forEach(filter, (topic, payload) -> put(topic, new Waiting(payload, true)));
    }
    send();
    context.flush();
  }

  /** Answers an UNSUBSCRIBE. */
  void unsubscribe(MqttUnsubscribeMessage message) {
    for (String filter : message.payload().topics()) {
      if (subscriptions.remove(filter) != null) {
        topics.unsubscribe(filter, this);
        waitingAtMostOnce.keySet().removeIf(topic -> grantedQos(topic).isEmpty());
        waitingAtLeastOnce.keySet().removeIf(topic -> grantedQos(topic).isEmpty());
      }
    }
    context.writeAndFlush(
        MqttMessageBuilders.unsubAck().packetId(message.variableHeader().messageId()).build(),
        context.voidPromise());
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
  private Optional<MqttQoS> grantedQos(String topic) {
    return Topics.filtersOf(topic).stream()
        .map(subscriptions::get)
        .filter(Objects::nonNull)
        .max(Comparator.comparing(MqttQoS::value));
  }

  private void put(String topic, Waiting message) {
    Optional<MqttQoS> qos = grantedQos(topic);
    if (qos.isEmpty()) {
      return;
    }
    boolean atMostOnce = qos.get() == MqttQoS.AT_MOST_ONCE;
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
      sendFirst(waitingAtMostOnce, MqttQoS.AT_MOST_ONCE);
      any = true;
    }
    while (!waitingAtLeastOnce.isEmpty()
        && inFlight.size() < inFlightMax
        && context.channel().isWritable()) {
      sendFirst(waitingAtLeastOnce, MqttQoS.AT_LEAST_ONCE);
      any = true;
    }
    return any;
  }

  private void sendFirst(Map<String, Waiting> waiting, MqttQoS qos) {
    Iterator<Map.Entry<String, Waiting>> first = waiting.entrySet().iterator();
    Map.Entry<String, Waiting> next = first.next();
    first.remove();
    context.write(publish(next.getKey(), next.getValue(), qos), context.voidPromise());
    counters.countSent();
  }

  private MqttPublishMessage publish(String topic, Waiting message, MqttQoS qos) {
    MqttMessageBuilders.PublishBuilder publish =
        MqttMessageBuilders.publish()
            .topicName(topic)
            .qos(qos)
            // Set only on what a new subscription brings (MQTT 3.1.1 §3.3.1-8, -9).
            .retained(message.retained)
            .payload(Unpooled.wrappedBuffer(message.payload));
    return qos == MqttQoS.AT_LEAST_ONCE
        ? publish.messageId(nextPacketId()).build()
        : publish.build();
  }

  private int nextPacketId() {
    do {
      lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    } while (!inFlight.add(lastPacketId));
    return lastPacketId;
  }
}
