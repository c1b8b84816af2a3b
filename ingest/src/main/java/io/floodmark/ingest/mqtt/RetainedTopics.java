package io.floodmark.ingest.mqtt;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;

/**
 * The newest message of every topic that we publish, and who is subscribed to it. It is built from
 * the tables, so it is the same after a restart and in every process. Safe for use by any thread;
 * one thread at a time publishes.
 *
 * <p>A filter is a topic, or the first level of topics and a wildcard: {@code levels/#}, {@code
 * levels/+}. Under {@code levels/} and {@code alerts/} both wildcards match the same.
 */
final class RetainedTopics {
  /** Who is told of a newer message; must only hand over. */
  interface Subscriber {
    void offer(String topic, byte[] payload);
  }

  private final ConcurrentHashMap<String, byte[]> newest = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();

  /** Makes {@code payload} the newest of {@code topic}, and tells subscribers if it is new. */
  void publish(String topic, byte[] payload) {
    if (Arrays.equals(newest.put(topic, payload), payload)) {
      return;
    }
    // Once to whoever has several filters that match (MQTT 3.1.1 §3.3.5).
    Set<Subscriber> told = new HashSet<>();
    for (String filter : Topics.filtersOf(topic)) {
      told.addAll(subscribers.getOrDefault(filter, Set.of()));
    }
    told.forEach(subscriber -> subscriber.offer(topic, payload));
  }

  /** Makes {@code payloads} all that there is. */
  void replaceAll(Map<String, byte[]> payloads) {
    newest.keySet().retainAll(payloads.keySet());
    payloads.forEach(this::publish);
  }

  /** Forgets what was retained of {@code topic}. */
  void forget(String topic) {
    newest.remove(topic);
  }

  /**
   * Shows the newest message of each topic that {@code filter} matches. A subscriber that
   * subscribes first and asks then misses none.
   */
  void forEach(String filter, BiConsumer<String, byte[]> found) {
    if (Topics.isWildcard(filter)) {
      String prefix = Topics.prefix(filter);
      newest.forEach(
          (topic, payload) -> {
            if (topic.startsWith(prefix)) {
              found.accept(topic, payload);
            }
          });
      return;
    }
    byte[] payload = newest.get(filter);
    if (payload != null) {
      found.accept(filter, payload);
    }
  }

  void subscribe(String filter, Subscriber subscriber) {
    subscribers.compute(
        filter,
        (same, present) -> {
          Set<Subscriber> all = present == null ? new CopyOnWriteArraySet<>() : present;
          all.add(subscriber);
          return all;
        });
  }

  void unsubscribe(String filter, Subscriber subscriber) {
    subscribers.computeIfPresent(
        filter,
        (same, present) -> {
          present.remove(subscriber);
          return present.isEmpty() ? null : present;
        });
  }
}
