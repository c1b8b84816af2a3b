package io.floodmark.sim.device;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A quartz on a cheap board: wrong by up to half a second when set, drifting in the sun, set again
 * by the network once a day. Its stamps never repeat and never run backwards, because a reading is
 * known by its sensor and its time. Not thread-safe.
 */
final class DriftingClock {
  private static final long OFFSET_MAX_MILLIS = 500;
  private static final Duration SET_EVERY = Duration.ofDays(1);

  private final Instant start;
  private final long offsetMillis;
  private final double drift;
  private long lastStampMillis = Long.MIN_VALUE;

  /**
   * @param driftMax by how much too fast or slow it may be, as a share of the time; 0 or more
   */
  DriftingClock(Instant start, double driftMax, RandomGenerator random) {
    this.start = start;
    this.offsetMillis = random.nextLong(-OFFSET_MAX_MILLIS, OFFSET_MAX_MILLIS + 1);
    this.drift = driftMax * random.nextDouble(-1, 1);
  }

  /**
   * What the device believes the time to be, epoch milliseconds; at least one later than the last
   * answer.
   */
  long stampMillis(Instant now) {
    long sinceSetMillis =
        Math.floorMod(Duration.between(start, now).toMillis(), SET_EVERY.toMillis());
    long believed = now.toEpochMilli() + offsetMillis + Math.round(sinceSetMillis * drift);
    lastStampMillis = Math.max(lastStampMillis + 1, believed);
    return lastStampMillis;
  }
}
