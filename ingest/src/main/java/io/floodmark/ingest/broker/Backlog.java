package io.floodmark.ingest.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Messages that wait for one session, in their order. Guarded by the broker's lock. */
final class Backlog {
  private final BrokerLimits limits;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  Backlog(BrokerLimits limits) {
    this.limits = limits;
  }

  void add(Entry entry) {
    entries.add(entry);
    bytes += entry.message.sizeBytes();
  }

  /** Takes out the oldest, which is there. */
  Entry poll() {
    Entry first = entries.remove();
    bytes -= first.message.sizeBytes();
    return first;
  }

  /** The oldest. */
  Optional<Entry> first() {
    return Optional.ofNullable(entries.peek());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  /** Whether the oldest has to go. The only one stays, however large. */
  boolean isTooLong() {
    return entries.size() > 1
        && (entries.size() > limits.queuedMax() || bytes > limits.queuedBytesMax());
  }

  List<Entry> all() {
    return List.copyOf(entries);
  }

  /** Takes out those for which a group chose the session, of groups that are {@code meant}. */
  List<Entry> takeShared(Predicate<ShareGroup> meant) {
    return take(entry -> entry.way.share().filter(meant).isPresent());
  }

  /** Takes out those that are {@code meant}. */
  List<Entry> take(Predicate<Entry> meant) {
    List<Entry> taken = new ArrayList<>();
    for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (meant.test(entry)) {
        all.remove();
        bytes -= entry.message.sizeBytes();
        taken.add(entry);
      }
    }
    return taken;
  }
}
