package io.floodmark.ingest.packet;

import static io.floodmark.ingest.packet.Bytes.connect5;
import static io.floodmark.ingest.packet.Bytes.counted;
import static io.floodmark.ingest.packet.Bytes.hex;
import static io.floodmark.ingest.packet.Bytes.string;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.broker.Subscription.RetainHandling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections are those of MQTT 5.0, where 3.1.1 is not named. */
class PacketReaderTest {
  private static final int CONNECT = 0x10;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int SUBSCRIBE = 0x82;
  private static final int UNSUBSCRIBE = 0xa2;
  private static final int DISCONNECT = 0xe0;

  @Test
  void aConnectOf311IsReadInTheTermsOf5() {
    String body = "0004 4d515454 04 c2 003c" + string("c") + string("a") + string("token");
    Connect connect = (Connect) read(new PacketReader(), CONNECT, body);

    assertEquals(ProtocolVersion.MQTT_3_1_1, connect.version());
    assertEquals("c", connect.clientId());
    assertEquals(60, connect.keepAliveSeconds());
    assertTrue(connect.cleanStart());
    assertEquals(0, connect.sessionExpirySeconds());
    assertEquals(65_535, connect.receiveMax());
    assertEquals(Optional.of("a"), connect.user());
    assertArrayEquals(hex("746f6b656e"), connect.password().orElseThrow());
    assertTrue(connect.toString().indexOf("token") < 0, "the secret is not shown");

    String kept = "0004 4d515454 04 00 003c" + string("c");
    assertEquals(
        Connect.NEVER_EXPIRES,
        ((Connect) read(new PacketReader(), CONNECT, kept)).sessionExpirySeconds());
  }

  @Test
  void aConnectOf5BringsItsProperties() {
    String properties =
        "11 0000003c 21 0010 27 00001000 22 0005 17 00 19 01 26" + string("k") + string("v");
    Connect connect = (Connect) read(new PacketReader(), CONNECT, connect5(properties));

    assertEquals(60, connect.sessionExpirySeconds());
    assertEquals(16, connect.receiveMax());
    assertEquals(4_096, connect.packetBytesMax());
    assertEquals(5, connect.topicAliasMax());
    assertTrue(!connect.wantsProblems());
  }

  @Test
  void aWillBringsItsProperties() {
    String will =
        counted("18 0000000a 02 00000014 01 01 03" + string("text")) + string("t") + string("bye");
    String body = "0004 4d515454 05 2e 003c 00" + string("c") + will;
    Will read = ((Connect) read(new PacketReader(), CONNECT, body)).will().orElseThrow();

    assertEquals("t", read.topic());
    assertEquals(1, read.qos());
    assertTrue(read.retain());
    assertEquals(10, read.properties().delaySeconds());
    assertEquals(20, read.properties().expirySeconds());
    assertArrayEquals(hex("01 01 03" + string("text")), read.properties().passedOn());
  }

  /** Each by itself is wrong; what is right about it is in the tests above. */
  @ParameterizedTest
  @CsvSource({
    "twice, 11 0000003c 11 0000003c, 82",
    "reserved id, 7f 00, 81",
    "of another packet, 23 0001, 81",
    "receive maximum 0, 21 0000, 82",
    "packet size 0, 27 00000000, 82",
    "no flag, 17 02, 82",
    "data without a method, 16 0001 00, 82",
    "cut off, 11 0000, 81",
    "not UTF-8, 26 0001 ff 0001 61, 81",
    "with U+0000, 26 0001 00 0001 61, 81",
    "a surrogate, 26 0003 eda080 0001 61, 81",
  })
  void aConnectWithAWrongPropertyIsRefused(String what, String properties, String code) {
    assertBreach(code, new PacketReader(), CONNECT, connect5(properties), what);
  }

  @ParameterizedTest
  @CsvSource({
    "another protocol, 0004 41515450 05 02 003c 00 0000, 84",
    "another level, 0004 4d515454 06 02 003c 00 0000, 84",
    "MQTT 3.1, 0006 4d5149736470 03 02 003c 0000, 84",
    "reserved flag §3.1.2-3, 0004 4d515454 05 03 003c 00 0000, 81",
    "will QoS without a will, 0004 4d515454 05 0a 003c 00 0000, 81",
    "will retain without a will, 0004 4d515454 05 22 003c 00 0000, 81",
    "will QoS 3, 0004 4d515454 05 1e 003c 00 0000 00 0001 74 0000, 81",
    "will on a wildcard, 0004 4d515454 05 06 003c 00 0000 00 0001 23 0000, 90",
    "password alone in 3.1.1, 0004 4d515454 04 42 003c 0000 0000, 81",
    "something behind it, 0004 4d515454 05 02 003c 00 0000 00, 81",
    "nothing, '', 81",
  })
  void aConnectThatIsNoneIsRefused(String what, String body, String code) {
    assertBreach(code, new PacketReader(), CONNECT, body, what);
  }

