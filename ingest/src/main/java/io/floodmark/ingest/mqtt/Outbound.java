package io.floodmark.ingest.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one session is subscribed to, and what is on its way to it.
 *
 * <p>Of each topic only the newest message waits, so a slow subscriber holds no more than it has
 * subscriptions, and gets the newest once it catches up. Confined to the connection's event loop,
 * but for {@link #offer}.
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
  private final MqttLimits limits;
  private final MqttCounters counters;

  private final Map<String, MqttQoS> subscriptions = new HashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Set<Integer> inFlight = new HashSet<>();
  private int lastPacketId;

  Outbound(
      ChannelHandlerContext context,
      RetainedTopics topics,
      Rights rights,
      MqttLimits limits,
      MqttCounters counters) {
    this.context = context;
    this.topics = topics;
    this.rights = rights;
    this.limits = limits;
    this.counters = counters;
  }

  /** Answers a SUBSCRIBE; then what is retained goes out, before anything newer. */
  void subscribe(MqttSubscribeMessage message) {
    MqttMessageBuilders.SubAckBuilder answer =
        MqttMessageBuilders.subAck().packetId(message.variableHeader().messageId());
    Set<String> granted = new LinkedHashSet<>();
    for (MqttTopicSubscription wanted : message.payload().topicSubscriptions()) {
      String topic = wanted.topicFilter();
      boolean known = subscriptions.containsKey(topic);
      if (!rights.maySubscribe(topic)
          || (!known && subscriptions.size() >= limits.subscriptionsMax())) {
        answer.addGrantedQos(MqttQoS.FAILURE);
        continue;
      }
      // QoS 2 is granted as 1: the server may grant less (MQTT 3.1.1 §3.8.4-6).
      MqttQoS qos =
          wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE
              ? MqttQoS.AT_MOST_ONCE
              : MqttQoS.AT_LEAST_ONCE;
      subscriptions.put(topic, qos);
      granted.add(topic);
      answer.addGrantedQos(qos);
    }
    context.write(answer.build(), context.voidPromise());
    for (String topic : granted) {
      topics.subscribe(topic, this);
      topics.find(topic).ifPresent(payload -> put(topic, new Waiting(payload, true)));
    }
    send();
    context.flush();
  }

  /** Answers an UNSUBSCRIBE. */
  void unsubscribe(MqttUnsubscribeMessage message) {
    for (String topic : message.payload().topics()) {
      if (subscriptions.remove(topic) != null) {
        topics.unsubscribe(topic, this);
        waiting.remove(topic);
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
          if (subscriptions.containsKey(topic)) {
            put(topic, new Waiting(payload, false));
            sendAndFlush();
          }
        });
  }

  /** The connection is gone. */
  void close() {
    subscriptions.keySet().forEach(topic -> topics.unsubscribe(topic, this));
    subscriptions.clear();
    waiting.clear();
    inFlight.clear();
  }

  private void put(String topic, Waiting message) {
    if (waiting.put(topic, message) != null) {
      counters.countSuperseded();
    }
  }

  private void sendAndFlush() {
    if (send()) {
      context.flush();
    }
  }

  private boolean send() {
    boolean any = false;
    Iterator<Map.Entry<String, Waiting>> next = waiting.entrySet().iterator();
    while (next.hasNext() && context.channel().isWritable()) {
      Map.Entry<String, Waiting> entry = next.next();
      MqttQoS qos = subscriptions.get(entry.getKey());
      if (qos == MqttQoS.AT_LEAST_ONCE && inFlight.size() >= limits.outboundInFlightMax()) {
        continue;
      }
      next.remove();
      context.write(publish(entry.getKey(), entry.getValue(), qos), context.voidPromise());
      counters.countSent();
      any = true;
    }
    return any;
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
