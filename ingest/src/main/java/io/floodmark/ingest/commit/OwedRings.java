package io.floodmark.ingest.commit;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * The sensors whose readings are committed and were not rung for: a line that commits a thousand
 * times a second need not wake all who listen each time. For one thread at a time.
 */
final class OwedRings {
  /** How long a ring may be owed. */
  static final Duration EVERY = Duration.ofMillis(50);

  private final LongSupplier nanoClock;
  private final Set<Integer> sensorIds = new TreeSet<>();
  private boolean rung;
  private long rungNanos;

  /** Nothing is owed, and it may be rung at once. */
  OwedRings(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** When it is time to ring; zero if it is, as after a moment of quiet. */
  Duration dueIn() {
    if (!rung) {
      return Duration.ZERO;
    }
    Duration left = EVERY.minusNanos(nanoClock.getAsLong() - rungNanos);
    return left.isNegative() ? Duration.ZERO : left;
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
    rungNanos = nanoClock.getAsLong();
  }
}
