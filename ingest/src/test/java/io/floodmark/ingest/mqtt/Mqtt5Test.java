package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What MQTT 5.0 says beyond 3.1.1 about connections and what they publish. */
@ExtendWith(NoLeaks.class)
class Mqtt5Test {
  private static final String READINGS = "sensors/a/readings";
  private static final String READING = "{\"depth_mm\":142}";
  private static final byte[] NONE = {};
  private static final byte[] NO_WORDS = Packets.property8(0x17, 0);
  private static final int QOS_1 = 2;

  private final Street street = new Street();

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void limitsAreAnnounced() {
    List<String> answer = street.dial().send(Street.a().mqtt5().bytes()).received();

    // Receive Maximum 1000, Maximum Packet Size 65,536 + 4,096, Topic Alias Maximum 16.
    assertEquals(List.of("200e" + "0000" + "0b" + "2103e8" + "2700011000" + "220010"), answer);
  }

  @Test
  void whoHasNoClientIdIsGivenOne() {
    String first = clientIdGiven();
    String second = clientIdGiven();

    assertTrue(first.startsWith("auto-"), first);
    assertFalse(first.equals(second));
  }

  private String clientIdGiven() {
    String answer = street.dial().send(Street.a().clientId("").mqtt5().bytes()).received().get(0);
    int at = answer.indexOf("12", 8 + 22);
    byte[] bytes = HexFormat.of().parseHex(answer.substring(at + 6));
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void anEmptyClientIdMayBeKept() {
    street.connect5(Street.a().clientId("").keepingItsSession());
  }

  @Test
  void aKeepAliveThatIsTooLongIsReplaced() {
    String serverKeepAlive = "13" + "0e10";
    assertTrue(connack(Street.a().keepAlive(0)).endsWith(serverKeepAlive));
    assertTrue(connack(Street.a().keepAlive(3_601)).endsWith(serverKeepAlive));
    assertFalse(connack(Street.a().keepAlive(3_600)).endsWith(serverKeepAlive));

    Wire wire = street.connect5(Street.b().keepAlive(0), NO_WORDS);
    assertTrue(wire.pass(5_399).isOpen());
    assertEquals(List.of("e001" + "8d"), wire.pass(1).received());
    assertFalse(wire.isOpen());
  }

  private String connack(Packets.Connect connect) {
    return street.dial().send(connect.mqtt5().bytes()).received().get(0);
  }

  @Test
  void whoIsKeptOutIsToldWhy() {
    assertRefused("86", Refusal.CREDENTIALS, new Packets.Connect().mqtt5());
    assertRefused("87", Refusal.NOT_AUTHORIZED, new Packets.Connect().as("a", "wrong").mqtt5());
    assertRefused("87", Refusal.WILL, Street.a().will("sensors/b/status", "offline").mqtt5());
    assertRefused("85", Refusal.CLIENT_ID, Street.a().clientId("x".repeat(257)).mqtt5());
    assertRefused(
        "8c",
        Refusal.AUTHENTICATION_METHOD,
        Street.a().mqtt5(Packets.property(0x15, "SCRAM-SHA-256")));
  }

  @Test
  void aConnectThatCannotBeReadIsToldSo() {
    byte[] twice = Packets.concat(NO_WORDS, NO_WORDS);
    Wire wire = street.dial().send(Street.a().mqtt5(twice).bytes());
    assertTrue(wire.received().get(0).startsWith("82", 6));
    assertFalse(wire.isOpen());

    Wire other = street.dial().send(Street.a().mqtt5(Packets.property16(0x23, 1)).bytes());
    assertTrue(
        other.received().get(0).startsWith("81", 6), "a topic alias has no place in CONNECT");
    assertEquals(2, street.counters.closed(Closing.MALFORMED));
  }

  @Test
  void aReadingIsAcknowledgedWithoutAReason() {
    Wire wire = street.connect5(Street.a());
    wire.send(Packets.publish5(QOS_1, READINGS, 7, NONE, READING));
    Submission submission = street.crank.await();
    assertEquals(1, submission.readings().size());

    street.crank.commit(List.of(submission));
    assertEquals(List.of(Wire.puback(7)), wire.received());
  }

  @Test
  void whatIsRejectedIsAcknowledgedWithItsReason() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    assertReason(wire, "99", READINGS, "no json");
    assertReason(wire, "83", READINGS, "{}");
    assertReason(wire, "83", READINGS, "[]");
    assertReason(wire, "83", READINGS, "{\"depth_mm\":99999999999}");
    assertReason(wire, "87", "sensors/b/readings", READING);
    assertReason(wire, "87", "levels/a", READING);
    assertReason(wire, "99", "sensors/a/status", "gone");
  }

