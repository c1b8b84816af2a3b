package io.floodmark.ingest.mqtt;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The newest message of every topic that we publish, and who is subscribed to it. It is built from
 * the tables, so it is the same after a restart and in every process. Safe for use by any thread;
 * one thread at a time publishes.
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
    for (Subscriber subscriber : subscribers.getOrDefault(topic, Set.of())) {
      subscriber.offer(topic, payload);
    }
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
   * The newest message of {@code topic}. A subscriber that subscribes first and asks then misses
   * none.
   */
  Optional<byte[]> find(String topic) {
    return Optional.ofNullable(newest.get(topic));
  }

  void subscribe(String topic, Subscriber subscriber) {
    subscribers.compute(
        topic,
        (same, present) -> {
          Set<Subscriber> all = present == null ? new CopyOnWriteArraySet<>() : present;
          all.add(subscriber);
          return all;
        });
  }

  void unsubscribe(String topic, Subscriber subscriber) {
    subscribers.computeIfPresent(
        topic,
        (same, present) -> {
          present.remove(subscriber);
          return present.isEmpty() ? null : present;
        });
  }
}
