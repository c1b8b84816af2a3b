package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both sides of QoS 1 and 2, windows and bounds (§4.3, §4.4, §4.6, §4.9). */
final class DeliveryTest {
  private static final BrokerLimits NARROW =
      new BrokerLimits(10, 10, 9_999, 3, 1_000, 2, 10, 1_000, 1_000);

  private final SetClock clock = new SetClock();
  private final BrokerCounters counters = new BrokerCounters();
  private final Broker broker = Broker.inMemory(BrokerLimits.DEFAULT, Access.ALL, clock, counters);
  private final Broker narrow = Broker.inMemory(NARROW, Access.ALL, clock, counters);
  private final TestClient writer = new TestClient(broker, "w").connect(TestClient.clean());
  private final TestClient reader = new TestClient(broker, "r");

  @Test
  void qos1IsDoneWithItsPuback() {
    reader.connect(TestClient.durable()).subscribe("a", 1);
    writer.publish("a", "x", 1);
    assertEquals(List.of("x q1 #1"), reader.packets());
    reader.connection().acknowledged(1);
    reader.lose();
    assertEquals(List.of(), reader.connect(TestClient.durable()).packets());
  }

  @Test
  void qos1ComesAgainWithoutPuback() {
    reader.connect(TestClient.durable()).subscribe("a", 1);
    writer.publish("a", "x", 1);
    writer.publish("a", "y", 1);
    reader.packets();
    reader.connection().acknowledged(1);
    reader.lose();
    writer.publish("a", "z", 1);
    assertEquals(List.of("y q1 #2 dup", "z q1 #3"), reader.connect(TestClient.durable()).packets());
  }

  @Test
  void qos2GoesThroughItsFourPackets() {
    reader.connect(TestClient.durable()).subscribe("a", 2);
    writer.publish("a", "x", 2);
    assertEquals(List.of("x q2 #1"), reader.packets());
    assertTrue(reader.connection().received(1, true));
    assertEquals(List.of("release #1"), reader.packets());
    reader.connection().completed(1);
    reader.lose();
    assertEquals(List.of(), reader.connect(TestClient.durable()).packets());
  }

  @Test
  void qos2ResumesWhereItWas() {
    reader.connect(TestClient.durable()).subscribe("a", 2);
    writer.publish("a", "x", 2);
    writer.publish("a", "y", 2);
    reader.packets();
    reader.connection().received(1, true);
    reader.lose();
    reader.connect(TestClient.durable());
    assertEquals(List.of("release #1", "y q2 #2 dup"), reader.packets());
    reader.lose();
    reader.connect(TestClient.durable());
    assertEquals(List.of("release #1", "y q2 #2 dup"), reader.packets());
    // Said again, it is answered again.
    reader.connection().received(1, true);
    assertEquals(List.of("release #1"), reader.packets());
  }

  @Test
  void aPubrecThatRefusesEndsTheMessage() {
    reader.connect(TestClient.durable()).subscribe("a", 2);
    writer.publish("a", "x", 2);
    reader.packets();
    assertTrue(reader.connection().received(1, false));
    reader.lose();
    assertEquals(List.of(), reader.connect(TestClient.durable()).packets());
  }

  @Test
  void acknowledgementsOfWhatWasNeverSentAreWithoutEffect() {
    reader.connect(TestClient.durable()).subscribe("a", 2);
    reader.connection().acknowledged(1);
    reader.connection().completed(1);
    assertFalse(reader.connection().received(1, true));
    writer.publish("a", "x", 2);
    writer.publish("a", "y", 1);
    reader.packets();
    reader.connection().acknowledged(1);
    reader.connection().completed(1);
    assertFalse(reader.connection().received(2, true), "it is of QoS 1");
    reader.lose();
    assertEquals(
        List.of("x q2 #1 dup", "y q1 #2 dup"), reader.connect(TestClient.durable()).packets());
  }

