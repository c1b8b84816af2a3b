package io.floodmark.api.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a message is tried again: after a pause that doubles up to a limit, shortened by chance so
 * that what failed together does not come back together.
 *
 * @param first pause after the first failure
 * @param longest pause that it grows to
 * @param attemptsMax tries after which nobody tries any more by itself, 1 or more
 */
public record RetryPlan(Duration first, Duration longest, int attemptsMax) {
  /**
   * Twenty-four tries within about three hours: a storm that takes the network for an afternoon.
   */
  public static final RetryPlan DEFAULT =
      new RetryPlan(Duration.ofSeconds(2), Duration.ofMinutes(10), 24);

  private static final int DOUBLINGS_MAX = 20;

  /** Checks the ranges. */
  public RetryPlan {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || attemptsMax < 1) {
      throw new IllegalArgumentException(
          "Impossible plan: " + first + ", " + longest + ", " + attemptsMax + ".");
    }
  }

  /**
   * The pause after that many failures: half of the full one and a random part of the other half.
   *
   * @param failures 1 or more
   */
  public Duration pause(int failures, RandomGenerator random) {
    long full =
        Math.min(
            longest.toMillis(),
            first.toMillis() << Math.min(Math.max(failures, 1) - 1, DOUBLINGS_MAX));
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }

  /** Whether another try follows that many. */
  public boolean goesOnAfter(int attempts) {
    return attempts < attemptsMax;
  }
}
