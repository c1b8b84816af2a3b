package io.floodmark.ingest.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.floodmark.ingest.mqtt.FrontDoor;
import io.floodmark.ingest.mqtt.Packets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who reads levels: it may be slow, but ends up with the newest of each topic. */
final class ReaderClient {
  private final Chance chance;
  private final Map<String, String> newest = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private Optional<Line> line = Optional.empty();

  ReaderClient(Chance chance) {
    this.chance = chance;
  }

  Optional<Line> line() {
    return line;
  }

  void connect(Line fresh) {
    line = Optional.of(fresh);
    fresh.write(
        new Packets.Connect()
            .as("reader", FrontDoor.READER_TOKEN)
            .clientId("r")
            .keepAlive(0)
            .bytes());
  }

  /** That is published from now on. */
  void expect(String topic, String payload) {
    newest.put(topic, payload);
  }

  /** Reads some, or notices that its line is broken. */
  void receive() {
    for (int packets = chance.between(1, 5); packets > 0 && line.isPresent(); packets--) {
      Optional<byte[]> packet = line.flatMap(Line::read);
      if (packet.isPresent()) {
        receive(packet.get());
      } else if (!line.get().isOpen()) {
        line = Optional.empty();
      }
    }
  }

  boolean isUpToDate() {
    return seen.equals(newest);
  }

  void lookAtTheEnd() {
    if (!isUpToDate()) {
      Oracle.fail("The reader has " + seen + " of " + newest);
    }
  }

  private void receive(byte[] packet) {
    if (Packet.type(packet) == Packet.CONNACK) {
      line.orElseThrow().write(Packets.subscribe(1, 1, "levels/#"));
    } else if (Packet.type(packet) == Packet.PUBLISH) {
      int at = Packet.topicEnd(packet);
      String topic =
          new String(packet, at - Packet.topicBytes(packet), Packet.topicBytes(packet), UTF_8);
      if (Packet.wantsAcknowledgement(packet)) {
        line.orElseThrow().write(Packets.puback(Packet.publishId(packet)));
        at += 2;
      }
      seen.put(topic, new String(packet, at, packet.length - at, UTF_8));
    }
  }
}
