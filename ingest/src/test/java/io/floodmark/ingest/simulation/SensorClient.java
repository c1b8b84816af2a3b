package io.floodmark.ingest.simulation;

import io.floodmark.ingest.mqtt.FrontDoor;
import io.floodmark.ingest.mqtt.Packets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sensor as its MQTT client behaves: at most so many messages in flight, sent in order, and again
 * in that order, marked as such, on the next connection, until they are acknowledged.
 */
final class SensorClient {
  private static final int PACKET_ID_MAX = 65_535;
  private static final int KEEP_ALIVE_SECONDS = 120;

  private final String code;
  private final int window;
  private final Chance chance;
  private final Deque<Message> unsent = new ArrayDeque<>();
  private final Map<Integer, Message> inFlight = new LinkedHashMap<>();
  private Optional<Line> line = Optional.empty();
  private boolean signedIn;
  private int lastPacketId;

  SensorClient(String code, int window, Chance chance) {
    this.code = code;
    this.window = window;
    this.chance = chance;
    this.lastPacketId = chance.between(0, PACKET_ID_MAX);
  }

  /** Has something to say. */
  void say(Message message) {
    unsent.add(message);
  }

  /** Whether all is said, and acknowledged. */
  boolean isDone() {
    return unsent.isEmpty() && inFlight.isEmpty();
  }

  Optional<Line> line() {
    return line;
  }

  /** Signs in anew; a connection that it has is left as it is, as when a modem starts again. */
  void connect(Line fresh) {
    line.filter(Line::isOpen).ifPresent(old -> inFlight.values().forEach(Message::race));
    line = Optional.of(fresh);
    signedIn = false;
    Packets.Connect connect =
        new Packets.Connect()
            .as(code, FrontDoor.tokenOf(code))
            .clientId("of-" + code)
            .keepAlive(KEEP_ALIVE_SECONDS);
    if (chance.oneIn(2)) {
      connect.will("sensors/" + code + "/status", "offline");
    }
    fresh.write(connect.bytes());
    // A client may go on before the CONNACK (MQTT 3.1.1 §3.1.4).
    if (chance.oneIn(3)) {
      repeat();
    }
  }

  /** Sends what may be sent. */
  void send() {
    if (line.isEmpty() || !signedIn) {
      return;
    }
    while (!unsent.isEmpty() && inFlight.size() < window) {
      Message message = unsent.poll();
      if (message.isAcknowledged()) {
        int packetId = nextPacketId();
        inFlight.put(packetId, message);
        line.get().write(packetId, message, false);
      } else {
        line.get().write(message.packet(0, false));
      }
    }
  }

  /** Reads one packet, and does what it says. */
  void receive() {
    Optional<byte[]> packet = line.flatMap(Line::read);
    if (packet.isPresent()) {
      receive(packet.get());
    } else if (line.isPresent() && !line.get().isOpen()) {
      line = Optional.empty();
      signedIn = false;
    }
  }

  /** Pings, or subscribes to what concerns it, or to what does not. */
  void chat() {
    if (line.isEmpty() || !signedIn) {
      return;
    }
    switch (chance.between(0, 3)) {
      case 0 ->
          line.get()
              .write(
                  Packets.subscribe(
                      nextPacketId(),
                      chance.between(0, 2),
                      "sensors/" + code + "/config",
                      "levels/" + code,
                      "levels/#"));
      case 1 -> line.get().write(Packets.unsubscribe(nextPacketId(), "levels/" + code));
      default -> line.get().write(Packets.pingreq());
    }
  }

  /** Goes in peace: takes no acknowledgement any more, and what is not acknowledged comes again. */
  void disconnect() {
    if (line.isPresent() && signedIn) {
      line.get().write(Packets.disconnect());
      inFlight.values().forEach(Message::race);
      line = Optional.empty();
      signedIn = false;
    }
  }

  /** Its connection breaks. */
  void cut() {
    line.ifPresent(Line::cut);
    line = Optional.empty();
    signedIn = false;
  }

  private void receive(byte[] packet) {
    switch (Packet.type(packet)) {
      case Packet.CONNACK -> {
        if (!signedIn) {
          repeat();
        }
      }
      case Packet.PUBACK -> inFlight.remove(Packet.acknowledgedId(packet));
      case Packet.PUBLISH -> {
        if (Packet.wantsAcknowledgement(packet)) {
          line.orElseThrow().write(Packets.puback(Packet.publishId(packet)));
        }
      }
      default -> {
        // An answer to what was subscribed or pinged: nothing to do.
      }
    }
  }

  private void repeat() {
    signedIn = true;
    inFlight.forEach((packetId, message) -> line.orElseThrow().write(packetId, message, true));
  }

  private int nextPacketId() {
    do {
      lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    } while (inFlight.containsKey(lastPacketId));
    return lastPacketId;
  }
}
