package io.floodmark.ingest.simulation;

import io.floodmark.ingest.commit.SimulatedStore;
import io.floodmark.ingest.mqtt.Packets;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a sensor has to say, once, however often it has to send it. */
final class Message {
  private static final int DUP = 8;

  private final String topic;
  private final String payload;
  private final int qos;
  private final List<Element> elements;
  private boolean raced;

  Message(String topic, String payload, int qos, List<Element> elements) {
    this.topic = topic;
    this.payload = payload;
    this.qos = qos;
    this.elements = List.copyOf(elements);
  }

  /** As a PUBLISH. */
  byte[] packet(int packetId, boolean again) {
    return Packets.publish(
        (again ? DUP : 0) | qos << 1, topic, packetId, payload.getBytes(StandardCharsets.UTF_8));
  }

  boolean isAcknowledged() {
    return qos > 0;
  }

  /** Whether all of it is committed. */
  boolean isSettled(SimulatedStore store) {
    return elements.stream().allMatch(element -> element.isSettled(store));
  }

  /** It was still on an old connection when it was sent again on a new one. */
  void race() {
    raced = true;
  }

  /** Whether what was sent first may have come after its repetition. */
  boolean hasRaced() {
    return raced;
  }

  List<Element> elements() {
    return elements;
  }

  @Override
  public String toString() {
    String head = payload.substring(0, Math.min(payload.length(), 120));
    return "QoS " + qos + " to " + topic + ": " + head;
  }
}
