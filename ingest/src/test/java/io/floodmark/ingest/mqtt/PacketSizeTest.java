package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.PublishProperties;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that take only short packets (MQTT 5.0 §3.1.2.11.4). */
@ExtendWith(NoLeaks.class)
class PacketSizeTest {
  private static final int SHORTEST = 16;
  private static final int SHORT = 64;

  private final Street street = new Street();

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void whoTakesNoConnackIsRefusedAsFarAsItCanBeTold() {
    Wire told = street.dial().send(Street.r().mqtt5(max(SHORTEST - 1), noWords()).bytes());
    assertEquals(List.of("2003" + "00" + "95" + "00"), told.received());
    assertFalse(told.isOpen());
    Wire untold = street.dial().send(Street.r().mqtt5(max(4)).bytes());
    assertEquals(List.of(), untold.received());
    assertFalse(untold.isOpen());
    assertEquals(2, street.counters.refused(Refusal.PACKET_SIZE));
  }

  @Test
  void whoTakesAConnackIsLetIn() {
    street.connect5(Street.r(), max(SHORTEST));
    byte[] expiry = Packets.property32(0x11, 100);
    Packets.Connect needsMore = Street.r().clientId("").keepAlive(0);
    street.connect5(needsMore, max(SHORT), expiry);
    Wire refused = street.dial().send(needsMore.mqtt5(max(SHORTEST), noWords()).bytes());
    assertEquals(List.of("2003" + "00" + "95" + "00"), refused.received());
  }

  @Test
  void whatCouldNotBeAnsweredIsNotDone() {
    Wire wire = street.connect5(Street.r(), max(SHORT), noWords());
    wire.send(Packets.subscribe5(1, new byte[0], 0, filters(SHORT - 5)));
    assertEquals(1, wire.received().size(), "an answer of just that length");
    wire.send(Packets.subscribe5(2, new byte[0], 0, filters(SHORT - 4)));
    assertEquals(List.of("e001" + "95"), wire.received());

    Wire other = street.connect5(Street.r(), max(SHORT), noWords());
    other.send(unsubscribe(3, filters(SHORT - 4)));
    assertEquals(List.of("e001" + "95"), other.received());
  }

  private static byte[] unsubscribe(int packetId, String... filters) {
    byte[] body = Packets.concat(Packets.uint16(packetId), new byte[] {0});
    for (String filter : filters) {
      body = Packets.concat(body, Packets.string(filter));
    }
    return Packets.packet(0xa2, body);
  }

  private static String[] filters(int count) {
    String[] filters = new String[count];
    for (int i = 0; i < count; i++) {
      filters[i] = "levels/s" + i;
    }
    return filters;
  }

  private static byte[] max(int bytes) {
    return Packets.property32(0x27, bytes);
  }

  private static byte[] noWords() {
    return Packets.property8(0x17, 0);
  }

  @Test
  void whoeverIsRevokedWhileItSignsInIsToldSoInAConnack() {
    street.whenAsked =
        () -> {
          street.whenAsked = () -> {};
          street.readers.replaceAll(List.of());
        };
    Wire wire = street.dial().send(Street.r().mqtt5(noWords()).bytes());
    assertEquals(List.of("2003" + "00" + "87" + "00"), wire.received());
    assertFalse(wire.isOpen());
    assertEquals(1, street.counters.refused(Refusal.NOT_AUTHORIZED));
    assertEquals(0, street.counters.connected());
    assertEquals(0, street.listener.broker().sessionCount());
  }

  @Test
  void anAliasRemembersNoMoreOfATopicThanATopicCanHave() {
    TopicAliases aliases = new TopicAliases(1);
    String topic = "x".repeat(60_000);
    assertEquals(1_025, resolved(aliases, topic).length());
    assertEquals(1_025, resolved(aliases, "").length());
    assertEquals("levels/a", resolved(aliases, "levels/a"));
    assertEquals("levels/a", resolved(aliases, ""));
  }

  private static String resolved(TopicAliases aliases, String topic) {
    return aliases.topic(
        new Publish(
            0,
            topic,
            0,
            new PublishProperties(1, PublishProperties.NEVER, 0, new byte[0]),
            "x".getBytes(StandardCharsets.UTF_8)));
  }
}