  @Test
  void noMoreAreInFlightThanTheClientTakes() {
    reader.connect(TestClient.clean().receiveMaximum(2)).subscribe("a", 2);
    for (String text : List.of("1", "2", "3", "4")) {
      writer.publish("a", text, text.equals("1") ? 2 : 1);
    }
    writer.publish("a", "at once", 0);
    assertEquals(List.of("1 q2 #1", "2 q1 #2", "at once q0"), reader.packets());
    reader.connection().received(1, true);
    assertEquals(List.of("release #1"), reader.packets(), "counts until PUBCOMP");
    reader.connection().completed(1);
    assertEquals(List.of("3 q1 #3"), reader.packets());
    reader.connection().acknowledged(2);
    assertEquals(List.of("4 q1 #4"), reader.packets());
  }

  @Test
  void aSmallerWindowHoldsAlsoForWhatComesAgain() {
    reader.connect(TestClient.durable()).subscribe("a", 1);
    IntStream.range(0, 4).forEach(i -> writer.publish("a", "m" + i, 1));
    reader.packets();
    reader.lose();
    reader.connect(TestClient.durable().receiveMaximum(1));
    assertEquals(List.of("m0 q1 #1 dup"), reader.packets());
    reader.connection().acknowledged(1);
    assertEquals(List.of("m1 q1 #2 dup"), reader.packets());
    reader.lose();
    assertEquals(List.of("m1", "m2", "m3"), reader.connect(TestClient.durable()).texts());
  }

  @Test
  void packetIdsComeRound() {
    reader.connect(TestClient.clean()).subscribe("a", 1);
    writer.publish("a", "stays", 1);
    reader.packets();
    int sent = 1;
    for (int i = 0; i < 65_535; i++) {
      writer.publish("a", "x", 1);
      Outgoing.Publish packet = (Outgoing.Publish) reader.poll().get(0);
      sent = packet.packetId();
      reader.connection().acknowledged(sent);
    }
    assertEquals(2, sent, "the first is still in use");
  }

  @Test
  void ofTooManyThatWaitTheOldestGoes() {
    TestClient slow = new TestClient(narrow, "slow").connect(TestClient.durable());
    TestClient quick = new TestClient(narrow, "quick").connect(TestClient.clean());
    slow.subscribe("a", 1);
    quick.publish("a", "sent", 1);
    slow.packets();
    slow.lose();
    for (int i = 0; i < 5; i++) {
      quick.publish("a", "m" + i, 1);
    }
    assertEquals(2, counters.dropped(BrokerCounters.Drop.QUEUE_FULL));
    assertEquals(List.of("sent", "m2", "m3", "m4"), slow.connect(TestClient.durable()).texts());
  }

  @Test
  void theBytesThatWaitAreBoundedToo() {
    TestClient slow = new TestClient(narrow, "slow").connect(TestClient.durable());
    TestClient quick = new TestClient(narrow, "quick").connect(TestClient.clean());
    slow.subscribe("a", 1);
    slow.lose();
    quick.publish("a", "1".repeat(600), 1);
    quick.publish("a", "2".repeat(400), 1);
    quick.publish("a", "3", 1);
    quick.publish("a", "4".repeat(2_000), 1);
    assertEquals(List.of("4".repeat(2_000)), slow.connect(TestClient.durable()).texts());
    assertEquals(3, counters.dropped(BrokerCounters.Drop.QUEUE_FULL));
  }

  @Test
  void aSlowReaderLosesTheOldestOfQos0Only() {
    TestClient slow = new TestClient(narrow, "slow").connect(TestClient.clean());
    slow.subscribe("a", 1);
    slow.publish("a", "kept", 1);
    for (int i = 0; i < 5; i++) {
      slow.publish("a", "m" + i, 0);
    }
    assertEquals(List.of("kept", "m2", "m3", "m4"), slow.texts());
  }

