package io.floodmark.bench.figures;

import java.util.Arrays;

/** Times of one run, in nanoseconds. Immutable. */
public final class Latencies {
  private final long[] sortedNanos;

  public Latencies(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("No request was measured.");
    }
    this.sortedNanos = nanos.clone();
    Arrays.sort(this.sortedNanos);
  }

  public int count() {
    return sortedNanos.length;
  }

  /**
   * The time within which that share of requests was answered, in milliseconds.
   *
   * @param share over 0, up to 1
   */
  public double percentileMillis(double share) {
    int rank = (int) Math.ceil(share * sortedNanos.length);
    return sortedNanos[Math.max(0, rank - 1)] / 1e6;
  }

  public double maxMillis() {
    return sortedNanos[sortedNanos.length - 1] / 1e6;
  }
}
