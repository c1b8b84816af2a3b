package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class SubscribeTest {
  private static final int RETAIN = 1;
  private static final int QOS_1 = 2;

  private final Street street = new Street();
  private final Wire wire = street.connect(Street.a());

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aSensorSubscribesOnlyUnderItsOwnCodeAndWithoutWildcards() {
    wire.send(
        Packets.subscribe(
            7,
            1,
            "sensors/a/status",
            "sensors/a/config",
            "levels/a",
            "alerts/a",
            "sensors/b/status",
            "levels/b",
            "levels/+",
            "#",
            "sensors/a/readings"));

    assertEquals(List.of("900b0007" + "01010101" + "8080808080"), wire.received());
  }

  @Test
  void qosIsGrantedAsAsked() {
    wire.send(Packets.subscribe(1, 0, "levels/a"));
    wire.send(Packets.subscribe(2, 1, "levels/a"));
    wire.send(Packets.subscribe(3, 2, "levels/a"));

    assertEquals(List.of("9003000100", "9003000201", "9003000302"), wire.received());
  }

  @Test
  void aFilterThatStandsInAPacketManyTimesIsSearchedForOnceAndAnsweredEachTime() {
    AtomicInteger shown = new AtomicInteger();
    Street counting =
        Street.of(
            street.directory,
            clock ->
                Broker.inMemory(
                    BrokerLimits.DEFAULT,
                    (client, topic) -> shown.incrementAndGet() > 0,
                    clock,
                    new BrokerCounters()));
    for (int i = 0; i < 10; i++) {
      counting.listener.broker().publishState("levels/s" + i, new byte[] {'1'});
    }
    Wire reader = counting.connect(Street.r());
    String[] filters = new String[500];
    Arrays.fill(filters, "levels/#");
    reader.send(Packets.subscribe(1, 1, filters));
    List<String> answers = reader.received();
    assertEquals(10, shown.get());
    assertEquals(11, answers.size());
    assertEquals("90f603" + "0001" + "01".repeat(500), answers.get(0));
    counting.hangUp();
  }

  @Test
  void ofAFilterThatComesTwiceTheLastCounts() {
    byte[] body =
        Packets.concat(
            Packets.uint16(1),
            Packets.string("levels/a"),
            new byte[] {1},
            Packets.string("levels/b"),
            new byte[] {1},
            Packets.string("levels/a"),
            new byte[] {0});
    Wire reader = street.connect(Street.r());
    assertEquals(List.of("9005" + "0001" + "010100"), reader.send(packet(body)).received());
    publish("levels/a", "1");
    assertEquals(List.of(Wire.message(0, "levels/a", 0, "1")), reader.received());
  }

  private static byte[] packet(byte[] subscribe) {
    return Packets.packet(0x82, subscribe);
  }

  @Test
  void whatIsRetainedComesRightAfterTheAnswer() {
    publish("sensors/a/status", "online");
    wire.send(Packets.subscribe(1, 0, "sensors/a/status"));

    assertEquals(
        List.of("9003000100", Wire.message(RETAIN, "sensors/a/status", 0, "online")),
        wire.received());
  }

  @Test
  void whatIsNewComesWithoutTheRetainFlag() {
    subscribe(0, "levels/a");
    publish("levels/a", "1");
    publish("levels/b", "2");

    assertEquals(List.of(Wire.message(0, "levels/a", 0, "1")), wire.received());
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    subscribe(0, "levels/a");
    publish("levels/a", "1");
    publish("levels/a", "1");

    assertEquals(1, wire.received().size());
  }

  @Test
  void whatIsForgottenIsNotRetained() {
    publish("levels/a", "1");
    publish("alerts/a", "2");
    street.listener.broker().clearState("levels/a");
    street.listener.broker().replaceStates(Map.of());
    subscribe(0, "levels/a", "alerts/a");

    assertEquals(List.of(), wire.received());
  }

  @Test
  void afterUnsubscribingNothingComes() {
    subscribe(0, "levels/a");
    wire.send(Packets.unsubscribe(9, "levels/a", "never/subscribed"));
    publish("levels/a", "1");

    assertEquals(List.of("b0020009"), wire.received());
  }

  @Test
  void anotherSessionOfTheSensorGetsItToo() {
    Wire other = street.connect(Street.a().clientId("other"));
    other.send(Packets.subscribe(1, 0, "levels/a")).received();
    subscribe(0, "levels/a");
    wire.cut();
    publish("levels/a", "1");

    assertEquals(1, other.received().size());
  }

  @Test
  void messagesOfQos1AreNumbered() {
    subscribe(1, "levels/a", "alerts/a");
    publish("levels/a", "1");
    publish("alerts/a", "2");

    assertEquals(
        List.of(Wire.message(QOS_1, "levels/a", 1, "1"), Wire.message(QOS_1, "alerts/a", 2, "2")),
        wire.received());
  }

  @Test
  void aSubscriberThatAcknowledgesNothingGetsTheNewestOnceItDoes() {
    subscribe(1, "levels/a");
    int inFlight = BrokerLimits.DEFAULT.inFlightMax();
    List<String> sent = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      publish("levels/a", "message " + i);
      sent.addAll(wire.received());
    }
    assertEquals(inFlight, sent.size());

    wire.send(Packets.puback(Wire.packetId(sent.get(2))));
    List<String> next = wire.received();
    assertEquals(1, next.size());
    assertEquals(
        Wire.message(QOS_1, "levels/a", Wire.packetId(next.get(0)), "message 1000"), next.get(0));
    assertEquals(
        1_000 - inFlight - 1,
        street.listener.broker().counters().dropped(BrokerCounters.Drop.SUPERSEDED));
  }

  @Test
  void anUnknownPubackIsIgnored() {
    wire.send(Packets.puback(3)).send(Packets.PINGREQ);

    assertEquals(List.of("d000"), wire.received());
  }

  @Test
  void subscriptionsAreLimited() {
    int max = BrokerLimits.DEFAULT.subscriptionsMax();
    Wire reader = street.connect(Street.r());
    for (int i = 0; i < max; i++) {
      reader.send(Packets.subscribe(1, 0, "levels/s" + i));
    }
    reader.received();
    reader.send(Packets.subscribe(2, 0, "levels/s0", "levels/more"));

    assertEquals(List.of("90040002" + "0080"), reader.received());
  }

  @Test
  void aClosedSessionIsNoSubscriberAnyMore() {
    subscribe(0, "levels/a");
    wire.cut();
    publish("levels/a", "1");

    assertEquals(0, street.listener.broker().counters().sent());
    assertFalse(wire.isOpen());
  }

  private void subscribe(int qos, String... filters) {
    wire.send(Packets.subscribe(1, qos, filters)).received();
  }

  private void publish(String topic, String payload) {
    street.listener.broker().publishState(topic, payload.getBytes(StandardCharsets.UTF_8));
  }
}
