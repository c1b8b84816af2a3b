package io.floodmark.ingest.broker;

import java.util.List;
import java.util.OptionalLong;

/** A packet that has to be sent now, in the order in which it was polled. */
public sealed interface Outgoing {
  /**
   * A PUBLISH.
   *
   * @param message topic, payload and properties; its own QoS, retain flag and time are not to be
   *     sent
   * @param qos with which it is sent
   * @param retain the RETAIN flag
   * @param dup the DUP flag
   * @param packetId 1 to 65,535; 0 with QoS 0
   * @param subscriptionIds identifiers of the subscriptions that match (§3.3.2.3.8)
   * @param expirySeconds message expiry interval that is left (MQTT-3.3.2-6)
   */
  record Publish(
      Message message,
      int qos,
      boolean retain,
      boolean dup,
      int packetId,
      List<Integer> subscriptionIds,
      OptionalLong expirySeconds)
      implements Outgoing {}

  /**
   * A PUBREL.
   *
   * @param packetId of the message of QoS 2 that the client has received
   */
  record Release(int packetId) implements Outgoing {}
}
