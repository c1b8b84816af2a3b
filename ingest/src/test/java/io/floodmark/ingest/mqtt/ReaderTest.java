package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that sign in with an API token, and read. */
@ExtendWith(NoLeaks.class)
class ReaderTest {
  private static final int RETAIN = 1;
  private static final int QOS_1 = 2;

  private final Street street = new Street();

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aTokenIsLetInUnderAnyNameThatIsNoSensors() {
    for (String name : List.of("reader", "", "Trạm của tỉnh", "c")) {
      street.connect(new Packets.Connect().as(name, Street.TOKEN_R).clientId(name));
    }
    assertRefused(5, Refusal.NOT_AUTHORIZED, new Packets.Connect().as("a", Street.TOKEN_R));
  }

  @Test
  void aTokenThatIsUnknownRevokedOrExpiredIsNot() {
    assertRefused(5, Refusal.NOT_AUTHORIZED, new Packets.Connect().as("reader", "guessed"));
    assertRefused(4, Refusal.CREDENTIALS, new Packets.Connect().as("a reader", "guessed"));
    assertRefused(4, Refusal.CREDENTIALS, new Packets.Connect().asUserWithoutPassword("reader"));
    street.readers.replaceAll(List.of());
    assertRefused(5, Refusal.NOT_AUTHORIZED, Street.r());
    street.readers.replaceAll(List.of(Street.reader(7, Street.TOKEN_R, Optional.of(Street.NOW))));
    assertRefused(5, Refusal.NOT_AUTHORIZED, Street.r());
    street.readers.replaceAll(
        List.of(Street.reader(7, Street.TOKEN_R, Optional.of(Street.NOW.plusMillis(1)))));
    street.connect(Street.r());
  }

  @Test
  void aReaderHasNoWill() {
    assertRefused(5, Refusal.WILL, Street.r().will("sensors/a/status", "offline"));
    assertRefused(5, Refusal.WILL, Street.r().will("clients/r", "gone"));
  }

  @Test
  void beforeTheTokensAreReadNobodyCanTell() {
    MqttListener early =
        new MqttListener(
            new MqttConfig("127.0.0.1", 0, MqttLimits.DEFAULT),
            street.directory,
            new ReaderDirectory(),
            street.queue,
            () -> Street.NOW,
            street.counters);
    assertEquals(List.of("20020003"), new Wire(early).send(Street.r().bytes()).received());
  }

  @Test
  void revokingEndsTheSessionsOfThatTokenAlone() {
    street.readers.replaceAll(
        List.of(Street.reader(7, Street.TOKEN_R), Street.reader(1, Street.TOKEN_B)));
    Wire revoked = street.connect(Street.r());
    Wire other = street.connect(new Packets.Connect().as("r", Street.TOKEN_B));
    Wire sensor = street.connect(Street.a());
    assertEquals(Set.of(1, 7), street.listener.readersPresent());
    street.readers.replaceAll(List.of(Street.reader(1, Street.TOKEN_B)));

    assertFalse(revoked.isOpen());
    assertTrue(other.isOpen());
    assertTrue(sensor.isOpen());
    assertEquals(1, street.counters.closed(Closing.REVOKED));
    assertEquals(Set.of(1), street.listener.readersPresent());
  }

  @Test
  void aSessionEndsWithItsToken() {
    street.readers.replaceAll(
        List.of(
            Street.reader(7, Street.TOKEN_R, Optional.of(Street.NOW.plus(Duration.ofHours(1))))));
    Wire wire = street.connect(Street.r().keepAlive(0));
    assertTrue(wire.pass(1).isOpen());
    street.now = Street.NOW.plus(Duration.ofHours(1));

    assertFalse(wire.pass(1).isOpen());
    assertEquals(1, street.counters.closed(Closing.EXPIRED));
  }

  @Test
  void onlyLevelsAndAlertsAreGranted() {
    Wire wire = street.connect(Street.r());
    wire.send(
        Packets.subscribe(
            7,
            1,
            "levels/#",
            "alerts/+",
            "levels/a",
            "alerts/never-seen",
            "#",
            "sensors/a/status"));

    assertEquals(List.of("90080007" + "01010101" + "8080"), wire.received());
  }

  @Test
  void whoeverPublishesIsClosedAndNothingIsKept() {
    for (int qos = 0; qos <= 2; qos++) {
      Wire wire = street.connect(Street.r());
      wire.send(Packets.publish("sensors/a/readings", qos, 1, "{\"distance_mm\":1}"));
      assertEquals(List.of(), wire.received());
      assertFalse(wire.isOpen());
    }
    Wire large = street.connect(Street.r());
    large.send(Packets.publish("levels/a", 1, 1, new byte[70_000]));

    assertFalse(large.isOpen());
    assertEquals(4, street.counters.closed(Closing.NOT_AUTHORIZED));
    assertEquals(0, street.counters.received());
    assertEquals(0, street.queue.size());
  }

