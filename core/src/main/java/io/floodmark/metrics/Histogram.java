package io.floodmark.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often values fell between fixed bounds, and their sum. Recording is two additions; safe for
 * use by any thread. Whoever reads while others record may see a value in one and not yet in the
 * other.
 */
public final class Histogram {
  private final long[] bounds;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  /**
   * An empty one.
   *
   * @param bounds upper ends of the classes, inclusive and rising; what is above the last has a
   *     class of its own
   */
  public Histogram(long... bounds) {
    this.bounds = bounds.clone();
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException("Bounds must rise: " + Arrays.toString(bounds));
      }
    }
  }

  /** One for durations in nanoseconds, from a millisecond to a minute. */
  public static Histogram ofNanos() {
    long ms = 1_000_000;
    return new Histogram(
        ms,
        2 * ms,
        5 * ms,
        10 * ms,
        20 * ms,
        50 * ms,
        100 * ms,
        200 * ms,
        500 * ms,
        1_000 * ms,
        2_000 * ms,
        5_000 * ms,
        10_000 * ms,
        30_000 * ms,
        60_000 * ms);
  }

  /** Counts {@code value}. */
  public void record(long value) {
    int at = 0;
    while (at < bounds.length && value > bounds[at]) {
      at++;
    }
    counts[at].increment();
    sum.add(value);
  }

  /** Upper ends of the classes but the last, which has none. */
  public long[] bounds() {
    return bounds.clone();
  }

  /** How many values fell into each class, one more than there are bounds. */
  public long[] counts() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
  }

  /** All values together. */
  public long sum() {
    return sum.sum();
  }
}
