package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Rejection.Reason;
import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class PublishTest {
  private static final String READINGS = "sensors/a/readings";
  private static final String STATUS = "sensors/a/status";
  private static final int DUP = 8;
  private static final int QOS_1 = 2;

  private final Street street = new Street();
  private final Wire wire = street.connect(Street.a());

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aReadingBecomesASubmission() {
    wire.send(Packets.publish(READINGS, 1, 7, "{\"depth_mm\":142}"));
    Submission submission = street.crank.await();

    assertEquals(1, submission.sensorId());
    assertEquals(READINGS, submission.topic());
    assertFalse(submission.repeated());
    assertEquals(Street.NOW, submission.arrivedAt());
    assertEquals(OptionalInt.of(142), submission.readings().get(0).depthMm());
    assertEquals(List.of(), submission.rejections());
    assertEquals(Optional.empty(), submission.status());
    assertEquals(1, street.counters.readings());
  }

  @Test
  void aMessageSentAgainIsMarkedSo() {
    wire.send(Packets.publish(DUP | QOS_1, READINGS, 7, new byte[] {'{', '}'}));

    assertTrue(street.crank.await().repeated());
  }

  @Test
  void anAcknowledgementLeavesOnlyAfterTheCommit() {
    wire.send(Packets.publish(READINGS, 1, 7, "{\"depth_mm\":142}"));
    List<Submission> taken = street.crank.take();
    assertEquals(List.of(), wire.received());

    street.crank.commit(taken);
    assertEquals(List.of(Wire.puback(7)), wire.received());
    assertEquals(1, street.counters.acknowledged());
  }

  @Test
  void acknowledgementsLeaveInTheOrderOfTheMessages() {
    for (int id : new int[] {5, 3, 9}) {
      wire.send(Packets.publish(READINGS, 1, id, "{\"depth_mm\":142}"));
    }
    List<Submission> taken = street.crank.take();
    street.crank.commit(taken.subList(1, 3));
    assertEquals(List.of(), wire.received());

    street.crank.commit(taken.subList(0, 1));
    assertEquals(List.of(Wire.puback(5), Wire.puback(3), Wire.puback(9)), wire.received());
  }

  @Test
  void qos0IsTakenAndNotAcknowledged() {
    wire.send(Packets.publish(READINGS, 0, 0, "{\"depth_mm\":142}"));
    street.crank.commit(street.crank.take());

    assertEquals(List.of(), wire.received());
    assertEquals(1, street.counters.readings());
  }

  @Test
  void whatIsNoJsonIsRejectedAndAcknowledged() {
    wire.send(Packets.publish(READINGS, 1, 7, "hello"));

    assertRejected(Reason.SYNTAX, READINGS);
  }

  @Test
  void goodAndBadElementsTravelTogether() {
    wire.send(Packets.publish(READINGS, 1, 7, "[{\"depth_mm\":1,\"seq\":-1},{},{\"rain_mm\":1}]"));
    Submission submission = street.crank.await();

    assertEquals(2, submission.readings().size());
    assertEquals(1, submission.rejections().size());
    assertEquals(2, street.counters.readings());
    assertEquals(1, street.counters.rejected(Reason.EMPTY));
    assertEquals(1, street.counters.badFields());
  }

  @Test
  void aForeignTopicIsRejectedAndAcknowledged() {
    for (String topic :
        List.of("sensors/b/readings", "sensors/a/config", "levels/a", "x", READINGS + "/senml")) {
      wire.send(Packets.publish(topic, 1, 7, "{\"depth_mm\":142}"));
      assertRejected(Reason.TOPIC, topic);
    }
  }

  @Test
  void aLongTopicIsRecordedByItsBeginning() {
    wire.send(Packets.publish("x".repeat(60_000), 1, 7, "{}"));

    assertRejected(Reason.TOPIC, "x".repeat(256));
  }

  @Test
  void aTopicWithANulEndsTheSession() {
    wire.send(Packets.publish("sensors/a\0/readings", 1, 7, "{}"));

    assertClosed(Closing.MALFORMED);
    assertEquals(0, street.queue.size());
  }

  @Test
  void aStatusIsSubmitted() {
    wire.send(Packets.publish(1 | QOS_1, STATUS, 7, new byte[] {'o', 'n', 'l', 'i', 'n', 'e'}));

    assertEquals(
        Optional.of(new Submission.StatusChange(true, false)), street.crank.await().status());
    wire.send(Packets.publish(STATUS, 0, 0, "offline"));
    assertEquals(
        Optional.of(new Submission.StatusChange(false, false)), street.crank.await().status());
  }

  @Test
  void aStatusThatIsNoneIsRejectedAndAcknowledged() {
    for (String status : List.of("Online", "online ", "")) {
      wire.send(Packets.publish(STATUS, 1, 7, status));
      assertRejected(Reason.SYNTAX, STATUS);
    }
  }

  @Test
  void packetsThatAreMalformedEndTheSession() {
    byte[] payload = {'{', '}'};
    byte[][] malformed = {
      Packets.publish(DUP, READINGS, 0, payload),
      Packets.publish(6, READINGS, 7, payload),
      Packets.publish("", 1, 7, "{}"),
      Packets.publish(READINGS, 1, 0, "{}"),
      Packets.publish("sensors/+/readings", 1, 7, "{}"),
      Packets.packet(0x32, new byte[] {0, 9, 'a'}),
      Packets.packet(0xc0, new byte[] {1}),
      Packets.packet(0xe0, new byte[] {1}),
      Packets.packet(0x40, new byte[] {0, 1, 0}),
      Packets.packet(0x60, Packets.uint16(1)),
      Packets.packet(0x62, Packets.uint16(0)),
      Packets.packet(0x00, new byte[0]),
      Packets.packet(0xf0, new byte[0]),
      {(byte) 0xc0, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x01},
      Packets.packet(0x82, Packets.uint16(1)),
      Packets.subscribe(1, 3, STATUS),
      Packets.subscribe(1, 4, STATUS),
      Packets.packet(0xa2, Packets.uint16(1)),
      Packets.packet(0x82, new byte[9_000]),
    };
    for (byte[] packet : malformed) {
      long before = street.counters.closed(Closing.MALFORMED);
      Wire one = street.connect(Street.b());
      one.send(packet);
      assertFalse(one.isOpen(), () -> "Still open after " + Arrays.toString(packet));
      assertEquals(before + 1, street.counters.closed(Closing.MALFORMED));
    }
    assertEquals(0, street.queue.size());
  }

  @Test
  void whatFollowsAMalformedPacketIsNotTaken() {
    wire.send(Packets.packet(0xf0, new byte[0]), Packets.publish(READINGS, 1, 7, "{}"));

    assertEquals(0, street.queue.size());
  }

  @Test
  void aMessageOfAConnectionThatIsGoneIsCommittedAnyway() {
    wire.send(Packets.publish(READINGS, 1, 7, "{\"depth_mm\":142}"));
    wire.cut();

    List<Submission> taken = street.crank.take();
    assertEquals(1, taken.size());
    street.crank.commit(taken);
    assertEquals(List.of(), wire.received());
    assertEquals(0, street.counters.acknowledged());
  }

  @Test
  void anOversizedMessageIsRecordedAcknowledgedAndItsConnectionClosed() {
    byte[] payload = new byte[1_000_000];
    Arrays.fill(payload, (byte) 'x');
    wire.send(Packets.publish(READINGS, 1, 6, "{\"depth_mm\":142}"));
    wire.send(Packets.publish(READINGS, 1, 7, payload));
    wire.send(Packets.publish(READINGS, 1, 8, "{\"depth_mm\":143}"));
    List<Submission> taken = street.crank.take();

    assertEquals(2, taken.size(), "what follows is not taken");
    assertTrue(taken.get(1).sizeBytes() < 5_000);
    Rejection rejection = taken.get(1).rejections().get(0);
    assertEquals(Reason.OVERSIZE, rejection.reason());
    assertEquals(1_000_000, rejection.sizeBytes());
    assertArrayEquals(Arrays.copyOf(payload, 1_024), rejection.excerpt());
    assertEquals(List.of(), wire.received());
    assertTrue(wire.isOpen());

    street.crank.commit(taken);
    assertEquals(List.of(Wire.puback(6), Wire.puback(7)), wire.received());
    assertClosed(Closing.OVERSIZE);
  }

  @Test
  void anOversizedMessageMayWaitForItsCommitLongerThanTheKeepAlive() {
    wire.send(Packets.publish(READINGS, 1, 7, new byte[65_537])).pass(1_000);
    assertTrue(wire.isOpen());

    street.crank.commit(street.crank.take());
    assertEquals(List.of(Wire.puback(7)), wire.received());
  }

  @Test
  void anOversizedMessageOfQos0IsRecordedAndItsConnectionClosed() {
    wire.send(Packets.publish(READINGS, 0, 0, new byte[65_537]));

    assertEquals(Reason.OVERSIZE, street.crank.await().rejections().get(0).reason());
    assertClosed(Closing.OVERSIZE);
  }

  @Test
  void theLargestPayloadIsTaken() {
    byte[] payload = new byte[65_536];
    Arrays.fill(payload, (byte) ' ');
    payload[0] = '[';
    payload[65_535] = ']';
    wire.send(Packets.publish(READINGS, 1, 7, payload));

    assertRejected(Reason.EMPTY, READINGS);
    assertTrue(wire.isOpen());
  }

  private void assertRejected(Reason reason, String topic) {
    long before = street.counters.rejected(reason);
    Submission submission = street.crank.await();
    assertEquals(topic, submission.topic());
    assertEquals(List.of(), submission.readings());
    assertEquals(List.of(reason), submission.rejections().stream().map(Rejection::reason).toList());
    assertTrue(before > 0);
    street.crank.commit(List.of(submission));
    assertEquals(List.of(Wire.puback(7)), wire.received());
  }

  private void assertClosed(Closing reason) {
    assertFalse(wire.isOpen());
    assertEquals(1, street.counters.closed(reason));
  }
}
