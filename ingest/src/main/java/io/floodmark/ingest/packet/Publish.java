package io.floodmark.ingest.packet;

/**
 * PUBLISH (§3.3). Immutable; whoever asks for its bytes must not change them.
 *
 * <p>A class and not a record with accessors that copy: a reading comes by here a hundred thousand
 * times a second.
 */
public final class Publish implements Packet {
  private final int flags;
  private final String topic;
  private final int packetId;
  private final PublishProperties properties;
  private final byte[] payload;

  private static final int RETAIN = 0x01;
  private static final int DUP = 0x08;

  /**
   * A packet.
   *
   * @param flags the lower half of the first byte
   * @param topic empty if an alias stands for it
   * @param packetId 1 to 65,535; 0 for QoS 0
   * @param payload not copied
   */
  public Publish(
      int flags, String topic, int packetId, PublishProperties properties, byte[] payload) {
    this.flags = flags;
    this.topic = topic;
    this.packetId = packetId;
    this.properties = properties;
    this.payload = payload;
  }

  /** 0, 1 or 2. */
  public int qos() {
    return (flags >> 1) & 0x03;
  }

  /** Whether it was sent before (DUP). */
  public boolean isRepeated() {
    return (flags & DUP) != 0;
  }

  /** Whether it is to be kept for later subscribers. */
  public boolean isRetain() {
    return (flags & RETAIN) != 0;
  }

  /** Where to; empty if {@link PublishProperties#topicAlias} stands for it. */
  public String topic() {
    return topic;
  }

  /** 1 to 65,535; 0 for QoS 0. */
  public int packetId() {
    return packetId;
  }

  /** What MQTT 5 says beside. */
  public PublishProperties properties() {
    return properties;
  }

  /** What is sent; not a copy. */
  public byte[] payload() {
    return payload;
  }
}