  @Test
  void aPasswordAloneIsTakenIn5() {
    String body = "0004 4d515454 05 42 003c 00" + string("c") + string("token");

    assertTrue(((Connect) read(new PacketReader(), CONNECT, body)).user().isEmpty());
  }

  @Test
  void aPublishBringsWhatItPassesOnInItsOrder() {
    String user = "26" + string("b") + string("2") + "26" + string("a") + string("1");
    String properties = user + "02 00000005 08" + string("answers") + "23 0007 09 0002 0102";
    Publish publish =
        (Publish) read(five(), PUBLISH_QOS_1, string("t") + "0009" + counted(properties) + "70");

    assertEquals("t", publish.topic());
    assertEquals(1, publish.qos());
    assertEquals(9, publish.packetId());
    assertEquals(7, publish.properties().topicAlias());
    assertEquals(5, publish.properties().expirySeconds());
    assertArrayEquals(
        hex(user + "08" + string("answers") + "09 0002 0102"), publish.properties().passedOn());
    assertArrayEquals(hex("70"), publish.payload());
  }

  @Test
  void propertiesOfMoreThan127BytesEndWhereTheySay() {
    String properties = "03" + string("x".repeat(124)) + "01 01";
    Publish publish =
        (Publish) read(five(), 0x30, string("t") + "8101" + properties + "7061796c6f6164");

    assertArrayEquals(hex(properties), publish.properties().passedOn());
    assertArrayEquals(hex("7061796c6f6164"), publish.payload());
  }

  @Test
  void aTopicThatComesAgainIsNotMadeAnew() {
    PacketReader reader = five();
    Publish first = (Publish) read(reader, 0x30, string("sensors/a/readings") + "00");
    Publish second = (Publish) read(reader, 0x30, string("sensors/a/readings") + "00");
    Publish third = (Publish) read(reader, 0x30, string("sensors/b/readings") + "00");

    assertSame(first.topic(), second.topic());
    assertEquals("sensors/b/readings", third.topic());
  }

  @ParameterizedTest
  @CsvSource({
    "QoS 3, 36, 0001 74 0001 00, 81",
    "DUP on QoS 0, 38, 0001 74 00, 81",
    "packet id 0, 32, 0001 74 0000 00, 82",
    "a wildcard, 30, 0001 23 00, 90",
    "a wildcard within, 30, 0003 612f2b 00, 90",
    "neither topic nor alias, 30, 0000 00, 82",
    "alias 0, 30, 0001 74 03 23 0000, 94",
    "an identifier §3.3.4-6, 30, 0001 74 02 0b 01, 82",
    "a will delay, 30, 0001 74 05 18 00000001, 81",
    "a format that is none, 30, 0001 74 02 01 02, 82",
    "a response topic with a wildcard, 30, 0001 74 04 08 0001 23, 82",
    "expiry twice, 30, 0001 74 0a 02 00000001 02 00000001, 82",
    "properties longer than the packet, 30, 0001 74 05 01, 81",
    "a property beyond the properties, 30, 0001 74 02 03 0005 6162636465, 81",
    "a topic longer than the packet, 30, 0009 74, 81",
  })
  void aPublishThatIsNoneIsRefused(String what, String first, String body, String code) {
    assertBreach(code, five(), Integer.parseInt(first, 16), body, what);
  }

  @Test
  void acknowledgementsMayBeShort() {
    assertEquals(new Packet.Acknowledgement(AckType.PUBACK, 7, 0), read(five(), 0x40, "0007"));
    assertEquals(
        new Packet.Acknowledgement(AckType.PUBREC, 7, 0x97), read(five(), 0x50, "0007 97"));
    assertEquals(
        new Packet.Acknowledgement(AckType.PUBREL, 7, 0x92),
        read(five(), 0x62, "0007 92" + counted("1f" + string("why"))));
    assertTrue(((Packet.Acknowledgement) read(five(), 0x70, "0007 92 00")).isFailure());
    assertBreach("81", three(), 0x40, "0007 00", "3.1.1 has no reasons");
    assertBreach("81", five(), 0x60, "0007", "PUBREL without its flags");
    assertBreach("82", five(), 0x40, "0000", "packet id 0");
    assertBreach("81", five(), 0x40, "0007 00 02 01 01", "a property of PUBLISH");
  }

