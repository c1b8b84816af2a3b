package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerConnection;
import io.floodmark.ingest.broker.Message;
import io.floodmark.ingest.broker.PublishOutcome;
import io.floodmark.ingest.broker.TopicName;
import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.PublishProperties;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.ingest.packet.Will;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an open client publishes goes to those subscribed. Confined to the connection's event loop.
 */
final class Relay implements Inlet {
  private static final int QOS_2 = 2;

  private final Broker broker;
  private final BrokerConnection connection;
  private final InstantSource clock;
  private final boolean mqtt5;

  Relay(Broker broker, BrokerConnection connection, InstantSource clock, boolean mqtt5) {
    this.broker = broker;
    this.connection = connection;
    this.clock = clock;
    this.mqtt5 = mqtt5;
  }

  @Override
  public void publish(String topic, Publish message, Receipt receipt) {
    Optional<ReasonCode> refused = refusal(topic);
    if (refused.isPresent()) {
      refuse(topic, refused.get(), message.qos(), receipt);
      return;
    }
    Message passedOn =
        message(
            topic,
            message.payload(),
            message.qos(),
            message.isRetain(),
            message.properties(),
            clock.instant());
    Consumer<PublishOutcome> safe =
        outcome -> {
          receipt.because(reason(outcome), "");
          receipt.committed();
        };
    if (message.qos() == QOS_2) {
      connection.publishExactlyOnce(message.packetId(), passedOn, safe);
    } else {
      connection.publish(passedOn, safe);
    }
  }

  @Override
  public void publish(String topic, OversizePublish message, Receipt receipt) {
    // Nobody but the client has to know of it.
    receipt.because(ReasonCode.QUOTA_EXCEEDED, message.rejection().detail());
    receipt.committed();
  }

  @Override
  public boolean knowsWhatComesAgain() {
    return false;
  }

  @Override
  public boolean isFull(boolean held) {
    return broker.isFull();
  }

  @Override
  public void whenRoom(Object key, Runnable resume) {
    broker.whenRoom(key, resume);
  }

  @Override
  public void forget(Object key) {
    broker.forget(key);
  }

  /** Why nobody may publish to {@code topic} but the server; empty if an open client may. */
  static Optional<ReasonCode> refusal(String topic) {
    if (!TopicName.isValid(topic)) {
      return Optional.of(ReasonCode.TOPIC_NAME_INVALID);
    }
    // What begins with $ is the server's own, and clients must not talk by it (§4.7.2).
    return Topics.isOpen(topic) && !isServers(topic)
        ? Optional.empty()
        : Optional.of(ReasonCode.NOT_AUTHORIZED);
  }

  /** The will of an open client, as it is said at {@code now}. */
  static Message message(Will will, Instant now) {
    return message(will.topic(), will.payload(), will.qos(), will.retain(), will.properties(), now);
  }

  private static Message message(
      String topic,
      byte[] payload,
      int qos,
      boolean retain,
      PublishProperties properties,
      Instant now) {
    Optional<Instant> expiresAt =
        properties.expirySeconds() == PublishProperties.NEVER
            ? Optional.empty()
            : Optional.of(now.plusSeconds(properties.expirySeconds()));
    return new Message(topic, payload, qos, retain, expiresAt, properties.passedOn());
  }

  /**
   * In 3.1.1 and with QoS 0 only by closing the connection, or by an answer that says nothing
   * (3.1.1: MQTT-3.3.5-2). Of topics that nobody can hear of, the latter will do. No words: suites
   * do not read them.
   */
  private void refuse(String topic, ReasonCode code, int qos, Receipt receipt) {
    boolean canBeTold = mqtt5 && qos > 0;
    if (!canBeTold && (mqtt5 || !isServers(topic))) {
      throw Breach.of(code, "this topic is not for open clients");
    }
    receipt.because(code, "");
    receipt.committed();
  }

  private static boolean isServers(String topic) {
    return topic.startsWith("$");
  }

  private static ReasonCode reason(PublishOutcome outcome) {
    return switch (outcome) {
      case ROUTED -> ReasonCode.SUCCESS;
      case NO_MATCHING_SUBSCRIBERS -> ReasonCode.NO_MATCHING_SUBSCRIBERS;
      case QUOTA_EXCEEDED -> ReasonCode.QUOTA_EXCEEDED;
    };
  }
}
