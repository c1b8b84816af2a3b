package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.commit.Submission.StatusChange;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class SessionLifeTest {
  private final Street street = new Street();

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aPingIsAnswered() {
    Wire wire = street.connect(Street.a());
    wire.send(Packets.PINGREQ);

    assertEquals(List.of("d000"), wire.received());
  }

  @Test
  void aSilentSessionIsClosedAfterOneAndAHalfKeepAlives() {
    Wire wire = street.connect(Street.a().keepAlive(10));
    assertTrue(wire.pass(14).isOpen());
    wire.send(Packets.PINGREQ);
    assertTrue(wire.pass(14).isOpen());

    assertFalse(wire.pass(1).isOpen());
    assertEquals(1, street.counters.closed(Closing.KEEP_ALIVE));
  }

  @Test
  void aSessionWithoutKeepAliveMayBeSilent() {
    assertTrue(street.connect(Street.a().keepAlive(0)).pass(100_000).isOpen());
  }

  @Test
  void theWillOfASensorThatVanishesIsSubmitted() {
    withWill("client").cut();
    Submission will = street.crank.await();

    assertEquals(1, will.sensorId());
    assertEquals("sensors/a/status", will.topic());
    assertEquals(Optional.of(new StatusChange(false, true)), will.status());
    assertEquals(1, street.counters.wills());
  }

  @Test
  void theWillOfASensorThatFallsSilentIsSubmitted() {
    withWill("client").pass(90);

    assertEquals(Optional.of(new StatusChange(false, true)), street.crank.await().status());
  }

  @Test
  void theWillOfASensorThatBreaksTheProtocolIsSubmitted() {
    withWill("client").send(Packets.packet(0xf0, new byte[0]));

    assertEquals(1, street.crank.take().size());
  }

  @Test
  void disconnectVoidsTheWill() {
    Wire wire = withWill("client");
    wire.send(Packets.DISCONNECT);

    assertFalse(wire.isOpen());
    assertEquals(List.of(), street.crank.take());
  }

  @Test
  void aWillDoesNotCountWhileAnotherSessionOfTheSensorLives() {
    Wire first = withWill("first");
    Wire second = withWill("second");
    first.cut();
    assertEquals(List.of(), street.crank.take());

    second.cut();
    assertEquals(1, street.crank.take().size());
  }

  @Test
  void theSessionOfAnotherSensorKeepsNoWillBack() {
    street.connect(Street.b());
    withWill("client").cut();

    assertEquals(1, street.crank.take().size());
  }

  @Test
  void theWillOfASessionThatWasTakenOverDoesNotCount() {
    Wire first = withWill("client");
    Wire second = withWill("client");
    second.send(Packets.DISCONNECT);

    assertFalse(first.isOpen());
    assertEquals(List.of(), street.crank.take());
  }

  @Test
  void whatASensorSaysWhenItIsBackComesAfterItsWill() {
    withWill("client").cut();
    withWill("client").send(Packets.publish("sensors/a/status", 1, 1, "online"));

    assertEquals(
        List.of(new StatusChange(false, true), new StatusChange(true, false)),
        street.crank.take().stream().map(submission -> submission.status().orElseThrow()).toList());
  }

  @Test
  void aRetiredSensorsWillIsSubmitted() {
    Wire wire = withWill("client");
    street.directory.update(Set.of(1), List.of());

    assertFalse(wire.isOpen());
    assertEquals(1, street.crank.take().size());
  }

  private Wire withWill(String clientId) {
    return street.connect(Street.a().clientId(clientId).will("sensors/a/status", "offline"));
  }
}
