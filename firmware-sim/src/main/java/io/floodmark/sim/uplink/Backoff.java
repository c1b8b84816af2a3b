package io.floodmark.sim.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect. It doubles, and half of it is drawn: after a
 * broker's restart a thousand sensors must not knock at the same moment. Not thread-safe.
 */
final class Backoff {
  private final long firstMillis;
  private final long maxMillis;
  private final RandomGenerator random;
  private long nextMillis;

  Backoff(Duration first, Duration max, RandomGenerator random) {
    this.firstMillis = Math.max(1, first.toMillis());
    this.maxMillis = Math.max(firstMillis, max.toMillis());
    this.random = random;
    this.nextMillis = firstMillis;
  }

  /** The wait before the next attempt: between half of the present step and all of it. */
  Duration next() {
    long step = nextMillis;
    nextMillis = Math.min(maxMillis, step * 2);
    return Duration.ofMillis(step / 2 + random.nextLong(step - step / 2 + 1));
  }

  /** An attempt succeeded: begin at the first step again. */
  void reset() {
    nextMillis = firstMillis;
  }
}