  @Test
  void aMessageOfWhichSomeIsTakenIsAcknowledgedAsTaken() {
    Wire wire = street.connect5(Street.a());
    wire.send(Packets.publish5(QOS_1, READINGS, 7, NONE, "[{}," + READING + "]"));
    street.crank.commit(street.crank.take());

    assertEquals(List.of(Wire.puback(7)), wire.received());
  }

  @Test
  void reasonsComeInWordsUnlessTheyAreNotWanted() {
    Wire wire = street.connect5(Street.a());
    wire.send(Packets.publish5(QOS_1, "sensors/a/status", 7, NONE, "gone"));
    street.crank.commit(street.crank.take());
    String words = "A status is exactly \"online\" or \"offline\".";

    assertEquals(
        List.of(
            hex(
                Packets.packet(
                    0x40,
                    Packets.concat(
                        Packets.uint16(7),
                        new byte[] {(byte) 0x99},
                        Packets.withLength(Packets.property(0x1f, words)))))),
        wire.received());
  }

  @Test
  void whatAClientSaysBesideIsTakenWithTheReading() {
    Wire wire = street.connect5(Street.a());
    byte[] properties =
        Packets.concat(
            Packets.property8(0x01, 1),
            Packets.property32(0x02, 60),
            Packets.property(0x03, "application/json"),
            Packets.property(0x08, "answers/a"),
            Packets.property(0x09, "42"),
            Packets.property(0x26, "firmware"),
            Packets.string("1.2.3 ".repeat(40)));
    wire.send(Packets.publish5(QOS_1, READINGS, 7, properties, READING));

    assertEquals(1, street.crank.await().readings().size());
  }

  @Test
  void anAliasStandsForItsTopicUntilTheConnectionEnds() {
    Wire wire = street.connect5(Street.a());
    wire.send(Packets.publish5(0, READINGS, 0, Packets.property16(0x23, 16), READING));
    wire.send(Packets.publish5(0, "", 0, Packets.property16(0x23, 16), READING));
    assertEquals(
        List.of(READINGS, READINGS), street.crank.take().stream().map(Submission::topic).toList());
    wire.cut();

    Wire again = street.connect5(Street.a(), NO_WORDS);
    again.send(Packets.publish5(0, "", 0, Packets.property16(0x23, 16), READING));
    assertEquals(List.of("e001" + "94"), again.received());
    assertFalse(again.isOpen());
  }

  @Test
  void anAliasOutOfRangeEndsTheSession() {
    for (int alias : new int[] {0, 17}) {
      Wire wire = street.connect5(Street.a(), NO_WORDS);
      wire.send(Packets.publish5(0, READINGS, 0, Packets.property16(0x23, alias), READING));
      assertEquals(List.of("e001" + "94"), wire.received());
    }
    assertEquals(0, street.queue.size());
  }

  @Test
  void moreUnderWayThanAnnouncedEndsTheSession() {
    Street narrow = new Street(100, receiveMax(2));
    Wire wire = narrow.connect5(Street.a(), NO_WORDS);
    wire.send(Packets.publish5(4, READINGS, 1, NONE, READING));
    wire.send(Packets.publish5(QOS_1, READINGS, 2, NONE, READING));
    narrow.crank.commit(narrow.crank.take());
    assertEquals(List.of(Wire.pubrec(1), Wire.puback(2)), wire.received());
    wire.send(Packets.publish5(QOS_1, READINGS, 3, NONE, READING));
    assertTrue(wire.isOpen(), "two: one waits for its PUBREL");

    wire.send(Packets.publish5(QOS_1, READINGS, 4, NONE, READING));
    assertEquals(List.of("e001" + "93"), wire.received());
    assertFalse(wire.isOpen());
    assertEquals(1, narrow.counters.closed(Closing.RECEIVE_MAXIMUM));
    assertEquals(1, narrow.crank.take().size());
    narrow.hangUp();
  }

  @Test
  void anExchangeAtItsEndIsUnderWayNoMore() {
    Street narrow = new Street(100, receiveMax(1));
    Wire wire = narrow.connect5(Street.a(), NO_WORDS);
    for (int i = 1; i <= 3; i++) {
      wire.send(Packets.publish5(4, READINGS, i, NONE, i == 2 ? "no json" : READING));
      narrow.crank.commit(narrow.crank.take());
      assertEquals(1, wire.received().size());
      if (i != 2) {
        assertEquals(List.of(Wire.pubcomp(i)), wire.send(Packets.pubrel(i)).received());
      }
    }
    wire.send(Packets.publish5(QOS_1, READINGS, 4, NONE, READING));

    assertTrue(wire.isOpen());
    narrow.hangUp();
  }

  @Test
  void anOversizedMessageIsRecordedAndTheSessionEndsWithItsReason() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    byte[] properties = Packets.property(0x03, "x".repeat(5_000));
    wire.send(Packets.publish5(QOS_1, READINGS, 7, properties, "x".repeat(65_537)));
    Submission submission = street.crank.await();
    assertEquals(65_537, submission.rejections().get(0).sizeBytes());
    assertEquals(List.of(), wire.received());