  @Test
  void aMessageWhoseTimeIsOverIsNotSentAndOthersSayWhatIsLeft() {
    reader.connect(TestClient.durable()).subscribe("a", 2);
    reader.disconnect();
    writer.publish(TestClient.expiring("a", "short", 1, clock.instant().plusSeconds(1)));
    writer.publish(TestClient.expiring("a", "long", 2, clock.instant().plusSeconds(6)));
    clock.goOn(3);
    assertEquals(List.of("long q2 #2 3s"), reader.connect(TestClient.durable()).packets());
    assertEquals(1, counters.dropped(BrokerCounters.Drop.EXPIRED));
  }

  @Test
  void whatWasBegunIsBroughtToItsEndThoughItsTimeIsOver() {
    reader.connect(TestClient.durable()).subscribe("a", 2);
    writer.publish(TestClient.expiring("a", "x", 2, clock.instant().plusSeconds(1)));
    reader.packets();
    reader.lose();
    clock.goOn(5);
    assertEquals(List.of("x q2 #1 dup 0s"), reader.connect(TestClient.durable()).packets());
  }

  @Test
  void whatTheClientCannotTakeIsDroppedForItAlone() {
    TestClient small = new TestClient(broker, "small");
    small.connect(TestClient.clean().packetBytesMax(20)).subscribe("a", 1);
    reader.connect(TestClient.clean()).subscribe("a", 1);
    // 1 fixed header, 1 length, 2 + 1 topic, 2 packet id, 1 length of no properties: 8.
    writer.publish("a", "x".repeat(13), 1);
    writer.publish("a", "y".repeat(12), 1);
    assertEquals(List.of("y".repeat(12)), small.texts());
    assertEquals(2, reader.texts().size());
    assertEquals(1, counters.dropped(BrokerCounters.Drop.TOO_LARGE));
  }

  @Test
  void propertiesCountForTheSizeOfAPacket() {
    Message message =
        new Message(
            "a",
            new byte[200],
            0,
            false,
            java.util.Optional.of(clock.instant()),
            new byte[] {1, 1});
    Outgoing.Publish packet =
        new Outgoing.Publish(
            message, 0, false, false, 0, List.of(5, 200), java.util.OptionalLong.of(3));
    // Properties: 2, expiry 5, identifiers 2 and 3. Header 1 + 2, topic 3, length 1, payload.
    assertEquals(3 + 3 + 1 + 12 + 200, PacketSize.of(packet));
  }

  @Test
  void aMessageOfQos2IsTakenOnceUntilItsPacketIdIsReleased() {
    reader.connect(TestClient.clean()).subscribe("a", 0);
    List<Object> receipts = new ArrayList<>();
    Message message = TestClient.message("a", "x", 2, false);
    writer.connection().publishExactlyOnce(7, message, receipts::add);
    writer.connection().publishExactlyOnce(7, message, receipts::add);
    assertEquals(List.of("x"), reader.texts());
    writer.connection().release(7, receipts::add);
    writer.connection().release(7, receipts::add);
    writer.connection().publishExactlyOnce(7, message, receipts::add);
    assertEquals(List.of("x"), reader.texts());
    assertEquals(
        List.of(PublishOutcome.ROUTED, PublishOutcome.ROUTED, true, false, PublishOutcome.ROUTED),
        receipts);
  }

  @Test
  void packetIdsOfADurableSessionOutliveItsConnection() {
    reader.connect(TestClient.clean()).subscribe("a", 0);
    TestClient sender = new TestClient(broker, "sender").connect(TestClient.durable());
    Message message = TestClient.message("a", "x", 2, false);
    sender.connection().publishExactlyOnce(7, message, outcome -> {});
    sender.lose();
    sender.connect(TestClient.durable());
    sender.connection().publishExactlyOnce(7, message, outcome -> {});
    assertEquals(List.of("x"), reader.texts());
    sender.connect(TestClient.clean());
    sender.connection().publishExactlyOnce(7, message, outcome -> {});
    assertEquals(List.of("x"), reader.texts());
  }
}
