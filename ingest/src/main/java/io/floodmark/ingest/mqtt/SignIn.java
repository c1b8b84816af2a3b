package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.time.InstantSource;
import java.util.Optional;

/** Judges a CONNECT (MQTT 3.1.1 §3.1). Safe for use by any thread. */
final class SignIn {
  private static final int QOS_MAX = 2;

  /** What a CONNECT comes to. */
  sealed interface Outcome permits Accepted, Refused, Malformed {}

  /**
   * It may come in.
   *
   * @param client who it is
   * @param clientId empty if it gave none
   * @param will what to say should it vanish
   * @param keepAliveSeconds 0 for no limit
   */
  record Accepted(Client client, String clientId, Optional<SensorStatus> will, int keepAliveSeconds)
      implements Outcome {}

  /**
   * It is told no.
   *
   * @param answer what it is told
   * @param reason what is counted
   * @param who what may be logged of who it says it is
   * @param why half a sentence
   */
  record Refused(MqttConnectReturnCode answer, MqttCounters.Refusal reason, String who, String why)
      implements Outcome {}

  /**
   * It breaks the protocol, and gets no answer.
   *
   * @param why half a sentence
   */
  record Malformed(String why) implements Outcome {}

  private final SensorDirectory sensors;
  private final ReaderDirectory readers;
  private final InstantSource clock;
  private final int clientIdCharsMax;

  SignIn(
      SensorDirectory sensors, ReaderDirectory readers, InstantSource clock, int clientIdCharsMax) {
    this.sensors = sensors;
    this.readers = readers;
    this.clock = clock;
    this.clientIdCharsMax = clientIdCharsMax;
  }

  /** Whether {@code client} could sign in again as it did. */
  boolean stillHolds(Client client) {
    return client instanceof Client.Reader reader
        ? readers.has(reader.entry())
        : client instanceof Client.Sensor sensor && sensors.has(sensor.entry());
  }

  /** Whether the time of {@code client} is over. */
  boolean hasExpired(Client client) {
    return client instanceof Client.Reader reader && reader.entry().hasExpired(clock.instant());
  }

  Outcome judge(MqttConnectMessage connect) {
    MqttConnectVariableHeader header = connect.variableHeader();
    MqttConnectPayload payload = connect.payload();
    if (header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
      return otherVersion();
    }
    Optional<Malformed> malformed = malformed(header, payload);
    if (malformed.isPresent()) {
      return malformed.get();
    }
    String clientId = payload.clientIdentifier();
    if (clientId.length() > clientIdCharsMax || (clientId.isEmpty() && !header.isCleanSession())) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED,
          MqttCounters.Refusal.CLIENT_ID,
          "a stranger",
          "the client id is too long, or empty without a clean session");
    }
    return authenticate(header, payload);
  }

  /** The refusal of anything but MQTT 3.1.1. */
  static Refused otherVersion() {
    return new Refused(
        MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION,
        MqttCounters.Refusal.PROTOCOL_VERSION,
        "a stranger",
        "it does not speak MQTT 3.1.1");
  }

  private Outcome authenticate(MqttConnectVariableHeader header, MqttConnectPayload payload) {
    if (!sensors.isLoaded() || !readers.isLoaded()) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
          MqttCounters.Refusal.UNAVAILABLE,
          "a stranger",
          "who may sign in has not been read from the database yet");
    }
    if (!header.hasPassword()) {
      return noCredentials();
    }
    // Hashed also for an unknown name, so that the time to answer does not tell which are known.
    TokenHash token = TokenHash.ofToken(payload.passwordInBytes());
    Optional<SensorDirectory.Entry> sensor = sensors.find(payload.userName());
    return sensor.isPresent()
        ? sensor(sensor.get(), token, header, payload)
        : reader(token, header, payload);
  }

  private static Outcome sensor(
      SensorDirectory.Entry sensor,
      TokenHash token,
      MqttConnectVariableHeader header,
      MqttConnectPayload payload) {
    String who = sensor.code().value();
    if (!sensor.token().equals(token)) {
      return notAuthorized(MqttCounters.Refusal.NOT_AUTHORIZED, who, "the token is wrong");
    }
    Optional<SensorStatus> will = Optional.empty();
    if (header.isWillFlag()) {
      will = SensorStatus.find(payload.willMessageInBytes());
      // Refused now, while somebody may be looking, not dropped when the sensor has vanished.
      if (will.isEmpty() || !Topics.status(sensor.code()).equals(payload.willTopic())) {
        return notAuthorized(
            MqttCounters.Refusal.WILL,
            who,
            "its will must say \"online\" or \"offline\" on " + Topics.status(sensor.code()));
      }
    }
    return new Accepted(
        new Client.Sensor(sensor), payload.clientIdentifier(), will, header.keepAliveTimeSeconds());
  }

  /** Whoever gives no sensor's code as user name: of a reader it is free, and its token tells. */
  private Outcome reader(
      TokenHash token, MqttConnectVariableHeader header, MqttConnectPayload payload) {
    Optional<ReaderDirectory.Entry> found =
        readers.find(token).filter(entry -> !entry.hasExpired(clock.instant()));
    if (found.isEmpty()) {
      return SensorCode.isValid(payload.userName())
          ? notAuthorized(
              MqttCounters.Refusal.NOT_AUTHORIZED,
              payload.userName(),
              "no sensor has this code, and the password is no API token that may subscribe")
          : noCredentials();
    }
    Client reader = new Client.Reader(found.get());
    if (header.isWillFlag()) {
      return notAuthorized(
          MqttCounters.Refusal.WILL,
          reader.name(),
          "a reader publishes nothing, so no will either");
    }
    return new Accepted(
        reader, payload.clientIdentifier(), Optional.empty(), header.keepAliveTimeSeconds());
  }

  private static Refused noCredentials() {
    return new Refused(
        MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
        MqttCounters.Refusal.CREDENTIALS,
        "a stranger",
        "a sensor signs in with its code as user name and its token as password, a reader with any"
            + " user name and an API token");
  }

  private static Refused notAuthorized(MqttCounters.Refusal reason, String who, String why) {
    return new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED, reason, who, why);
  }

  private static Optional<Malformed> malformed(
      MqttConnectVariableHeader header, MqttConnectPayload payload) {
    if (!header.isWillFlag() && (header.willQos() != 0 || header.isWillRetain())) {
      return Optional.of(new Malformed("will flags without a will (MQTT-3.1.2-13, -15)"));
    }
    if (header.willQos() > QOS_MAX) {
      return Optional.of(new Malformed("a will with QoS 3 (MQTT-3.1.2-14)"));
    }
    if (header.hasPassword() && !header.hasUserName()) {
      return Optional.of(new Malformed("a password without a user name (MQTT-3.1.2-22)"));
    }
    if (!Utf8.isWellFormed(payload.clientIdentifier())
        || (header.hasUserName() && !Utf8.isWellFormed(payload.userName()))
        || (header.isWillFlag() && !Utf8.isWellFormed(payload.willTopic()))) {
      return Optional.of(new Malformed("a string that is not UTF-8 (MQTT-1.5.3-1, -2)"));
    }
    return Optional.empty();
  }
}
