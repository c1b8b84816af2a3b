package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What was done and seen, with times, and the one place where a test waits: what a sensor must not
 * see ends every wait at once. Safe for use by several threads.
 */
final class ChaosJournal {
  private static final int LOOK_AGAIN_MILLIS = 20;

  private final long start = System.nanoTime();
  private final List<String> lines = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private final CountDownLatch breached = new CountDownLatch(1);

  /** What is waited for. */
  interface Condition {
    boolean holds() throws InterruptedException;
  }

  synchronized void add(String line) {
    double seconds = (System.nanoTime() - start) / 1e9;
    lines.add("%7.2f s  %s".formatted(seconds, line));
  }

  /** The server did what it must not. */
  synchronized void breach(String what) {
    add(what);
    breaches.add(what);
    breached.countDown();
  }

  /** Leaves things as they are for so long. */
  void hold(int millis) throws InterruptedException {
    if (breached.await(millis, TimeUnit.MILLISECONDS)) {
      synchronized (this) {
        fail(String.join("; ", breaches));
      }
    }
  }

  /** Waits until {@code condition} holds, and fails if it does not. */
  void await(String what, long seconds, Condition condition) throws InterruptedException {
    long begun = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(seconds)) {
        fail("Waited %d s in vain until %s.".formatted(seconds, what));
      }
      hold(LOOK_AGAIN_MILLIS);
    }
  }

  @Override
  public synchronized String toString() {
    return String.join("\n", lines);
  }
}
