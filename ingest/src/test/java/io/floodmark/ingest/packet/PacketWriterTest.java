package io.floodmark.ingest.packet;

import static io.floodmark.ingest.packet.Bytes.counted;
import static io.floodmark.ingest.packet.Bytes.hex;
import static io.floodmark.ingest.packet.Bytes.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Against the tables of the specification. */
class PacketWriterTest {
  private static final PacketWriter THREE = PacketWriter.to(ProtocolVersion.MQTT_3_1_1);
  private static final PacketWriter FIVE = PacketWriter.to(ProtocolVersion.MQTT_5);

  @Test
  void aWelcomeSaysWhatIsInForce() {
    Welcome welcome =
        new Welcome(
            true, OptionalLong.of(60), 100, 70_000, 16, Optional.of("id"), OptionalInt.of(30));

    assertWritten("20 02 01 00", out -> THREE.welcome(out, welcome));
    assertWritten(
        "20 1b 01 00"
            + counted("11 0000003c 21 0064 27 00011170 22 0010 12" + string("id") + "13 001e"),
        out -> FIVE.welcome(out, welcome));
  }

  @Test
  void aRefusalHasTheCodeOfItsVersion() {
    assertWritten("20 02 00 05", out -> THREE.refusal(out, ReasonCode.NOT_AUTHORIZED, "no"));
    assertWritten("", out -> THREE.refusal(out, ReasonCode.MALFORMED_PACKET, "no"));
    assertWritten(
        "20 08 00 87" + counted("1f" + string("no")),
        out -> FIVE.refusal(out, ReasonCode.NOT_AUTHORIZED, "no"));
    assertWritten("20 03 00 87 00", out -> FIVE.refusal(out, ReasonCode.NOT_AUTHORIZED, ""));
  }

  @Test
  void anAcknowledgementThatAllIsWellIsShort() {
    assertWritten(
        "40 02 0007",
        out -> FIVE.acknowledgement(out, AckType.PUBACK, 7, ReasonCode.SUCCESS, "ignored"));
    assertWritten(
        "62 02 0007",
        out -> THREE.acknowledgement(out, AckType.PUBREL, 7, ReasonCode.PACKET_ID_NOT_FOUND, "x"));
    assertWritten(
        "50 03 0007 97",
        out -> FIVE.acknowledgement(out, AckType.PUBREC, 7, ReasonCode.QUOTA_EXCEEDED, ""));
    assertWritten(
        "70 09 0007 92" + counted("1f" + string("no")),
        out -> FIVE.acknowledgement(out, AckType.PUBCOMP, 7, ReasonCode.PACKET_ID_NOT_FOUND, "no"));
  }

  @Test
  void subscriptionsAreAnsweredOneByOne() {
    List<ReasonCode> codes =
        List.of(ReasonCode.GRANTED_QOS_2, ReasonCode.NOT_AUTHORIZED, ReasonCode.SUCCESS);
    assertWritten("90 05 0007 02 80 00", out -> THREE.subAck(out, 7, codes));
    assertWritten("90 06 0007 00 02 87 00", out -> FIVE.subAck(out, 7, codes));
    List<ReasonCode> gone = List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED);
    assertWritten("b0 02 0007", out -> THREE.unsubAck(out, 7, gone));
    assertWritten("b0 05 0007 00 00 11", out -> FIVE.unsubAck(out, 7, gone));
  }

  @Test
  void onlyMqtt5IsToldOfAnEnd() {
    assertWritten("", out -> THREE.disconnect(out, ReasonCode.SERVER_SHUTTING_DOWN, "x"));
    assertWritten(
        "e0 06 8b" + counted("1f" + string("x")),
        out -> FIVE.disconnect(out, ReasonCode.SERVER_SHUTTING_DOWN, "x"));
    assertWritten("e0 01 8b", out -> FIVE.disconnect(out, ReasonCode.SERVER_SHUTTING_DOWN, ""));
  }

  @Test
  void aPublishBringsItsPropertiesToMqtt5Alone() {
    Publish publish =
        new Publish(0x03, "t", 9, new PublishProperties(4, 60, 0, hex("01 01")), hex("7b7d"));

    assertWritten(
        "33 07 0001 74 0009 7b7d", out -> THREE.publish(out, 0x03, publish, List.of(2, 200)));
    assertWritten(
        "33 17 0001 74 0009" + counted("23 0004 02 0000003c 0b02 0bc801 01 01") + "7b7d",
        out -> FIVE.publish(out, 0x03, publish, List.of(2, 200)));
  }

  @Test
  void aPacketIsNeverLongerThanItMayBe() {
    PacketWriter narrow = PacketWriter.to(connect(20, true));
    Publish fits = new Publish(0, "t", 0, PublishProperties.NONE, new byte[14]);
    Publish doesNot = new Publish(0, "t", 0, PublishProperties.NONE, new byte[15]);
    ByteBuf out = Unpooled.buffer();

    assertTrue(narrow.publish(out, 0, fits, List.of()));
    assertEquals(20, out.readableBytes());
    assertFalse(narrow.publish(out, 0, doesNot, List.of()));
    assertEquals(20, out.readableBytes());
    assertWritten(
        "e0 01 82", to -> narrow.disconnect(to, ReasonCode.PROTOCOL_ERROR, "x".repeat(20)));
  }

  @Test
  void whoWantsNoWordsGetsNone() {
    assertWritten(
        "e0 01 82",
        out ->
            PacketWriter.to(connect(1_000, false)).disconnect(out, ReasonCode.PROTOCOL_ERROR, "x"));
  }

  private static Connect connect(long packetBytesMax, boolean wantsProblems) {
    return new Connect(
        ProtocolVersion.MQTT_5,
        "c",
        true,
        0,
        0,
        65_535,
        packetBytesMax,
        0,
        wantsProblems,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static void assertWritten(String expected, Consumer<ByteBuf> write) {
    ByteBuf out = Unpooled.buffer();
    write.accept(out);
    assertEquals(expected.replace(" ", ""), ByteBufUtil.hexDump(out));
  }
}
