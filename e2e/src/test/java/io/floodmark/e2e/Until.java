package io.floodmark.e2e;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process is about to do. */
public final class Until {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Until() {}

  /** What is tried. */
  public interface Attempt {
    /** Throws while it is not so yet. */
    void run() throws Exception;
  }

  /** Runs {@code attempt} until it throws nothing; after 20 seconds its last failure is thrown. */
  public static void succeeds(String what, Attempt attempt) {
    long start = System.nanoTime();
    while (true) {
      try {
        attempt.run();
        return;
      } catch (Exception | AssertionError e) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new AssertionError("Not within 20 s: " + what, e);
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    }
  }
}
