package io.floodmark.ingest.packet;

import java.util.Optional;

/** Reads a CONNECT (§3.1). Serves for one. */
final class ConnectReader {
  private static final String PROTOCOL = "MQTT";

  private static final int RESERVED = 0x01;
  private static final int CLEAN_START = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_QOS_SHIFT = 3;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USER = 0x80;
  private static final int QOS_3 = 3;

  // What MQTT 5.0 takes for granted where nothing is said (§3.1.2.11).
  private static final int RECEIVE_MAX = 65_535;

  private final Body body;
  private final ProtocolVersion version;

  private long sessionExpirySeconds;
  private int receiveMax = RECEIVE_MAX;
  private long packetBytesMax = Long.MAX_VALUE;
  private int topicAliasMax;
  private boolean wantsProblems = true;
  private boolean authenticates;

  /**
   * Reads up to the protocol level.
   *
   * @throws Breach with 0x84 if it is of neither version
   */
  ConnectReader(Body body) {
    this.body = body;
    String protocol = body.string();
    int level = body.uint8();
    if (protocol.equals(PROTOCOL) && level == ProtocolVersion.MQTT_3_1_1.level()) {
      version = ProtocolVersion.MQTT_3_1_1;
    } else if (protocol.equals(PROTOCOL) && level == ProtocolVersion.MQTT_5.level()) {
      version = ProtocolVersion.MQTT_5;
    } else {
      throw Breach.of(ReasonCode.UNSUPPORTED_VERSION, "it speaks neither MQTT 3.1.1 nor MQTT 5.0");
    }
  }

  ProtocolVersion version() {
    return version;
  }

  /** Reads the rest. */
  Connect read() {
    int flags = body.uint8();
    check(flags);
    boolean cleanStart = (flags & CLEAN_START) != 0;
    int keepAliveSeconds = body.uint16();
    if (version.isMqtt5()) {
      properties();
    } else {
      // A session that 3.1.1 keeps, it keeps for ever (MQTT 5.0 §3.1.2.11.2, non-normative).
      sessionExpirySeconds = cleanStart ? 0 : Connect.NEVER_EXPIRES;
    }
    String clientId = body.string();
    Optional<Will> will = (flags & WILL) != 0 ? Optional.of(will(flags)) : Optional.empty();
    Optional<String> user = (flags & USER) != 0 ? Optional.of(body.string()) : Optional.empty();
    Optional<byte[]> password =
        (flags & PASSWORD) != 0 ? Optional.of(body.binary()) : Optional.empty();
    return new Connect(
        version,
        clientId,
        cleanStart,
        keepAliveSeconds,
        sessionExpirySeconds,
        receiveMax,
        packetBytesMax,
        topicAliasMax,
        wantsProblems,
        authenticates,
        will,
        user,
        password);
  }

  private void check(int flags) {
    int willQos = (flags >> WILL_QOS_SHIFT) & QOS_3;
    if ((flags & RESERVED) != 0) {
      throw Breach.unreadable("the reserved flag of CONNECT (MQTT-3.1.2-3)");
    }
    if ((flags & WILL) == 0 && (willQos != 0 || (flags & WILL_RETAIN) != 0)) {
      throw Breach.unreadable("will flags without a will (MQTT-3.1.2-11, -13)");
    }
    if (willQos == QOS_3) {
      throw Breach.unreadable("a will with QoS 3 (MQTT-3.1.2-12)");
    }
    if (!version.isMqtt5() && (flags & PASSWORD) != 0 && (flags & USER) == 0) {
      throw Breach.unreadable("a password without a user name (3.1.1: MQTT-3.1.2-22)");
    }
  }

  private void properties() {
    Properties properties = new Properties(body, body.variable());
    for (int id = properties.next(); id != Properties.END; id = properties.next()) {
      switch (id) {
        case Properties.SESSION_EXPIRY -> sessionExpirySeconds = body.uint32();
        case Properties.RECEIVE_MAXIMUM -> receiveMax = properties.positive();
        case Properties.MAXIMUM_PACKET_SIZE -> packetBytesMax = packetBytesMax(body.uint32());
        case Properties.TOPIC_ALIAS_MAXIMUM -> topicAliasMax = body.uint16();
        case Properties.REQUEST_PROBLEM_INFORMATION -> wantsProblems = properties.flag();
        // We may leave out what is asked for here (§3.1.2.11.6), and do.
        case Properties.REQUEST_RESPONSE_INFORMATION -> properties.flag();
        case Properties.AUTHENTICATION_METHOD -> {
          body.skipString();
          authenticates = true;
        }
        case Properties.AUTHENTICATION_DATA -> body.advance(body.uint16());
        case Properties.USER_PROPERTY -> properties.userProperty();
        default -> throw Properties.notHere(id);
      }
    }
    if (properties.has(Properties.AUTHENTICATION_DATA) && !authenticates) {
      throw Breach.forbidden("authentication data without a method (§3.1.2.11.10)");
    }
  }

  private static long packetBytesMax(long bytes) {
    if (bytes == 0) {
      throw Breach.forbidden("a maximum packet size of 0 (§3.1.2.11.4)");
    }
    return bytes;
  }

  private Will will(int flags) {
    PublishProperties properties =
        version.isMqtt5() ? PublishPropertiesReader.ofWill(body) : PublishProperties.NONE;
    String topic = body.string();
    byte[] payload = body.binary();
    if (topic.isEmpty() || topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
      throw Breach.of(ReasonCode.TOPIC_NAME_INVALID, "a will on what is no topic (MQTT-4.7.3-1)");
    }
    return new Will(
        topic, payload, (flags >> WILL_QOS_SHIFT) & QOS_3, (flags & WILL_RETAIN) != 0, properties);
  }
}
