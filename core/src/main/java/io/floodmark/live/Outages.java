package io.floodmark.live;

import java.util.function.LongSupplier;

/**
 * When the database was away, as one process found out; where a network swallows everything, that
 * is up to 15 s late. Written by the thread that hears the doorbell, safe to be read by any.
 */
public final class Outages {
  private final LongSupplier nanos;
  private boolean away;
  private long sinceNanos;
  private long overNanos;
  private long count;

  /**
   * None yet.
   *
   * @param nanos a clock that only durations are taken from, as {@link System#nanoTime}
   */
  public Outages(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether it is away now. */
  public synchronized boolean isAway() {
    return away;
  }

  /** How long it has been away, in nanoseconds; 0 while it is there. */
  public synchronized long currentNanos() {
    return away ? nanos.getAsLong() - sinceNanos : 0;
  }

  /** How long it was away since the process began, in all, in nanoseconds. */
  public synchronized long totalNanos() {
    return overNanos + currentNanos();
  }

  /** How many times it went away. */
  public synchronized long count() {
    return count;
  }

  /** It does not answer, perhaps still. */
  synchronized void begins() {
    if (!away) {
      away = true;
      count++;
      sinceNanos = nanos.getAsLong();
    }
  }

  /** It answers, perhaps as before. */
  synchronized void ends() {
    overNanos += currentNanos();
    away = false;
  }
}
