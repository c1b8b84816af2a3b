package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class SignInTest {
  private static final int RESERVED = 0x01;
  private static final int WILL = 0x04;
  private static final int WILL_QOS_3 = 0x18;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;

  private final Street street = new Street();

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aSensorWithItsTokenIsLetIn() {
    assertEquals(List.of(Street.CONNACK), answer(Street.a()));
    assertEquals(1, street.counters.connected());
  }

  @Test
  void aWrongTokenAnotherSensorsTokenAndAnUnknownCodeAreToldTheSame() {
    assertRefused(5, Refusal.NOT_AUTHORIZED, new Packets.Connect().as("a", "wrong"));
    assertRefused(5, Refusal.NOT_AUTHORIZED, new Packets.Connect().as("a", Street.TOKEN_B));
    assertRefused(5, Refusal.NOT_AUTHORIZED, new Packets.Connect().as("c", Street.TOKEN_A));
  }

  @Test
  void whatCannotBeASensorIsToldSo() {
    assertRefused(4, Refusal.CREDENTIALS, new Packets.Connect());
    assertRefused(4, Refusal.CREDENTIALS, new Packets.Connect().asUserWithoutPassword("a"));
    assertRefused(4, Refusal.CREDENTIALS, new Packets.Connect().as("not a code", "x"));
  }

  @Test
  void otherVersionsAreRefusedInTheFormOfOurs() {
    assertRefused(1, Refusal.PROTOCOL_VERSION, Street.a().protocol("MQIsdp", 3));
    assertRefused(1, Refusal.PROTOCOL_VERSION, Street.a().protocol("MQTT", 6));
    assertRefused(1, Refusal.PROTOCOL_VERSION, Street.a().protocol("AMQP", 4));
  }

  @Test
  void anEmptyClientIdNeedsACleanSession() {
    assertEquals(List.of(Street.CONNACK), answer(Street.a().clientId("")));
    assertRefused(2, Refusal.CLIENT_ID, Street.a().clientId("").keepingItsSession());
  }

  @Test
  void aClientIdIsLimited() {
    assertEquals(List.of(Street.CONNACK), answer(Street.a().clientId("x".repeat(256))));
    assertRefused(2, Refusal.CLIENT_ID, Street.a().clientId("x".repeat(257)));
  }

  @Test
  void aSessionThatIsKeptIsPresentNextTime() {
    assertEquals(List.of(Street.CONNACK), answer(Street.a().keepingItsSession()));
    assertEquals(List.of("20020100"), answer(Street.a().keepingItsSession()));
    assertEquals(List.of(Street.CONNACK), answer(Street.a()), "a clean one forgets it");
    assertEquals(List.of(Street.CONNACK), answer(Street.a().keepingItsSession()));
  }

  @Test
  void aSessionOfAnotherSensorIsNotPresent() {
    assertEquals(List.of(Street.CONNACK), answer(Street.a().clientId("same").keepingItsSession()));
    assertEquals(List.of(Street.CONNACK), answer(Street.b().clientId("same").keepingItsSession()));
  }

  @Test
  void onlyItsOwnStatusCanBeASensorsWill() {
    assertEquals(List.of(Street.CONNACK), answer(Street.a().will("sensors/a/status", "offline")));
    assertRefused(5, Refusal.WILL, Street.a().will("sensors/b/status", "offline"));
    assertRefused(5, Refusal.WILL, Street.a().will("sensors/a/readings", "{\"depth_mm\":1}"));
    assertRefused(5, Refusal.WILL, Street.a().will("sensors/a/status", "gone"));
  }

  @Test
  void aConnectThatBreaksTheProtocolGetsNoAnswer() {
    assertMalformed(Street.a().flag(RESERVED).bytes());
    assertMalformed(Street.a().flag(WILL_RETAIN).bytes());
    assertMalformed(Street.a().will("sensors/a/status", "offline").flag(WILL_QOS_3).bytes());
    assertMalformed(new Packets.Connect().flag(PASSWORD).bytes());
    assertMalformed(Street.a().flag(WILL).bytes());
    assertMalformed(Street.a().clientId("\0").bytes());
  }

  @Test
  void whoDoesNotSpeakMqttGetsNoAnswer() {
    assertMalformed("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertMalformed(Packets.PINGREQ);
    assertMalformed(Packets.publish("sensors/a/readings", 1, 1, "{\"depth_mm\":1}"));
    assertEquals(0, street.queue.size());
  }

  @Test
  void aSecondConnectEndsTheSession() {
    Wire wire = street.connect(Street.a());
    wire.send(Street.a().bytes());

    assertFalse(wire.isOpen());
    assertEquals(1, street.counters.closed(Closing.MALFORMED));
  }

  @Test
  void whoDoesNotConnectWithinTenSecondsIsClosed() {
    Wire silent = street.dial();
    Wire dripping = street.dial();
    for (int second = 0; second < 9; second++) {
      dripping.send(new byte[] {Street.a().bytes()[second]}).pass(1);
    }
    silent.pass(9);
    assertTrue(silent.isOpen());
    assertTrue(dripping.isOpen());

    assertFalse(silent.pass(1).isOpen());
    assertFalse(dripping.pass(1).isOpen());
    assertEquals(2, street.counters.refused(Refusal.CONNECT_TIMEOUT));
  }

  @Test
  void nobodyIsLetInBeforeTheSensorsAreKnown() {
    SensorDirectory directory = new SensorDirectory();
    Street early = new Street(10, MqttLimits.DEFAULT, directory);
    assertEquals(List.of("20020003"), early.dial().send(Street.a().bytes()).received());

    directory.replaceAll(List.of(Street.entry(1, "a", Street.TOKEN_A)));
    assertEquals(List.of(Street.CONNACK), early.dial().send(Street.a().bytes()).received());
  }

  @Test
  void aRetiredSensorIsClosedAndStaysOut() {
    Wire retired = street.connect(Street.a());
    Wire other = street.connect(Street.b());
    street.directory.update(Set.of(1), List.of());

    assertFalse(retired.isOpen());
    assertTrue(other.isOpen());
    assertRefused(5, Refusal.NOT_AUTHORIZED, Street.a());
    assertEquals(1, street.counters.closed(Closing.REVOKED));
  }

  @Test
  void aNewTokenEndsTheSessionsOfTheOldOne() {
    Wire old = street.connect(Street.a());
    street.directory.update(Set.of(1), List.of(Street.entry(1, "a", "new-token-0123456789")));

    assertFalse(old.isOpen());
    assertRefused(5, Refusal.NOT_AUTHORIZED, Street.a());
    assertEquals(
        List.of(Street.CONNACK), answer(new Packets.Connect().as("a", "new-token-0123456789")));
  }

  @Test
  void aChangeThatLeavesTheTokenLeavesTheSession() {
    Wire wire = street.connect(Street.a());
    street.directory.update(Set.of(1), List.of(Street.entry(1, "a", Street.TOKEN_A)));

    assertTrue(wire.isOpen());
  }

  @Test
  void theSameClientIdOfTheSameSensorTakesOver() {
    Wire first = street.connect(Street.a());
    Wire second = street.connect(Street.a());

    assertFalse(first.isOpen());
    assertTrue(second.isOpen());
    assertEquals(1, street.counters.closed(Closing.TAKEN_OVER));
  }

  @Test
  void theSameClientIdOfAnotherSensorTakesNobodysPlace() {
    Wire ofA = street.connect(Street.a().clientId("same"));
    Wire ofB = street.connect(Street.b().clientId("same"));

    assertTrue(ofA.isOpen());
    assertTrue(ofB.isOpen());
  }

  @Test
  void clientsWithoutAnIdTakeNobodysPlace() {
    Wire first = street.connect(Street.a().clientId(""));
    street.connect(Street.a().clientId(""));

    assertTrue(first.isOpen());
  }

  @Test
  void theOldestOfTooManySessionsOfASensorIsClosed() {
    List<Wire> wires =
        java.util.stream.IntStream.rangeClosed(0, MqttLimits.DEFAULT.sessionsPerSensorMax())
            .mapToObj(i -> street.connect(Street.a().clientId("client-" + i)))
            .toList();

    assertFalse(wires.get(0).isOpen());
    wires.stream().skip(1).forEach(wire -> assertTrue(wire.isOpen()));
  }

  @Test
  void connectionsAreLimitedAndMakeRoomWhenTheyEnd() {
    Street narrow =
        new Street(
            10,
            new MqttLimits(
                1,
                4,
                16,
                100,
                10_000,
                65_536,
                8_192,
                256,
                256,
                1_000,
                16,
                3_600,
                60,
                60_000,
                MqttRates.DEFAULT));
    Wire first = narrow.connect(Street.a());
    assertFalse(narrow.dial().isOpen());
    assertEquals(1, narrow.counters.refused(Refusal.CONNECTION_LIMIT));

    first.cut();
    narrow.connect(Street.b());
  }

  private List<String> answer(Packets.Connect connect) {
    return street.dial().send(connect.bytes()).received();
  }

  private void assertRefused(int code, Refusal reason, Packets.Connect connect) {
    long before = street.counters.refused(reason);
    Wire wire = street.dial().send(connect.bytes());
    assertEquals(List.of("2002000" + code), wire.received());
    assertFalse(wire.isOpen());
    assertEquals(before + 1, street.counters.refused(reason));
  }

  private void assertMalformed(byte[] bytes) {
    long before = street.counters.closed(Closing.MALFORMED);
    Wire wire = street.dial().send(bytes);
    assertEquals(List.of(), wire.received());
    assertFalse(wire.isOpen());
    assertEquals(before + 1, street.counters.closed(Closing.MALFORMED));
  }
}
