package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Connect;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.ingest.packet.Will;
import io.floodmark.sensor.SensorCode;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Judges a CONNECT (§3.1). Safe for use by any thread. */
final class SignIn {
  /** What a CONNECT comes to. */
  sealed interface Outcome permits Accepted, Refused {}

  /**
   * It may come in.
   *
   * @param client who it is
   * @param connect what it asks for
   * @param status what its will says of a sensor
   */
  record Accepted(Client client, Connect connect, Optional<SensorStatus> status)
      implements Outcome {}

  /**
   * It is told no.
   *
   * @param answer what it is told
   * @param reason what is counted
   * @param who what may be logged of who it says it is
   * @param why half a sentence
   */
  record Refused(ReasonCode answer, MqttCounters.Refusal reason, String who, String why)
      implements Outcome {
    /** Whether it may have been a guess. */
    boolean isFailedSignIn() {
      return reason == MqttCounters.Refusal.NOT_AUTHORIZED
          || reason == MqttCounters.Refusal.CREDENTIALS;
    }
  }

  private final SensorDirectory sensors;
  private final ReaderDirectory readers;
  private final FailedSignIns failures = new FailedSignIns();
  private final InstantSource clock;
  private final int clientIdCharsMax;
  private final BooleanSupplier sessionsLoaded;
  private final boolean open;

  /**
   * A judge.
   *
   * @param sessionsLoaded whether the sessions that outlived the last process are there
   * @param open whether somebody who does not say who it is may come in
   */
  SignIn(
      SensorDirectory sensors,
      ReaderDirectory readers,
      InstantSource clock,
      int clientIdCharsMax,
      BooleanSupplier sessionsLoaded,
      boolean open) {
    this.sensors = sensors;
    this.readers = readers;
    this.clock = clock;
    this.clientIdCharsMax = clientIdCharsMax;
    this.sessionsLoaded = sessionsLoaded;
    this.open = open;
  }

  /** Who has failed before. */
  FailedSignIns failures() {
    return failures;
  }

  /** Whether {@code client} could sign in again as it did. */
  boolean stillHolds(Client client) {
    if (client instanceof Client.Reader reader) {
      return readers.has(reader.entry());
    }
    return !(client instanceof Client.Sensor sensor) || sensors.has(sensor.entry());
  }

  /** Whether the time of {@code client} is over. */
  boolean hasExpired(Client client) {
    return client instanceof Client.Reader reader && reader.entry().hasExpired(clock.instant());
  }

  /**
   * Judges.
   *
   * @param certified the common name in the client's certificate, which an authority of ours signed
   */
  Outcome judge(Connect connect, Optional<String> certified) {
    if (connect.authenticates()) {
      return new Refused(
          ReasonCode.BAD_AUTHENTICATION_METHOD,
          MqttCounters.Refusal.AUTHENTICATION_METHOD,
          "a stranger",
          "it wants to authenticate by an exchange of packets, which nobody here can");
    }
    String clientId = connect.clientId();
    boolean mayBeEmpty = connect.version().isMqtt5() || connect.cleanStart();
    if (clientId.length() > clientIdCharsMax || (clientId.isEmpty() && !mayBeEmpty)) {
      return new Refused(
          ReasonCode.CLIENT_ID_NOT_VALID,
          MqttCounters.Refusal.CLIENT_ID,
          "a stranger",
          "the client id is too long, or empty without a clean session");
    }
    return authenticate(connect, certified);
  }

  /** The refusal of anything but MQTT 3.1.1 and 5.0. */
  static Refused otherVersion() {
    return new Refused(
        ReasonCode.UNSUPPORTED_VERSION,
        MqttCounters.Refusal.PROTOCOL_VERSION,
        "a stranger",
        "it speaks neither MQTT 3.1.1 nor MQTT 5.0");
  }

  /** The refusal of a session that would have to be written, while too much waits to be. */
  static Refused noRoom(Accepted accepted) {
    return new Refused(
        ReasonCode.SERVER_BUSY,
        MqttCounters.Refusal.UNAVAILABLE,
        accepted.client().name(),
        "the database is away, and no more sessions can wait to be written to it");
  }

  /** The refusal of whoever takes only packets that are shorter than the answer. */
  static Refused tooShort(Accepted accepted) {
    return new Refused(
        ReasonCode.PACKET_TOO_LARGE,
        MqttCounters.Refusal.PACKET_SIZE,
        accepted.client().name(),
        "a CONNACK is longer than the packets that it takes");
  }

