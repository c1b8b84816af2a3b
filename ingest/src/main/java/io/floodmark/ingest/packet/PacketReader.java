package io.floodmark.ingest.packet;

import io.floodmark.ingest.broker.Subscription.RetainHandling;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the packets that a client sends, in the version that its CONNECT says. Everything that can
 * be wrong with one packet by itself is found here. Confined to the connection's event loop.
 *
 * <p>Netty's own decoder is not used: it takes properties of more than 127 bytes for shorter than
 * they are, so that the last of them ends up in the payload, and it looks for neither duplicates
 * nor forbidden ones.
 */
public final class PacketReader {
  private static final int TYPE_SHIFT = 4;
  private static final int FLAGS = 0x0f;
  private static final int FLAGS_OF_REQUESTS = 0x02;
  private static final int DUP = 0x08;
  private static final int QOS_3 = 3;

  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int PUBREC = 5;
  private static final int PUBREL = 6;
  private static final int PUBCOMP = 7;
  private static final int SUBSCRIBE = 8;
  private static final int UNSUBSCRIBE = 10;
  private static final int PINGREQ = 12;
  private static final int DISCONNECT = 14;
  private static final int AUTH = 15;

  private static final RetainHandling[] RETAIN_HANDLINGS = RetainHandling.values();

  private final Body body = new Body();

  /** What CONNECT said; until then the older, whose clients are not to be answered. */
  private ProtocolVersion version = ProtocolVersion.MQTT_3_1_1;

  /** The version that is spoken, as far as is known. */
  public ProtocolVersion version() {
    return version;
  }

  /** The type of a packet by its first byte (§2.1.2). */
  public static boolean isConnect(int firstByte) {
    return firstByte >> TYPE_SHIFT == CONNECT;
  }

  /** The same. */
  public static boolean isPublish(int firstByte) {
    return firstByte >> TYPE_SHIFT == PUBLISH;
  }

  /**
   * Reads one packet.
   *
   * @param firstByte its first byte
   * @param in what holds the rest of it; its reader index stays where it is
   * @param start where the variable header begins
   * @param end where the packet ends
   * @throws Breach if it is none
   */
  public Packet read(int firstByte, ByteBuf in, int start, int end) {
    body.over(in, start, end);
    try {
      int type = firstByte >> TYPE_SHIFT;
      int flags = firstByte & FLAGS;
      if (type == PUBLISH) {
        return publish(flags);
      }
      boolean isRequest = type == PUBREL || type == SUBSCRIBE || type == UNSUBSCRIBE;
      if (flags != (isRequest ? FLAGS_OF_REQUESTS : 0)) {
        throw Breach.unreadable("reserved flags (MQTT-2.1.3-1)");
      }
      Packet packet = other(type);
      if (!body.isAtEnd()) {
        throw Breach.unreadable("a packet that goes on after its end");
      }
      return packet;
    } finally {
      body.done();
    }
  }

  private Packet other(int type) {
    return switch (type) {
      case CONNECT -> connect();
      case PUBACK -> acknowledgement(AckType.PUBACK);
      case PUBREC -> acknowledgement(AckType.PUBREC);
      case PUBREL -> acknowledgement(AckType.PUBREL);
      case PUBCOMP -> acknowledgement(AckType.PUBCOMP);
      case SUBSCRIBE -> subscribe();
      case UNSUBSCRIBE -> unsubscribe();
      case PINGREQ -> Packet.Ping.INSTANCE;
      case DISCONNECT -> disconnect();
      case AUTH -> authenticate();
      default -> throw Breach.forbidden("packet type " + type + " from a client");
    };
  }

  private Packet connect() {
    ConnectReader reader = new ConnectReader(body);
    version = reader.version();
    return reader.read();
  }

  private Publish publish(int flags) {
    int qos = (flags >> 1) & QOS_3;
    if (qos == QOS_3) {
      throw Breach.unreadable("QoS 3 (MQTT-3.3.1-4)");
    }
    if (qos == 0 && (flags & DUP) != 0) {
      throw Breach.unreadable("DUP on QoS 0 (MQTT-3.3.1-2)");
    }
    String topic = body.topic();
    if (topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
      throw Breach.of(ReasonCode.TOPIC_NAME_INVALID, "a topic with a wildcard (MQTT-3.3.2-2)");
    }
    int packetId = qos == 0 ? 0 : body.packetId();
    PublishProperties properties =
        version.isMqtt5() ? PublishPropertiesReader.ofPublish(body) : PublishProperties.NONE;
    if (topic.isEmpty() && properties.topicAlias() == 0) {
      throw Breach.forbidden("neither a topic nor an alias (MQTT-4.7.3-1)");
    }
    return new Publish(flags, topic, packetId, properties, body.rest());
  }

