package io.floodmark.ingest.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Messages of QoS 1 and 2 to one session whose exchange has begun (§4.3.2, §4.3.3), and the packet
 * ids that are in use, also by what still waits. Guarded by the broker's lock.
 */
final class InFlight {
  private static final int PACKET_ID_MAX = 65_535;

  /** By packet id, in the order in which they were sent. */
  private final LinkedHashMap<Integer, Entry> begun = new LinkedHashMap<>();

  /** PUBRELs to send, in the order of their PUBRECs (MQTT-4.6.0-4). */
  private final ArrayDeque<Entry> releases = new ArrayDeque<>();

  private final Set<Integer> packetIds = new HashSet<>();
  private int lastPacketId;

  /** Gives a message a packet id that is not in use; false if all are. */
  boolean number(Entry entry) {
    if (packetIds.size() == PACKET_ID_MAX) {
      return false;
    }
    do {
      lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    } while (!packetIds.add(lastPacketId));
    entry.packetId = lastPacketId;
    return true;
  }

  /** Takes note of the packet id that a message had before a restart. */
  void reserve(Entry entry) {
    packetIds.add(entry.packetId);
  }

  /** The exchange of a numbered message begins, or began before a restart. */
  void begin(Entry entry) {
    begun.put(entry.packetId, entry);
  }

  /** Nothing more is to be done for a message, begun or not; its packet id is free. */
  void finish(Entry entry) {
    packetIds.remove(entry.packetId);
    begun.remove(entry.packetId);
  }

  Optional<Entry> find(int packetId) {
    return Optional.ofNullable(begun.get(packetId));
  }

  /** A PUBREL is to be sent, unless the message is finished. */
  void release(Entry entry) {
    if (begun.get(entry.packetId) == entry) {
      releases.add(entry);
    }
  }

  /** The next PUBREL to send. */
  Optional<Entry> pollRelease() {
    return Optional.ofNullable(releases.poll());
  }

  /**
   * A new connection goes on with what an earlier one began (§4.4): PUBRELs are sent again.
   *
   * @return what is to be sent again itself, oldest first; it is not in flight any more
   */
  List<Entry> resume() {
    releases.clear();
    List<Entry> sent = new ArrayList<>();
    for (Entry entry : begun.values()) {
      if (entry.stage == Entry.Stage.SENT) {
        sent.add(entry);
      } else if (entry.safe) {
        releases.add(entry);
      }
    }
    sent.forEach(entry -> begun.remove(entry.packetId));
    return sent;
  }

  /** All whose exchange has begun, in the order in which they were sent. */
  List<Entry> all() {
    return List.copyOf(begun.values());
  }

  /** How many those are. */
  int size() {
    return begun.size();
  }
}
