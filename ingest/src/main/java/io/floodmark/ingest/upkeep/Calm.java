package io.floodmark.ingest.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Whether readings have come so slowly, and for so long, that work which can wait may have a
 * processor. Right after a start they have not: that is when devices send what they kept. Confined
 * to one thread.
 */
final class Calm {
  /** The largest fleets that report once a minute send less. */
  private static final double READINGS_PER_SECOND_MAX = 1_000;

  /** So long nothing else may have come; what is begun then goes on if more comes. */
  private static final Duration LASTING = Duration.ofMinutes(10);

  private static final double MILLIS_PER_SECOND = 1_000;

  private final LongSupplier received;
  private long receivedBefore;
  private Instant askedAt;
  private Instant calmFrom;

  /**
   * Begins to watch.
   *
   * @param received how many readings have come since the start
   */
  Calm(LongSupplier received, Instant now) {
    this.received = received;
    this.receivedBefore = received.getAsLong();
    this.askedAt = now;
    this.calmFrom = now;
  }

  /** Whether it has been calm long enough; to be asked every few seconds. */
  boolean isLasting(Instant now) {
    long readings = received.getAsLong() - receivedBefore;
    double seconds = Duration.between(askedAt, now).toMillis() / MILLIS_PER_SECOND;
    if (readings > READINGS_PER_SECOND_MAX * seconds) {
      calmFrom = now;
    }
    receivedBefore += readings;
    askedAt = now;
    return !now.isBefore(calmFrom.plus(LASTING));
  }
}