  private Packet acknowledgement(AckType type) {
    int packetId = body.packetId();
    int reasonCode = 0;
    if (version.isMqtt5() && !body.isAtEnd()) {
      reasonCode = body.uint8();
      skipReasonProperties();
    }
    return new Packet.Acknowledgement(type, packetId, reasonCode);
  }

  private void skipReasonProperties() {
    if (body.isAtEnd()) {
      return;
    }
    Properties properties = new Properties(body, body.variable());
    for (int id = properties.next(); id != Properties.END; id = properties.next()) {
      switch (id) {
        case Properties.REASON_STRING -> body.skipString();
        case Properties.USER_PROPERTY -> properties.userProperty();
        default -> throw Properties.notHere(id);
      }
    }
  }

  private Packet subscribe() {
    int packetId = body.packetId();
    int identifier = version.isMqtt5() ? subscriptionIdentifier() : 0;
    List<Packet.Filter> filters = new ArrayList<>();
    while (!body.isAtEnd()) {
      filters.add(filter(body.string(), body.uint8()));
    }
    if (filters.isEmpty()) {
      throw Breach.forbidden("SUBSCRIBE without a filter (MQTT-3.8.3-2)");
    }
    return new Packet.Subscribe(packetId, identifier, filters);
  }

  private int subscriptionIdentifier() {
    int identifier = 0;
    Properties properties = new Properties(body, body.variable());
    for (int id = properties.next(); id != Properties.END; id = properties.next()) {
      switch (id) {
        case Properties.SUBSCRIPTION_IDENTIFIER -> {
          identifier = body.variable();
          if (identifier == 0) {
            throw Breach.forbidden("subscription identifier 0 (§3.8.2.1.2)");
          }
        }
        case Properties.USER_PROPERTY -> properties.userProperty();
        default -> throw Properties.notHere(id);
      }
    }
    return identifier;
  }

  /** Bits that only MQTT 5 gives a meaning to must be zero in 3.1.1 (MQTT-3-8.3-4). */
  private Packet.Filter filter(String filter, int options) {
    int qos = options & QOS_3;
    int retainHandling = (options >> 4) & 0x03;
    boolean reserved = (options & 0xc0) != 0 || (!version.isMqtt5() && options != qos);
    if (filter.isEmpty() || reserved || qos == QOS_3) {
      throw Breach.unreadable("SUBSCRIBE with an empty filter or reserved bits");
    }
    if (retainHandling >= RETAIN_HANDLINGS.length) {
      throw Breach.forbidden("retain handling 3 (§3.8.3.1)");
    }
    boolean noLocal = (options & 0x04) != 0;
    if (noLocal && filter.startsWith("$share/")) {
      throw Breach.forbidden("no-local on a shared subscription (MQTT-3.8.3-4)");
    }
    return new Packet.Filter(
        filter, qos, noLocal, (options & 0x08) != 0, RETAIN_HANDLINGS[retainHandling]);
  }

  private Packet unsubscribe() {
    int packetId = body.packetId();
    if (version.isMqtt5()) {
      Properties properties = new Properties(body, body.variable());
      for (int id = properties.next(); id != Properties.END; id = properties.next()) {
        if (id != Properties.USER_PROPERTY) {
          throw Properties.notHere(id);
        }
        properties.userProperty();
      }
    }
    List<String> filters = new ArrayList<>();
    while (!body.isAtEnd()) {
      filters.add(body.string());
    }
    if (filters.isEmpty()) {
      throw Breach.forbidden("UNSUBSCRIBE without a filter (MQTT-3.10.3-2)");
    }
    return new Packet.Unsubscribe(packetId, filters);
  }

  private Packet disconnect() {
    int reasonCode = 0;
    OptionalLong sessionExpirySeconds = OptionalLong.empty();
    if (version.isMqtt5() && !body.isAtEnd()) {
      reasonCode = body.uint8();
      if (!body.isAtEnd()) {
        sessionExpirySeconds = disconnectProperties();
      }
    }
    return new Packet.Disconnect(reasonCode, sessionExpirySeconds);
  }

  private OptionalLong disconnectProperties() {
    OptionalLong sessionExpirySeconds = OptionalLong.empty();
    Properties properties = new Properties(body, body.variable());
    for (int id = properties.next(); id != Properties.END; id = properties.next()) {
      switch (id) {
        case Properties.SESSION_EXPIRY -> sessionExpirySeconds = OptionalLong.of(body.uint32());
        case Properties.REASON_STRING -> body.skipString();
        case Properties.USER_PROPERTY -> properties.userProperty();
        default -> throw Properties.notHere(id);
      }
    }
    return sessionExpirySeconds;
  }

  /** Nobody authenticates by an exchange here, so nothing of it has to be read. */
  private Packet authenticate() {
    if (!version.isMqtt5()) {
      throw Breach.forbidden("AUTH in 3.1.1");
    }
    body.rest();
    return new Packet.Authenticate();
  }
}