  @Test
  void aSubscribeBringsItsOptions() {
    String filters = string("a/#") + "2e" + string("$share/g/b") + "10";
    Packet.Subscribe subscribe =
        (Packet.Subscribe) read(five(), SUBSCRIBE, "0007" + counted("0b ffffff7f") + filters);

    assertEquals(
        new Packet.Subscribe(
            7,
            268_435_455,
            List.of(
                new Packet.Filter("a/#", 2, true, true, RetainHandling.DO_NOT_SEND),
                new Packet.Filter("$share/g/b", 0, false, false, RetainHandling.SEND_IF_NEW))),
        subscribe);
  }

  @ParameterizedTest
  @CsvSource({
    "no filter, 0007 00, 82",
    "an empty filter, 0007 00 0000 00, 81",
    "QoS 3, 0007 00 0001 61 03, 81",
    "reserved bits, 0007 00 0001 61 40, 81",
    "retain handling 3, 0007 00 0001 61 30, 82",
    "no-local and shared, 0007 00 000a 2473686172652f672f62 04, 82",
    "identifier 0, 0007 02 0b00 0001 61 00, 82",
    "identifier twice, 0007 04 0b010b02 0001 61 00, 82",
    "a number in too many bytes, 0007 03 0b8100 0001 61 00, 81",
    "no options, 0007 00 0001 61, 81",
  })
  void aSubscribeThatIsNoneIsRefused(String what, String body, String code) {
    assertBreach(code, five(), SUBSCRIBE, body, what);
  }

  @Test
  void whatOnly5KnowsIsReservedIn311() {
    assertEquals(
        List.of(new Packet.Filter("a", 2, false, false, RetainHandling.SEND_AT_SUBSCRIBE)),
        ((Packet.Subscribe) read(three(), SUBSCRIBE, "0007" + string("a") + "02")).filters());
    for (String options : List.of("04", "08", "10", "03", "80")) {
      assertBreach("81", three(), SUBSCRIBE, "0007" + string("a") + options, options);
    }
  }

  @Test
  void anUnsubscribeBringsItsFilters() {
    assertEquals(
        new Packet.Unsubscribe(7, List.of("a", "b/#")),
        read(five(), UNSUBSCRIBE, "0007 00" + string("a") + string("b/#")));
    assertBreach("82", five(), UNSUBSCRIBE, "0007 00", "no filter");
    assertBreach("81", five(), UNSUBSCRIBE, "0007 02 0b01" + string("a"), "an identifier");
  }

  @Test
  void aDisconnectMayChangeTheExpiry() {
    assertEquals(new Packet.Disconnect(0, OptionalLong.empty()), read(five(), DISCONNECT, ""));
    assertEquals(
        new Packet.Disconnect(4, OptionalLong.of(5)),
        read(five(), DISCONNECT, "04" + counted("11 00000005")));
    assertBreach("81", three(), DISCONNECT, "00", "3.1.1 has no reasons");
    assertBreach("81", five(), DISCONNECT, "00 03 210001", "a receive maximum");
  }

  @Test
  void whatOnlyServersSendIsRefused() {
    for (int first : new int[] {0x20, 0x90, 0xb0, 0xd0, 0x00}) {
      assertBreach("82", five(), first, "", Integer.toHexString(first));
    }
    assertInstanceOf(Packet.Ping.class, read(five(), 0xc0, ""));
    assertBreach("81", five(), 0xc0, "00", "PINGREQ with a body");
    assertBreach("81", five(), 0xc1, "", "PINGREQ with flags");
  }

  /** A reader that has read a CONNECT of MQTT 5. */
  static PacketReader five() {
    PacketReader reader = new PacketReader();
    read(reader, CONNECT, connect5(""));
    return reader;
  }

  private static PacketReader three() {
    PacketReader reader = new PacketReader();
    read(reader, CONNECT, "0004 4d515454 04 02 003c" + string("c"));
    return reader;
  }

  private static Packet read(PacketReader reader, int firstByte, String body) {
    ByteBuf in = Unpooled.wrappedBuffer(hex(body));
    return reader.read(firstByte, in, 0, in.readableBytes());
  }

  private static void assertBreach(
      String code, PacketReader reader, int firstByte, String body, String what) {
    Breach breach = assertThrows(Breach.class, () -> read(reader, firstByte, body), what);
    assertEquals(code, Integer.toHexString(breach.reason().code()), what);
  }
}
