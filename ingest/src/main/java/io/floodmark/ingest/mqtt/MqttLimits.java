package io.floodmark.ingest.mqtt;

/**
 * Every bound of the listener, told to operators in {@code docs/limits.md}. What a stranger can
 * make us hold is their product.
 *
 * @param connectionsMax connections at a time; further ones are closed at once
 * @param sessionsPerSensorMax sessions of one sensor at a time; beyond it the oldest is closed
 * @param sessionsPerReaderMax the same of one API token
 * @param sessionsOpenMax the same of all open clients
 * @param connectTimeoutMillis time to send a CONNECT
 * @param payloadBytesMax largest payload of a PUBLISH, at most 16 MiB; larger ones are rejected
 * @param controlBytesMax remaining length of any other packet, 64 or more; larger ones are
 *     malformed
 * @param topicCharsMax how much of a topic is recorded with what was rejected
 * @param clientIdCharsMax length of a client id
 * @param receiveMax messages of QoS 1 and 2 that one client may have under way; MQTT 5 is told so
 *     and closed beyond it, 3.1.1 is read no further
 * @param topicAliasMax topic aliases that one client may use
 * @param keepAliveSecondsMax longest keep-alive of a client of MQTT 5, which can be told so; 0,
 *     which is none, counts as longer
 * @param openKeepAliveSecondsMax the same of an open client
 * @param writeStallMillis how long a client may take nothing of what it is sent
 * @param rates how much one address and one sensor may do
 */
public record MqttLimits(
    int connectionsMax,
    int sessionsPerSensorMax,
    int sessionsPerReaderMax,
    int sessionsOpenMax,
    int connectTimeoutMillis,
    int payloadBytesMax,
    int controlBytesMax,
    int topicCharsMax,
    int clientIdCharsMax,
    int receiveMax,
    int topicAliasMax,
    int keepAliveSecondsMax,
    int openKeepAliveSecondsMax,
    int writeStallMillis,
    MqttRates rates) {

  /** 64 KiB: some hundreds of readings that a sensor stored while it was offline. */
  public static final int DEFAULT_PAYLOAD_BYTES_MAX = 65_536;

  /** What is in force unless a setting says otherwise. */
  public static final MqttLimits DEFAULT =
      new MqttLimits(
          20_000,
          4,
          16,
          1_000,
          10_000,
          DEFAULT_PAYLOAD_BYTES_MAX,
          8_192,
          256,
          256,
          1_000,
          16,
          3_600,
          60,
          60_000,
          MqttRates.DEFAULT);

  private static final int PAYLOAD_BYTES_CEILING = 16 * 1024 * 1024;
  private static final int CONTROL_BYTES_FLOOR = 64;
  private static final int PACKET_IDS = 65_535;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the limit that is out of its range
   */
  public MqttLimits {
    within("connectionsMax", connectionsMax, 1, Integer.MAX_VALUE);
    within("sessionsPerSensorMax", sessionsPerSensorMax, 1, Integer.MAX_VALUE);
    within("sessionsPerReaderMax", sessionsPerReaderMax, 1, Integer.MAX_VALUE);
    within("sessionsOpenMax", sessionsOpenMax, 1, Integer.MAX_VALUE);
    within("connectTimeoutMillis", connectTimeoutMillis, 1, Integer.MAX_VALUE);
    within("payloadBytesMax", payloadBytesMax, 1, PAYLOAD_BYTES_CEILING);
    within("controlBytesMax", controlBytesMax, CONTROL_BYTES_FLOOR, PAYLOAD_BYTES_CEILING);
    within("topicCharsMax", topicCharsMax, 1, PACKET_IDS);
    within("clientIdCharsMax", clientIdCharsMax, 1, PACKET_IDS);
    within("receiveMax", receiveMax, 1, PACKET_IDS);
    within("topicAliasMax", topicAliasMax, 0, PACKET_IDS);
    within("keepAliveSecondsMax", keepAliveSecondsMax, 1, PACKET_IDS);
    within("openKeepAliveSecondsMax", openKeepAliveSecondsMax, 1, PACKET_IDS);
    within("writeStallMillis", writeStallMillis, 1, Integer.MAX_VALUE);
  }

  /** The same with another largest payload, in bytes. */
  public MqttLimits withPayloadBytesMax(int bytes) {
    return with(bytes, rates);
  }

  /** The same with other rates. */
  public MqttLimits withRates(MqttRates others) {
    return with(payloadBytesMax, others);
  }

  private MqttLimits with(int payloadBytes, MqttRates others) {
    return new MqttLimits(
        connectionsMax,
        sessionsPerSensorMax,
        sessionsPerReaderMax,
        sessionsOpenMax,
        connectTimeoutMillis,
        payloadBytes,
        controlBytesMax,
        topicCharsMax,
        clientIdCharsMax,
        receiveMax,
        topicAliasMax,
        keepAliveSecondsMax,
        openKeepAliveSecondsMax,
        writeStallMillis,
        others);
  }

  /** Longest keep-alive of a client of MQTT 5. */
  int keepAliveSecondsMax(Client client) {
    return client.key().kind() == Client.Kind.OPEN ? openKeepAliveSecondsMax : keepAliveSecondsMax;
  }

  private static void within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
    }
  }
}
