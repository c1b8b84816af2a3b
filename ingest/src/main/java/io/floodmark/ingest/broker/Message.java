package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.Optional;

/**
 * An Application Message, as it was published. Whoever has one does not change its bytes, and
 * nobody compares them.
 *
 * @param topic a valid topic name; aliases are resolved
 * @param payload its content
 * @param qos with which it was published, 0, 1 or 2
 * @param retain whether it is the topic's retained message from now on (§3.3.1.3)
 * @param expiresAt when nobody is to be sent it any more; empty for never (§3.3.2.3.3)
 * @param properties what passes through unaltered, as MQTT 5 encodes it, without a length: payload
 *     format, content type, response topic, correlation data, user properties; empty for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Message(
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    Optional<Instant> expiresAt,
    byte[] properties) {

  private static final byte[] NO_PROPERTIES = {};

  /**
   * Checks topic and QoS.
   *
   * @throws IllegalArgumentException if {@code topic} is no topic name, or {@code qos} is none
   */
  public Message {
    if (!TopicName.isValid(topic)) {
      throw new IllegalArgumentException("Not a topic name: \"" + topic + "\"");
    }
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("Not a QoS: " + qos);
    }
  }

  /** A message of which nothing more is said. */
  public static Message of(String topic, byte[] payload, int qos, boolean retain) {
    return new Message(topic, payload, qos, retain, Optional.empty(), NO_PROPERTIES);
  }

  /** Whether its time is over. */
  boolean hasExpired(Instant now) {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
  }

  /** What it takes in a queue. */
  int sizeBytes() {
    return payload.length + properties.length;
  }
}
