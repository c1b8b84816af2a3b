package io.floodmark.ingest.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far each of many is ahead of a rate, which is a leaky bucket in units of time: what costs a
 * tenth of a second may be done ten times a second. Bounded: where there are too many, whoever was
 * heard of least lately is forgotten, and begins anew. Safe for use by any thread.
 */
final class Paces<K> {
  private final int keysMax;

  /** When each of them is even again; those heard of last at the end. */
  private final Map<K, Long> evenNanos = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Of nobody yet.
   *
   * @param keysMax how many are remembered, 1 or more
   */
  Paces(int keysMax) {
    this.keysMax = keysMax;
  }

  /**
   * Adds what somebody does.
   *
   * @param costNanos what it costs
   * @param aheadMaxNanos beyond this no more is added
   * @param nowNanos on a clock that only goes forward
   * @return how far ahead of its rate that leaves it
   */
  synchronized long add(K key, long costNanos, long aheadMaxNanos, long nowNanos) {
    long aheadNanos = Math.min(aheadMaxNanos, ahead(key, nowNanos) + costNanos);
    evenNanos.put(key, nowNanos + aheadNanos);
    if (evenNanos.size() > keysMax) {
      evenNanos.remove(evenNanos.keySet().iterator().next());
    }
    return aheadNanos;
  }

  /** Takes back what was added a moment ago: it is not done. */
  synchronized void takeBack(K key, long costNanos) {
    evenNanos.computeIfPresent(key, (same, even) -> even - costNanos);
  }

  /** Forgets somebody, who so is even. */
  synchronized void forget(K key) {
    evenNanos.remove(key);
  }

  /** How many are remembered. */
  synchronized int size() {
    return evenNanos.size();
  }

  private long ahead(K key, long nowNanos) {
    Long even = evenNanos.get(key);
    return even == null ? 0 : Math.max(0, even - nowNanos);
  }
}
