package io.floodmark.ingest.broker;

import java.util.HashSet;
import java.util.Set;

/**
 * The packet ids of one session's messages, each in use once (§2.3.1). Guarded by the broker's
 * lock.
 */
final class PacketIds {
  private static final int MAX = 65_535;

  private final Set<Integer> inUse = new HashSet<>();
  private int last;

  /** Gives the entry one that is not in use; false if all are. */
  boolean give(Entry entry) {
    if (inUse.size() == MAX) {
      return false;
    }
    do {
      last = last % MAX + 1;
    } while (!inUse.add(last));
    entry.packetId = last;
    return true;
  }

  /** The entry has had its own since before a restart. */
  void restore(Entry entry) {
    inUse.add(entry.packetId);
  }

  /** Another entry may have that of this one. */
  void free(Entry entry) {
    inUse.remove(entry.packetId);
  }
}
