package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.BrokerConnection;
import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;
import java.util.HashSet;
import java.util.Set;

/**
 * What a client publishes, up to where it goes: aliases, the exchange of QoS 2 and the bound of
 * what it may have under way. Confined to the connection's event loop.
 *
 * <p>Exactly once (§4.3.3): a packet id is remembered from the PUBLISH to its PUBREL, and a PUBLISH
 * that comes again in between is answered and goes nowhere. Of messages of others the broker
 * remembers it beyond the connection.
 *
 * <p>Of readings no packet id of an earlier connection counts, and so none is remembered: a device
 * that has started anew begins with the same ids, and one that was elsewhere meanwhile has used
 * them. Their own identity, sensor and time, makes them once, and a lost reading costs more than
 * one without a time that is stored twice.
 */
final class Inbound {
  private final AckFifo acks;
  private final Inlet inlet;
  private final BrokerConnection connection;
  private final boolean resumed;
  private final TopicAliases aliases;
  private final int underWayMax;
  private final boolean mqtt5;

  /** Packet ids of QoS 2 from PUBLISH to PUBREL; made once there is one. */
  private Set<Integer> unreleased = Set.of();

  /** Messages whose exchange is not at its end, for Receive Maximum (MQTT 5.0 §4.9). */
  private int underWay;

  /**
   * Of one connection.
   *
   * @param connection what remembers packet ids
   * @param resumed whether the session had an earlier connection
   */
  Inbound(
      AckFifo acks,
      Inlet inlet,
      BrokerConnection connection,
      boolean resumed,
      MqttLimits limits,
      boolean mqtt5) {
    this.acks = acks;
    this.inlet = inlet;
    this.connection = connection;
    this.resumed = resumed;
    this.aliases = new TopicAliases(limits.topicAliasMax());
    this.underWayMax = limits.receiveMax();
    this.mqtt5 = mqtt5;
  }

  /**
   * Takes in a PUBLISH.
   *
   * @throws Breach if it may not be sent
   */
  void publish(Publish message) {
    String topic = aliases.topic(message);
    switch (message.qos()) {
      case 0 -> inlet.publish(topic, message, Inlet.Receipt.NOBODY);
      case 1 -> inlet.publish(topic, message, begin(AckType.PUBACK, message.packetId()));
      default -> publishExactlyOnce(topic, message);
    }
  }

  private void publishExactlyOnce(String topic, Publish message) {
    int packetId = message.packetId();
    if (unreleased.contains(packetId) || isHeldFromBefore(packetId)) {
      // Behind the first in the queue: it too leaves only once that is safe.
      acks.owe(AckType.PUBREC, packetId).committed();
      return;
    }
    AckFifo.Owed receipt = begin(AckType.PUBREC, packetId);
    if (unreleased.isEmpty()) {
      unreleased = new HashSet<>();
    }
    unreleased.add(packetId);
    inlet.publish(topic, message, receipt);
  }

  private boolean isHeldFromBefore(int packetId) {
    return resumed && !inlet.knowsWhatComesAgain() && connection.isHeld(packetId);
  }

  /**
   * Takes in what is left of a PUBLISH that was too large: the last there is.
   *
   * @throws Breach if it may not be sent
   */
  void publish(OversizePublish message) {
    Publish head = message.head();
    String topic = aliases.topic(head);
    if (head.qos() == 0) {
      inlet.publish(topic, message, Inlet.Receipt.NOBODY);
    } else {
      AckType type = head.qos() == 1 ? AckType.PUBACK : AckType.PUBREC;
      inlet.publish(topic, message, begin(type, head.packetId()).last());
    }
  }

  /** Takes in a PUBREL, and answers it once that is safe. */
  void release(int packetId) {
    AckFifo.Owed completion = acks.owe(AckType.PUBCOMP, packetId);
    boolean isKnown = unreleased.contains(packetId) && unreleased.remove(packetId);
    if (inlet.knowsWhatComesAgain()) {
      // Of another connection it may be, and that is no error (MQTT 5.0 §3.7.2.1).
      if (!isKnown && !resumed) {
        completion.because(ReasonCode.PACKET_ID_NOT_FOUND, "");
      }
      completion.committed();
      return;
    }
    connection.release(
        packetId,
        wasHeld -> {
          if (!isKnown && !wasHeld) {
            completion.because(ReasonCode.PACKET_ID_NOT_FOUND, "");
          }
          completion.committed();
        });
  }

  /**
   * An acknowledgement has left.
   *
   * @param failed whether it says in MQTT 5 that the message was not taken
   */
  void acknowledged(AckType type, int packetId, boolean failed) {
    switch (type) {
      case PUBACK -> over();
      case PUBREC -> received(packetId, failed && mqtt5);
      case PUBCOMP -> {
        if (!failed) {
          over();
        }
      }
      default -> throw new IllegalStateException("Not an answer to a publisher: " + type);
    }
  }

  private void received(int packetId, boolean refused) {
    if (refused && unreleased.contains(packetId)) {
      unreleased.remove(packetId);
      // A message that was refused is over with that (MQTT-4.3.3-9); in 3.1.1 none ever is.
      if (!inlet.knowsWhatComesAgain()) {
        connection.release(packetId, wasHeld -> {});
      }
      over();
    }
  }

  /** One less; what an earlier connection began was never counted here. */
  private void over() {
    underWay = Math.max(0, underWay - 1);
  }

  /**
   * Whether the client has to be slowed down: one of 3.1.1 knows no bound of messages, and none
   * knows one of PUBREL.
   */
  boolean isFull() {
    return acks.size() >= (mqtt5 ? 2 * underWayMax : underWayMax);
  }

  private AckFifo.Owed begin(AckType type, int packetId) {
    if (mqtt5 && underWay >= underWayMax) {
      throw Breach.of(
          ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          "more than " + underWayMax + " messages of QoS 1 and 2 under way (MQTT-3.3.4-9)");
    }
    underWay++;
    return acks.owe(type, packetId);
  }
}
