package io.floodmark.ingest.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Whether readings come so slowly that work which can wait may have a processor. Confined to one
 * thread.
 */
final class Calm {
  /** The largest fleets that report once a minute send less. */
  private static final double READINGS_PER_SECOND_MAX = 1_000;

  private static final double MILLIS_PER_SECOND = 1_000;

  private final LongSupplier received;
  private long receivedBefore;
  private Instant before;

  /**
   * Begins to watch.
   *
   * @param received how many readings have come since the start
   */
  Calm(LongSupplier received, Instant now) {
    this.received = received;
    this.receivedBefore = received.getAsLong();
    this.before = now;
  }

  /** Whether it was calm since it was last asked. */
  boolean since(Instant now) {
    long readings = received.getAsLong() - receivedBefore;
    double seconds = Duration.between(before, now).toMillis() / MILLIS_PER_SECOND;
    receivedBefore += readings;
    before = now;
    return readings <= READINGS_PER_SECOND_MAX * seconds;
  }
}