    street.crank.commit(List.of(submission));
    assertEquals(List.of("4003" + "0007" + "83", "e001" + "95"), wire.received());
    assertFalse(wire.isOpen());
  }

  @Test
  void whatTurnsOutAtTheCommitIsSaidToo() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    wire.send(Packets.publish5(QOS_1, READINGS, 6, NONE, READING));
    Submission submission = street.crank.await();
    submission
        .settlement()
        .rejected(new Rejection(Rejection.Reason.CONFLICT, "Another one is there.", NONE, 0));
    street.crank.commit(List.of(submission));
    assertEquals(List.of("4003" + "0006" + "83"), wire.received());
  }

  @Test
  void anOversizedMessageMayHaveAnAliasForItsTopic() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    byte[] alias = Packets.property16(0x23, 1);
    wire.send(Packets.publish5(QOS_1, READINGS, 6, alias, READING));
    street.crank.commit(street.crank.take());
    wire.received();
    wire.send(Packets.publish5(QOS_1, "", 7, alias, "x".repeat(65_537)));
    Submission submission = street.crank.await();
    assertEquals(READINGS, submission.topic());
    assertEquals(65_537, submission.rejections().get(0).sizeBytes());
    street.crank.commit(List.of(submission));
    assertEquals(List.of("4003" + "0007" + "83", "e001" + "95"), wire.received());
  }

  @Test
  void anOversizedMessageWithAnAliasThatStandsForNothingIsABreach() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    byte[] alias = Packets.property16(0x23, 1);
    wire.send(Packets.publish5(QOS_1, "", 7, alias, "x".repeat(65_537)));
    assertEquals(List.of("e001" + "94"), wire.received());
  }

  @Test
  void whoeverIsTakenOverOrRevokedIsTold() {
    Wire first = street.connect5(Street.a(), NO_WORDS);
    street.connect5(Street.a());
    assertEquals(List.of("e001" + "8e"), first.received());

    Wire reader = street.connect5(Street.r(), NO_WORDS);
    street.readers.replaceAll(List.of());
    assertEquals(List.of("e001" + "87"), reader.received());
  }

  @Test
  void aReaderThatPublishesIsToldAndStays() {
    Wire reader = street.connect5(Street.r(), NO_WORDS);
    reader.send(Packets.publish5(QOS_1, READINGS, 7, NONE, READING));
    reader.send(Packets.publish5(4, READINGS, 8, NONE, READING));
    assertEquals(List.of("4003" + "0007" + "87", "5003" + "0008" + "87"), reader.received());
    assertTrue(reader.isOpen());

    reader.send(Packets.publish5(0, READINGS, 0, NONE, READING));
    assertEquals(List.of("e001" + "87"), reader.received());
    assertFalse(reader.isOpen());
    assertEquals(0, street.queue.size());
  }

  @Test
  void disconnectMayAskForTheWill() {
    Wire wire = street.connect5(Street.a().will("sensors/a/status", "offline"));
    wire.send(Packets.packet(0xe0, new byte[] {4}));
    assertEquals(1, street.crank.take().size());

    Wire other = street.connect5(Street.a().will("sensors/a/status", "offline"));
    other.send(Packets.packet(0xe0, new byte[] {0, 0}));
    assertEquals(0, street.crank.take().size());
  }

  @Test
  void disconnectMayNotBeginToKeepTheSession() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    byte[] expiry = Packets.withLength(Packets.property32(0x11, 5));
    wire.send(Packets.packet(0xe0, Packets.concat(new byte[] {0}, expiry)));

    assertEquals(List.of("e001" + "82"), wire.received());
  }

  @Test
  void authIsNotSpoken() {
    Wire wire = street.connect5(Street.a(), NO_WORDS);
    wire.send(Packets.packet(0xf0, new byte[0]));

    assertEquals(List.of("e001" + "82"), wire.received());
  }

  private void assertReason(Wire wire, String reason, String topic, String payload) {
    wire.send(Packets.publish5(QOS_1, topic, 7, NONE, payload));
    street.crank.commit(street.crank.take());
    assertEquals(List.of("4003" + "0007" + reason), wire.received(), payload);
  }

  private void assertRefused(String code, Refusal reason, Packets.Connect connect) {
    Wire wire = street.dial().send(connect.bytes());
    String answer = wire.received().get(0);
    assertTrue(answer.startsWith("00" + code, 4), answer);
    assertFalse(wire.isOpen());
    assertTrue(street.counters.refused(reason) > 0);
  }

  private static MqttLimits receiveMax(int max) {
    return new MqttLimits(
        10,
        4,
        16,
        100,
        10_000,
        65_536,
        8_192,
        256,
        256,
        max,
        16,
        3_600,
        60,
        60_000,
        MqttRates.DEFAULT);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
