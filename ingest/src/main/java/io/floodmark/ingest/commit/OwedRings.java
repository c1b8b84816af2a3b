package io.floodmark.ingest.commit;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sensors whose readings are committed and were not rung for: a line that commits a thousand
 * times a second need not wake all who listen each time. For one thread at a time.
 */
final class OwedRings {
  /** How long a ring may be owed. */
  static final Duration EVERY = Duration.ofMillis(50);

  private final Set<Integer> sensorIds = new TreeSet<>();
  private boolean rung;
  private long rungNanos;

  /** Whether it is time to ring, as it is after a moment of quiet. */
  boolean areDue() {
    return !rung || System.nanoTime() - rungNanos >= EVERY.toNanos();
  }

  boolean areNone() {
    return sensorIds.isEmpty();
  }

  void add(Collection<Integer> changed) {
    sensorIds.addAll(changed);
  }

  /** Those sensors and others, to be rung for. */
  Set<Integer> with(Collection<Integer> changed) {
    Set<Integer> all = new TreeSet<>(sensorIds);
    all.addAll(changed);
    return all;
  }

  /** To be called when it is committed that all of them were rung for. */
  void paid() {
    sensorIds.clear();
    rung = true;
    rungNanos = System.nanoTime();
  }
}
