package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not say who they are, and with them what MQTT 5.0 has between any two. */
@ExtendWith(NoLeaks.class)
class OpenClientTest {
  private static final byte[] NONE = {};
  private static final byte[] NO_WORDS = Packets.property8(0x17, 0);
  private static final int QOS_1 = 2;
  private static final int QOS_2 = 4;
  private static final int RETAIN = 1;

  private final Street street = Street.open();

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void theyComeInOnlyWhereTheyMay() {
    street.connect(open("c"));
    Street closed = new Street();
    assertEquals(List.of("20020004"), closed.dial().send(open("c").bytes()).received());
    closed.hangUp();
    street.connect(Street.a());
    assertEquals(
        List.of("20020005"),
        street.dial().send(new Packets.Connect().as("a", "wrong").bytes()).received());
  }

  @Test
  void theDoorIsOpenOnlyToThisMachine() {
    for (String host : List.of("127.0.0.1", "::1", "localhost")) {
      assertTrue(new MqttConfig(host, 0, MqttLimits.DEFAULT, true).open());
    }
    for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new MqttConfig(host, 0, MqttLimits.DEFAULT, true),
          host);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sensors/a/readings", "sensors", "levels/a", "alerts/a", "levels"})
  void whatIsOursTheyMayNotSubscribeTo(String topic) {
    Wire three = street.connect(open("three"));
    assertEquals(List.of("9003000180"), three.send(Packets.subscribe(1, 0, topic)).received());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sensors/a/readings", "sensors", "levels/a", "alerts/a", "levels"})
  void whatIsOursTheyMayNotPublishTo(String topic) {
    Wire three = street.connect(open("three"));
    three.send(Packets.publish(topic, 1, 2, "x"));
    assertFalse(three.isOpen(), "3.1.1 has no other way to say no");

    Wire five = street.connect5(open("five"), NO_WORDS);
    five.send(Packets.publish5(QOS_1, topic, 2, NONE, "x"));
    assertEquals(List.of("4003" + "0002" + "87"), five.received());
    five.send(Packets.publish5(QOS_2, topic, 3, NONE, "x"));
    assertEquals(List.of("5003" + "0003" + "87"), five.received());
    five.send(Packets.publish5(0, topic, 0, NONE, "x"));
    assertEquals(List.of("e001" + "87"), five.received());
    long before = street.counters.refused(Refusal.WILL);
    assertFalse(street.dial().send(open("w").will(topic, "x").bytes()).isOpen());
    assertEquals(before + 1, street.counters.refused(Refusal.WILL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$SYS/x", "$"})
  void whatBeginsWithADollarGoesNowhere(String topic) {
    Wire five = street.connect5(open("five"));
    five.send(Packets.subscribe5(1, NONE, 0, topic)).received();
    Wire three = street.connect(open("three"));
    three.send(Packets.publish(topic, 1, 2, "x"));
    assertEquals(List.of(Wire.puback(2)), three.received());
    three.send(Packets.publish(topic, 2, 3, "x"));
    assertEquals(List.of(Wire.pubrec(3)), three.received());
    assertEquals(List.of(Wire.pubcomp(3)), three.send(Packets.pubrel(3)).received());
    five.send(Packets.publish5(QOS_1, topic, 2, NONE, "x"));
    assertEquals(List.of("4003" + "0002" + "87"), five.received());
    assertFalse(street.dial().send(open("w").will(topic, "x").bytes()).isOpen());
  }

  @Test
  void whatAWildcardMatchesOfOursIsNotDelivered() {
    Wire wire = street.connect(open("c"));
    wire.send(Packets.subscribe(1, 0, "#", "+/a")).received();
    street.listener.broker().publishState("levels/a", bytes("1"));
    street.listener.broker().publishState("sensors/a/status", bytes("online"));
    assertEquals(List.of(), wire.received());

    wire.send(Packets.publish("other/a", 0, 0, "2"));
    assertEquals(List.of(Wire.message(0, "other/a", 0, "2")), wire.received());
  }

  @Test
  void messagesOfQos2ComeOnceBothWays() {
    Wire to = street.connect(open("to"));
    assertEquals(List.of("9003000102"), to.send(Packets.subscribe(1, 2, "t")).received());
    Wire from = street.connect(open("from"));
    from.send(Packets.publish("t", 2, 7, "x"));
    assertEquals(List.of(Wire.pubrec(7)), from.received());
    from.send(Packets.publish("t", 2, 7, "x"));
    assertEquals(List.of(Wire.pubrec(7)), from.received());
    assertEquals(List.of(Wire.pubcomp(7)), from.send(Packets.pubrel(7)).received());

    List<String> delivered = to.received();
    assertEquals(1, delivered.size());
    int packetId = Wire.packetId(delivered.get(0));
    assertEquals(Wire.message(QOS_2, "t", packetId, "x"), delivered.get(0));
    to.send(Packets.packet(0x50, Packets.uint16(packetId)));
    assertEquals(List.of(hex(Packets.pubrel(packetId))), to.received());
    to.send(Packets.packet(0x70, Packets.uint16(packetId)));
    assertEquals(List.of(), to.received());
  }

  @Test
  void whatIsSaidBesideAMessageComesAsItWas() {
    Wire to = street.connect5(open("to"));
    to.send(Packets.subscribe5(1, new byte[] {0x0b, 9}, 0, "t")).received();
    Wire from = street.connect5(open("from"));
    byte[] said =
        Packets.concat(
            Packets.property(0x26, "b"),
            Packets.string("2"),
            Packets.property(0x26, "a"),
            Packets.string("1"),
            Packets.property(0x08, "answers"));
    byte[] expiry = Packets.property32(0x02, 60);
    from.send(Packets.publish5(0, "t", 0, Packets.concat(said, expiry), "x"));
    byte[] got = Packets.concat(expiry, new byte[] {0x0b, 9}, said);

    assertEquals(List.of(hex(Packets.publish5(0, "t", 0, got, "x"))), to.received());
  }

  @Test
  void ofMqtt5NothingGoesTo311ButTheMessage() {
    Wire to = street.connect(open("to"));
    to.send(Packets.subscribe(1, 0, "t")).received();
    Wire from = street.connect5(open("from"));
    from.send(Packets.publish5(0, "t", 0, Packets.property(0x03, "text"), "x"));

    assertEquals(List.of(Wire.message(0, "t", 0, "x")), to.received());
  }

  @Test
  void aliasesAreSentToWhoTakesThem() {
    Wire to = street.connect5(open("to"), Packets.property16(0x22, 1));
    to.send(Packets.subscribe5(1, NONE, 0, "#")).received();
    Wire from = street.connect(open("from"));
    for (String topic : List.of("t", "t", "u")) {
      from.send(Packets.publish(topic, 0, 0, "x"));
    }
    byte[] alias = Packets.property16(0x23, 1);

    assertEquals(
        List.of(
            hex(Packets.publish5(0, "t", 0, alias, "x")),
            hex(Packets.publish5(0, "", 0, alias, "x")),
            hex(Packets.publish5(0, "u", 0, NONE, "x"))),
        to.received());
  }

  @Test
  void noPacketIsLongerThanTheClientTakes() {
    Wire to =
        street.connect5(open("to"), Packets.property32(0x27, 20), Packets.property16(0x22, 1));
    to.send(Packets.subscribe5(1, NONE, 0, "topic")).received();
    Wire from = street.connect(open("from"));
    from.send(Packets.publish("topic", 0, 0, "12345678901"));
    from.send(Packets.publish("topic", 0, 0, "1234567890"));

    assertEquals(List.of(hex(Packets.publish5(0, "topic", 0, NONE, "1234567890"))), to.received());
  }

  @Test
  void optionsOfASubscriptionCount() {
    Wire wire = street.connect5(open("c"));
    wire.send(Packets.publish5(RETAIN, "t", 0, NONE, "old")).received();
    int noLocal = 0x04;
    int retainAsPublished = 0x08;
    int doNotSend = 0x20;
    wire.send(Packets.subscribe5(1, NONE, noLocal | retainAsPublished | doNotSend, "t"));
    assertEquals(List.of("9004" + "0001" + "00" + "00"), wire.received());
    wire.send(Packets.publish5(0, "t", 0, NONE, "own"));
    assertEquals(List.of(), wire.received());
    street.connect(open("other")).send(Packets.publish(RETAIN, "t", 0, bytes("new")));

    assertEquals(List.of(hex(Packets.publish5(RETAIN, "t", 0, NONE, "new"))), wire.received());
  }

  @Test
  void aSessionIsKeptAsLongAsItAsks() {
    byte[] aMinute = Packets.property32(0x11, 60);
    Packets.Connect connect = open("c").keepingItsSession();
    Wire wire = street.connect5(connect, aMinute);
    wire.send(Packets.subscribe5(1, NONE, 1, "t"), Packets.DISCONNECT);
    street.connect(open("from")).send(Packets.publish("t", 1, 1, "x"));
    street.pass(59);
    Wire again = street.dial().send(connect.bytes());
    List<String> received = again.received();
    assertTrue(received.get(0).startsWith("0100", 4), "the session is present");
    assertEquals(2, received.size(), "and what came meanwhile");
    again.send(Packets.puback(Wire.packetId(received.get(1))), Packets.DISCONNECT);

    street.pass(61);
    assertTrue(street.dial().send(connect.bytes()).received().get(0).startsWith("0000", 4));
  }

  @Test
  void disconnectMayChangeHowLongASessionIsKept() {
    Packets.Connect connect = open("c").keepingItsSession();
    Wire wire = street.connect5(connect, Packets.property32(0x11, 60));
    byte[] none = Packets.withLength(Packets.property32(0x11, 0));
    wire.send(Packets.packet(0xe0, Packets.concat(new byte[] {0}, none)));

    assertTrue(street.dial().send(connect.bytes()).received().get(0).startsWith("0000", 4));
  }

  @Test
  void aWillIsSaidWhenItsTimeHasCome() {
    Wire to = street.connect5(open("to"));
    to.send(Packets.subscribe5(1, NONE, 0, "wills")).received();
    Packets.Connect connect =
        open("c").keepingItsSession().will5("wills", "gone", Packets.property32(0x18, 10));
    street.connect5(connect, Packets.property32(0x11, 60)).cut();
    street.pass(9);
    assertEquals(List.of(), to.received());
    street.pass(1);
    assertEquals(List.of(hex(Packets.publish5(0, "wills", 0, NONE, "gone"))), to.received());

    byte[] again = connect.mqtt5(Packets.property32(0x11, 60)).bytes();
    street.dial().send(again).cut();
    street.pass(9);
    Wire back = street.dial().send(again);
    street.pass(9);
    assertEquals(List.of(), to.received(), "it is back");
    assertTrue(back.isOpen());

    back.cut();
    street.connect5(open("c"));
    assertEquals(1, to.received().size(), "the session has ended before its time (§3.1.3.2.2)");
  }

  @Test
  void aGroupSharesWhatComes() {
    Wire one = street.connect5(open("one"));
    Wire two = street.connect5(open("two"));
    for (Wire member : List.of(one, two)) {
      member.send(Packets.subscribe5(1, NONE, 0, "$share/g/t")).received();
    }
    Wire from = street.connect(open("from"));
    from.send(Packets.publish("t", 0, 0, "1"), Packets.publish("t", 0, 0, "2"));

    assertEquals(1, one.received().size());
    assertEquals(1, two.received().size());
  }

  @Test
  void answersSayWhatTheyCan() {
    Wire wire = street.connect5(open("c"), NO_WORDS);
    wire.send(Packets.publish5(QOS_1, "nobody", 1, NONE, "x"));
    assertEquals(List.of("4003" + "0001" + "10"), wire.received());
    wire.send(Packets.subscribe5(2, NONE, 0, "a/#/b", "test/nosubscribe", "a"));
    assertEquals(List.of("9006" + "0002" + "00" + "8f" + "80" + "00"), wire.received());
    wire.send(
        Packets.packet(
            0xa2,
            Packets.concat(
                Packets.uint16(3), new byte[1], Packets.string("a"), Packets.string("b"))));
    assertEquals(List.of("b005" + "0003" + "00" + "00" + "11"), wire.received());
  }

  @Test
  void anOpenClientIsHeardOfEveryMinute() {
    String connack = street.dial().send(open("c").keepAlive(120).mqtt5().bytes()).received().get(0);

    assertTrue(connack.endsWith("13" + "003c"), connack);
  }

  private static Packets.Connect open(String clientId) {
    return new Packets.Connect().clientId(clientId);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
