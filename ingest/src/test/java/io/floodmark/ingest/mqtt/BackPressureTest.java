package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class BackPressureTest {
  private static final int QUEUE_COUNT_MAX = 4;

  private final Street street = new Street(QUEUE_COUNT_MAX, MqttLimits.DEFAULT);
  private final Wire wire = street.connect(Street.a().keepAlive(10));

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aFullQueueStopsReadingAndRoomStartsItAgain() {
    send(1, 10);
    assertFalse(wire.isRead());
    assertEquals(QUEUE_COUNT_MAX, street.queue.size(), "what is decoded already waits outside");
    assertEquals(1, street.counters.paused());

    List<Submission> first = street.crank.take();
    street.crank.commit(first.subList(0, 1));
    assertFalse(wire.isRead(), "one place is not room enough to begin again");

    street.crank.commit(first.subList(1, 4));
    assertEquals(4, wire.received().size());
    assertEquals(QUEUE_COUNT_MAX, street.queue.size());
    assertFalse(wire.isRead());

    street.crank.commit(street.crank.take());
    assertTrue(wire.isRead());
    street.crank.commit(street.crank.take());
    assertEquals(10 - 4, wire.received().size());
    assertEquals(10, street.counters.acknowledged());
  }

  @Test
  void whatWaitsInAConnectionCountsUntilItIsHandedOnOrGone() {
    send(1, 4);
    long four = street.queue.sizeBytes();
    street.crank.commit(street.crank.take());
    assertEquals(0, street.queue.sizeBytes());

    send(1, 10);
    assertTrue(street.queue.sizeBytes() > four + 6 * 256, "six are held");
    street.crank.commit(street.crank.take());
    assertFalse(wire.isRead());
    assertTrue(street.queue.sizeBytes() > four, "two are held");
    wire.cut();
    assertEquals(four, street.queue.sizeBytes());

    street.crank.commit(street.crank.take());
    assertEquals(0, street.queue.sizeBytes());
  }

  @Test
  void whatIsHeldCountsWithAllThatItHas() {
    send(1, 4);
    long before = street.queue.sizeBytes();
    wire.send(Packets.subscribe(1, 0, "x".repeat(1_000), "y".repeat(1_000)));
    assertTrue(street.queue.sizeBytes() > before + 2_000);
    before = street.queue.sizeBytes();
    wire.send(Packets.unsubscribe(2, "x".repeat(1_000)));
    assertTrue(street.queue.sizeBytes() > before + 1_000);

    Wire five = street.connect5(Street.b());
    five.send(publish5(""));
    assertFalse(five.isRead());
    before = street.queue.sizeBytes();
    five.send(publish5("x".repeat(1_000)));
    assertTrue(street.queue.sizeBytes() > before + 1_000, "properties too");
  }

  private static byte[] publish5(String contentType) {
    return Packets.publish5(
        2, "sensors/b/readings", 1, Packets.property(0x03, contentType), "{\"depth_mm\":1}");
  }

  @Test
  void whatIsHeldFillsTheQueueForOthersAndIsStillHandedOn() {
    Wire other = street.connect(Street.b());
    street.queue.hold(1_000_000);
    other.send(Packets.publish("sensors/b/readings", 1, 1, "{\"depth_mm\":1}"));
    assertFalse(other.isRead(), "though only one message is in");

    send(1, 3);
    assertFalse(wire.isRead());
    assertEquals(2, street.queue.size());

    street.crank.commit(street.crank.take());
    assertTrue(other.isRead(), "with nothing unsettled nothing else could start it again");
    assertFalse(wire.isRead());
    assertEquals(2, street.queue.size(), "what it held itself is in, and nothing new is read");

    street.crank.commit(street.crank.take());
    assertTrue(wire.isRead());
    street.queue.release(1_000_000);
    assertEquals(0, street.queue.sizeBytes());
  }

  @Test
  void behindAStuckMessageAThousandAcknowledgementsAreOwedAndNoMore() {
    Street roomy = new Street(100_000, MqttLimits.DEFAULT);
    Wire one = roomy.connect(Street.a());
    one.send(Packets.publish("sensors/a/status", 1, 1, "online"));
    List<Submission> stuck = roomy.crank.take();
    for (int id = 2; id <= 1_000; id++) {
      assertTrue(one.isRead());
      one.send(Packets.publish("sensors/a/status", 1, id, "online"));
      roomy.crank.commit(roomy.crank.take());
    }
    assertFalse(one.isRead());
    assertEquals(List.of(), one.received());

    roomy.crank.commit(stuck);
    assertTrue(one.isRead());
    assertEquals(1_000, one.received().size());
    roomy.hangUp();
  }

  @Test
  void aConnectionThatIsNotReadIsExemptFromKeepAlive() {
    send(1, 4);
    assertTrue(wire.pass(1_000).isOpen());

    street.crank.commit(street.crank.take());
    assertTrue(wire.isRead());
    assertTrue(wire.pass(14).isOpen(), "its time starts anew");
    assertFalse(wire.pass(2).isOpen());
    assertEquals(1, street.counters.closed(Closing.KEEP_ALIVE));
  }

  @Test
  void whileTheQueueIsFullSensorsConnectAndAreNotRead() {
    send(1, 4);
    for (int i = 0; i < 1_000; i++) {
      Wire other = street.connect(Street.b().will("sensors/b/status", "offline"));
      assertFalse(other.isRead());
      other.send(Packets.publish("sensors/b/readings", 1, 1, "{\"depth_mm\":1}"));
      other.cut();
    }
    assertEquals(QUEUE_COUNT_MAX, street.queue.size());
  }

  @Test
  void aWillWaitsForRoomAndIsSubmittedOnce() {
    send(1, 4);
    for (int i = 0; i < 3; i++) {
      street.connect(Street.b().will("sensors/b/status", "offline")).cut();
    }
    street.crank.commit(street.crank.take());

    assertEquals(List.of(2), street.crank.take().stream().map(Submission::sensorId).toList());
  }

  @Test
  void aWillThatWaitsIsVoidOnceItsSensorIsBack() {
    send(1, 4);
    street.connect(Street.b().will("sensors/b/status", "offline")).cut();
    street.connect(Street.b());
    street.crank.commit(street.crank.take());

    assertEquals(List.of(), street.crank.take());
  }

  @Test
  void anArrayOfRubbishCountsForWhatItHoldsInMemory() {
    Street roomy = new Street(100_000, MqttLimits.DEFAULT);
    Wire one = roomy.connect(Street.a());
    for (int id = 1; id <= 20 && one.isRead(); id++) {
      String rubbish = "[" + "1,".repeat(999) + "1]";
      one.send(Packets.publish("sensors/a/readings", 1, id, rubbish));
    }

    assertFalse(one.isRead());
    assertTrue(roomy.queue.size() < 10, "full by bytes: " + roomy.queue.size());
  }

  private void send(int first, int last) {
    byte[][] packets = new byte[last - first + 1][];
    for (int id = first; id <= last; id++) {
      packets[id - first] = Packets.publish("sensors/a/readings", 1, id, "{\"depth_mm\":1}");
    }
    wire.send(packets);
  }
}
