package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.QueueCrank;
import io.floodmark.sensor.SensorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Two sensors, a reader, a listener that they can reach, and a queue that is emptied by hand. */
final class Street {
  static final String TOKEN_A = "token-of-a-0123456789";
  static final String TOKEN_B = "token-of-b-0123456789";
  static final String TOKEN_R = "token-of-a-reader-456789";
  static final String CONNACK = "20020000";
  static final Instant NOW = Instant.parse("2026-11-21T13:05:00Z");

  final MqttCounters counters = new MqttCounters();
  final SensorDirectory directory;
  final ReaderDirectory readers = new ReaderDirectory(List.of(reader(7, TOKEN_R)));
  final CommitQueue queue;
  final QueueCrank crank;
  final MqttListener listener;
  volatile Instant now = NOW;

  /** Runs whenever somebody asks what time it is. */
  volatile Runnable whenAsked = () -> {};

  private final List<Wire> wires = new ArrayList<>();

  Street() {
    this(
        1_000,
        MqttLimits.DEFAULT,
        new SensorDirectory(List.of(entry(1, "a", TOKEN_A), entry(2, "b", TOKEN_B))));
  }

  Street(int queueCountMax, MqttLimits limits) {
    this(
        queueCountMax,
        limits,
        new SensorDirectory(List.of(entry(1, "a", TOKEN_A), entry(2, "b", TOKEN_B))));
  }

  Street(int queueCountMax, MqttLimits limits, SensorDirectory directory) {
    this(queueCountMax, limits, directory, false);
  }

  private Street(int queueCountMax, MqttLimits limits, SensorDirectory directory, boolean open) {
    this(queueCountMax, limits, directory, open, Street::brokerInMemory);
  }

  private Street(
      int queueCountMax,
      MqttLimits limits,
      SensorDirectory directory,
      boolean open,
      Function<InstantSource, Broker> broker) {
    this.directory = directory;
    this.queue = new CommitQueue(queueCountMax, 1_000_000);
    this.crank = new QueueCrank(queue);
    this.listener =
        new MqttListener(
            new MqttConfig("127.0.0.1", 0, limits, open),
            directory,
            readers,
            queue,
            broker.apply(() -> now),
            () -> true,
            this::now,
            counters);
  }

  private Instant now() {
    whenAsked.run();
    return now;
  }

  private static Broker brokerInMemory(InstantSource clock) {
    return Broker.inMemory(
        BrokerLimits.DEFAULT, MqttListener.access(), clock, new BrokerCounters());
  }

  /** One that lets in who does not say who it is. */
  static Street open() {
    return open(Street::brokerInMemory);
  }

  /** Sensors of one's own on a broker of one's own. */
  static Street of(SensorDirectory directory, Function<InstantSource, Broker> broker) {
    return new Street(1_000, MqttLimits.DEFAULT, directory, false, broker);
  }

  /** The same on a broker of one's own. */
  static Street open(Function<InstantSource, Broker> broker) {
    return new Street(
        1_000,
        MqttLimits.DEFAULT,
        new SensorDirectory(List.of(entry(1, "a", TOKEN_A))),
        true,
        broker);
  }

  /** Time passes for the broker. */
  void pass(int seconds) {
    now = now.plusSeconds(seconds);
    listener.broker().tick();
  }

  static SensorDirectory.Entry entry(int id, String code, String token) {
    return new SensorDirectory.Entry(
        id, new SensorCode(code), TokenHash.ofToken(token.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A token that never expires. */
  static ReaderDirectory.Entry reader(int id, String token) {
    return reader(id, token, Optional.empty());
  }

  static ReaderDirectory.Entry reader(int id, String token, Optional<Instant> expiresAt) {
    return new ReaderDirectory.Entry(
        id, "token " + id, TokenHash.ofToken(token.getBytes(StandardCharsets.US_ASCII)), expiresAt);
  }

  static Packets.Connect r() {
    return new Packets.Connect().as("reader", TOKEN_R).clientId("client-r");
  }

  static Packets.Connect a() {
    return new Packets.Connect().as("a", TOKEN_A).clientId("client-a");
  }

  static Packets.Connect b() {
    return new Packets.Connect().as("b", TOKEN_B).clientId("client-b");
  }

  /** A connection of MQTT 5 that has signed in; its CONNACK is read. */
  Wire connect5(Packets.Connect connect, byte[]... properties) {
    Wire wire = dial().send(connect.mqtt5(properties).bytes());
    List<String> answer = wire.received();
    if (answer.size() != 1
        || !answer.get(0).startsWith("20")
        || !answer.get(0).startsWith("0000", 4)) {
      throw new AssertionError("Not let in: " + answer);
    }
    return wire;
  }

  /** A connection on which nothing is said yet. */
  Wire dial() {
    Wire wire = new Wire(listener);
    wires.add(wire);
    return wire;
  }

  /** Cuts all connections, so that what they still held is let go. */
  void hangUp() {
    wires.forEach(Wire::cut);
  }

  /** A connection that has signed in. */
  Wire connect(Packets.Connect connect) {
    Wire wire = dial().send(connect.bytes());
    List<String> answer = wire.received();
    if (!answer.equals(List.of(CONNACK))) {
      throw new AssertionError("Not let in: " + answer);
    }
    return wire;
  }
}
