package io.floodmark.ingest.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages for one session of which only the newest of a topic counts, in the order of their
 * topics' first. Guarded by the broker's lock.
 */
final class Newest {
  /** The server's own; their content is shared with what is retained. */
  private final Map<String, Entry> states = new LinkedHashMap<>();

  private final Map<String, Entry> others = new LinkedHashMap<>();
  private long otherBytes;

  /** That of {@code topic}. */
  Optional<Entry> find(String topic) {
    return Optional.ofNullable(states.get(topic)).or(() -> Optional.ofNullable(others.get(topic)));
  }

  /** Puts it in; another of its topic makes room, and leaves its place to one of its kind. */
  void put(Entry entry) {
    String topic = entry.message.topic();
    find(topic)
        .filter(before -> before.way.isState() != entry.way.isState())
        .ifPresent(this::remove);
    if (entry.way.isState()) {
      states.put(topic, entry);
    } else {
      Entry before = others.put(topic, entry);
      otherBytes += entry.message.sizeBytes() - (before == null ? 0 : before.message.sizeBytes());
    }
  }

  void remove(Entry entry) {
    String topic = entry.message.topic();
    if (!states.remove(topic, entry) && others.remove(topic, entry)) {
      otherBytes -= entry.message.sizeBytes();
    }
  }

  /** The oldest. */
  Optional<Entry> first() {
    Optional<Entry> state = states.values().stream().findFirst();
    Optional<Entry> other = others.values().stream().findFirst();
    return state.isPresent() && other.isPresent()
        ? Optional.of(state.get().order < other.get().order ? state.get() : other.get())
        : state.or(() -> other);
  }

  /** Takes out the oldest that is not the server's own, if those are too many; one stays. */
  Optional<Entry> pollBeyond(int countMax, long bytesMax) {
    if (others.size() <= 1 || (others.size() <= countMax && otherBytes <= bytesMax)) {
      return Optional.empty();
    }
    Optional<Entry> oldest = others.values().stream().findFirst();
    oldest.ifPresent(this::remove);
    return oldest;
  }

  /** How many are the server's own. */
  int stateCount() {
    return states.size();
  }

  /** Forgets those. */
  void clearStates() {
    states.clear();
  }

  List<Entry> all() {
    List<Entry> all = new ArrayList<>(states.values());
    all.addAll(others.values());
    return all;
  }

  int size() {
    return states.size() + others.size();
  }
}
