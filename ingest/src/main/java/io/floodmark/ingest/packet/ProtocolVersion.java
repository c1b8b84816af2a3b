package io.floodmark.ingest.packet;

/** The versions of the protocol that are spoken here, by the level in CONNECT (§3.1.2.2). */
public enum ProtocolVersion {
  MQTT_3_1_1(4),
  MQTT_5(5);

  private final int level;

  ProtocolVersion(int level) {
    this.level = level;
  }

  /** The byte that stands for it. */
  public int level() {
    return level;
  }

  /** Whether packets carry reason codes and properties. */
  public boolean isMqtt5() {
    return this == MQTT_5;
  }
}