  @Test
  void aWildcardBringsAllThatIsRetainedAndThenEachNewer() {
    publish("levels/a", "1");
    publish("levels/b", "2");
    publish("alerts/a", "3");
    publish("sensors/a/status", "online");
    Wire wire = street.connect(Street.r());
    List<String> first = wire.send(Packets.subscribe(1, 0, "levels/#")).received();
    assertEquals("9003000100", first.get(0));
    assertEquals(
        Set.of(Wire.message(RETAIN, "levels/a", 0, "1"), Wire.message(RETAIN, "levels/b", 0, "2")),
        new HashSet<>(first.subList(1, first.size())));

    publish("levels/b", "4");
    publish("levels/c", "5");
    publish("alerts/a", "6");
    assertEquals(
        List.of(Wire.message(0, "levels/b", 0, "4"), Wire.message(0, "levels/c", 0, "5")),
        wire.received());
  }

  @Test
  void filtersThatOverlapBringEachMessageOnceAtTheHighestQos() {
    Wire wire = street.connect(Street.r());
    wire.send(Packets.subscribe(1, 0, "levels/#", "levels/+"));
    wire.send(Packets.subscribe(2, 1, "levels/a")).received();
    publish("levels/a", "1");
    publish("levels/b", "2");

    assertEquals(
        List.of(Wire.message(QOS_1, "levels/a", 1, "1"), Wire.message(0, "levels/b", 0, "2")),
        wire.received());
    wire.send(Packets.unsubscribe(3, "levels/a", "levels/#")).received();
    publish("levels/a", "3");
    assertEquals(List.of(Wire.message(0, "levels/a", 0, "3")), wire.received());
    wire.send(Packets.unsubscribe(4, "levels/+")).received();
    publish("levels/a", "4");
    assertEquals(List.of(), wire.received());
  }

  @Test
  void whoAcknowledgesNothingHoldsOneMessageATopicAtMost() {
    Wire slow = street.connect(Street.r());
    slow.send(Packets.subscribe(1, 1, "levels/#")).received();
    for (int round = 1; round <= 10; round++) {
      String payload = "round " + round;
      IntStream.range(0, 100).forEach(i -> publish("levels/s" + i, payload));
    }
    Deque<String> unanswered = new ArrayDeque<>(slow.received());
    assertEquals(BrokerLimits.DEFAULT.inFlightMax(), unanswered.size());

    // Once it does, of each topic the newest is left.
    Set<String> newest = new HashSet<>(unanswered);
    while (!unanswered.isEmpty()) {
      int packetId = Wire.packetId(unanswered.poll());
      for (String next : slow.send(Packets.puback(packetId)).received()) {
        assertTrue(next.endsWith(hex("round 10")), next);
        newest.add(next);
        unanswered.add(next);
      }
    }
    assertEquals(100, newest.size());
    assertEquals(900, superseded());
  }

  private long superseded() {
    return street.listener.broker().counters().dropped(BrokerCounters.Drop.SUPERSEDED);
  }

  @Test
  void aFullQueueStopsSensorsNotReaders() {
    Street full = new Street(1, MqttLimits.DEFAULT);
    Wire sensor = full.connect(Street.a());
    sensor.send(Packets.publish("sensors/a/readings", 1, 1, "{\"distance_mm\":1}"));
    assertFalse(sensor.isRead());
    Wire reader = full.connect(Street.r());
    reader.send(Packets.subscribe(1, 0, "levels/a"));

    assertTrue(reader.isRead());
    assertEquals(List.of("9003000100"), reader.received());
    full.hangUp();
  }

  @Test
  void sessionsOfATokenAreLimitedAndAClientIdIsTakenOver() {
    Wire first = street.connect(Street.r());
    Wire second = street.connect(Street.r());
    assertFalse(first.isOpen());
    List<Wire> more =
        IntStream.range(0, MqttLimits.DEFAULT.sessionsPerReaderMax())
            .mapToObj(i -> street.connect(Street.r().clientId("r" + i)))
            .toList();

    assertFalse(second.isOpen());
    more.forEach(wire -> assertTrue(wire.isOpen()));
  }

  private void publish(String topic, String payload) {
    street.listener.broker().publishState(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(int code, Refusal reason, Packets.Connect connect) {
    long before = street.counters.refused(reason);
    Wire wire = street.dial().send(connect.bytes());
    assertEquals(List.of("2002000" + code), wire.received());
    assertFalse(wire.isOpen());
    assertEquals(before + 1, street.counters.refused(reason));
  }
}
