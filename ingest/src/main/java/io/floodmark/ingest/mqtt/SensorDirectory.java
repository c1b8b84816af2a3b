package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The sensors that may sign in, in memory, so that they can also while the database is away.
 * Retired sensors are not in it. Safe for use by any thread.
 */
public final class SensorDirectory {
  /**
   * A sensor that may sign in.
   *
   * @param id the database's key
   * @param code its user name
   * @param token the hash of its password
   */
  public record Entry(int id, SensorCode code, TokenHash token) {}

  private final ConcurrentHashMap<String, Entry> byCode = new ConcurrentHashMap<>();
  private final List<Consumer<Set<Integer>>> whenRevoked = new CopyOnWriteArrayList<>();
  private volatile boolean loaded;

  /** Guards {@link #byId} and the order of changes. */
  private final ReentrantLock changing = new ReentrantLock();

  private final Map<Integer, Entry> byId = new HashMap<>();

  /** A directory that is not loaded yet: nobody can tell who may sign in. */
  public SensorDirectory() {}

  /** A loaded directory of these sensors. */
  public SensorDirectory(Collection<Entry> entries) {
    replaceAll(entries);
  }

  /** Whether the sensors have been read at all. */
  public boolean isLoaded() {
    return loaded;
  }

  /** The sensor of that code, unless it is unknown or retired. */
  public Optional<Entry> find(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** Whether {@code entry} may still sign in, as it is. */
  boolean has(Entry entry) {
    return find(entry.code().value()).filter(entry::equals).isPresent();
  }

  /** Whether the sensor may sign in, whatever its code and token. */
  boolean has(int id) {
    changing.lock();
    try {
      return byId.containsKey(id);
    } finally {
      changing.unlock();
    }
  }

  /** How many sensors may sign in. */
  public int size() {
    return byCode.size();
  }

  /** Makes {@code present} all that there is. */
  public void replaceAll(Collection<Entry> present) {
    change(Optional.empty(), present);
    loaded = true;
  }

  /**
   * Takes in a change of some sensors.
   *
   * @param ids the sensors that may have changed
   * @param present those of them that may sign in now
   */
  public void update(Set<Integer> ids, Collection<Entry> present) {
    change(Optional.of(ids), present);
  }

  /**
   * Calls {@code revoked} with the ids of sensors that may no longer sign in as they did: retired,
   * or with another code or token. On the thread that brings the change; it must only hand over.
   */
  void onRevoked(Consumer<Set<Integer>> revoked) {
    whenRevoked.add(revoked);
  }

  private void change(Optional<Set<Integer>> ids, Collection<Entry> present) {
    Set<Integer> revoked = new HashSet<>();
    changing.lock();
    try {
      Map<Integer, Entry> now = new HashMap<>();
      present.forEach(entry -> now.put(entry.id(), entry));
      for (int id : new ArrayList<>(ids.orElse(byId.keySet()))) {
        Entry before = byId.get(id);
        if (before != null && !before.equals(now.get(id))) {
          byId.remove(id);
          byCode.remove(before.code().value(), before);
          revoked.add(id);
        }
      }
      for (Entry entry : now.values()) {
        byId.put(entry.id(), entry);
        byCode.put(entry.code().value(), entry);
      }
    } finally {
      changing.unlock();
    }
    if (!revoked.isEmpty()) {
      whenRevoked.forEach(listener -> listener.accept(Set.copyOf(revoked)));
    }
  }
}