  private Outcome authenticate(Connect connect, Optional<String> certified) {
    if (!sensors.isLoaded() || !readers.isLoaded() || !sessionsLoaded.getAsBoolean()) {
      return new Refused(
          ReasonCode.SERVER_UNAVAILABLE,
          MqttCounters.Refusal.UNAVAILABLE,
          "a stranger",
          "who may sign in, and what sessions there are, has not been read from the database yet");
    }
    if (certified.isPresent() && connect.password().isEmpty()) {
      return certified(connect, certified.get());
    }
    if (open && connect.user().isEmpty() && connect.password().isEmpty()) {
      return open(connect);
    }
    if (connect.password().isEmpty()) {
      return noCredentials();
    }
    // Hashed also for an unknown name, so that the time to answer does not tell which are known.
    TokenHash token = TokenHash.ofToken(connect.password().get());
    String user = connect.user().orElse("");
    Optional<SensorDirectory.Entry> sensor = sensors.find(user);
    if (sensor.isEmpty()) {
      return reader(user, token, connect);
    }
    return sensor.get().token().equals(token)
        ? sensor(sensor.get(), connect)
        : notAuthorized(MqttCounters.Refusal.NOT_AUTHORIZED, user, "the token is wrong");
  }

  /** By its certificate alone: whoever sends a password means that to count. */
  private Outcome certified(Connect connect, String name) {
    Optional<SensorDirectory.Entry> sensor = sensors.find(name);
    if (sensor.isEmpty()) {
      return notAuthorized(
          MqttCounters.Refusal.NOT_AUTHORIZED,
          SensorCode.isValid(name) ? name : "a stranger",
          "no sensor has the code that its certificate names");
    }
    if (connect.user().filter(user -> !user.equals(name)).isPresent()) {
      return notAuthorized(
          MqttCounters.Refusal.NOT_AUTHORIZED,
          name,
          "its user name is another than its certificate says");
    }
    return sensor(sensor.get(), connect);
  }

  private static Outcome open(Connect connect) {
    if (connect.will().flatMap(will -> Relay.refusal(will.topic())).isPresent()) {
      return notAuthorized(
          MqttCounters.Refusal.WILL, "an open client", "its will is on a topic that is ours");
    }
    return new Accepted(new Client.Open(), connect, Optional.empty());
  }

  private static Outcome sensor(SensorDirectory.Entry sensor, Connect connect) {
    String who = sensor.code().value();
    Optional<SensorStatus> will = Optional.empty();
    if (connect.will().isPresent()) {
      Will asked = connect.will().get();
      will = SensorStatus.find(asked.payload());
      // Refused now, while somebody may be looking, not dropped when the sensor has vanished.
      if (will.isEmpty() || !Topics.status(sensor.code()).equals(asked.topic())) {
        return notAuthorized(
            MqttCounters.Refusal.WILL,
            who,
            "its will must say \"online\" or \"offline\" on " + Topics.status(sensor.code()));
      }
    }
    return new Accepted(new Client.Sensor(sensor), connect, will);
  }

  /** Whoever gives no sensor's code as user name: of a reader it is free, and its token tells. */
  private Outcome reader(String user, TokenHash token, Connect connect) {
    Optional<ReaderDirectory.Entry> found =
        readers.find(token).filter(entry -> !entry.hasExpired(clock.instant()));
    if (found.isEmpty()) {
      return SensorCode.isValid(user)
          ? notAuthorized(
              MqttCounters.Refusal.NOT_AUTHORIZED,
              user,
              "no sensor has this code, and the password is no API token that may subscribe")
          : noCredentials();
    }
    Client reader = new Client.Reader(found.get());
    if (connect.will().isPresent()) {
      return notAuthorized(
          MqttCounters.Refusal.WILL,
          reader.name(),
          "a reader publishes nothing, so no will either");
    }
    return new Accepted(reader, connect, Optional.empty());
  }

  private static Refused noCredentials() {
    return new Refused(
        ReasonCode.BAD_USER_NAME_OR_PASSWORD,
        MqttCounters.Refusal.CREDENTIALS,
        "a stranger",
        "a sensor signs in with its code as user name and its token as password, a reader with any"
            + " user name and an API token");
  }

  private static Refused notAuthorized(MqttCounters.Refusal reason, String who, String why) {
    return new Refused(ReasonCode.NOT_AUTHORIZED, reason, who, why);
  }
}
