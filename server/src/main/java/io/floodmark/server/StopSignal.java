package io.floodmark.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and Ctrl-C, handed to the one thread that starts, waits and closes everything. So there
 * is one order of closing, whether the signal comes early in the start or days later.
 *
 * <p>It is asked, not thrown: an interrupt would close whatever file is being read or locked.
 */
final class StopSignal {
  private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

  /** A drain without database gives up after that. */
  private static final Duration DRAINS_WITHIN = Duration.ofSeconds(30);

  /** The web server takes up to ten, what is small the rest. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  /** How long everything may take to close; whoever sends the signal has to wait longer. */
  static final Duration PATIENCE = DRAINS_WITHIN.plus(PostgresCluster.STOPS_WITHIN).plus(MARGIN);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");
  private volatile boolean failed;

  private StopSignal() {}

  /** What runs until it is stopped: starts something, awaits the signal, closes it. */
  interface Work {
    /** Returns with everything closed. */
    void run(StopSignal signal) throws InterruptedException;
  }

  /**
   * Carries out {@code work} on the calling thread. If a signal stops it, the process ends with
   * exit code 0, or with 1 if something went wrong on the way or the way was too long.
   *
   * @throws Failure what {@code work} throws, unless it is {@link Stopped}
   */
  static void during(Work work) {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    try {
      work.run(signal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Stopped e) {
      // What runs until it is stopped has then done what it was for.
      log.info("{}", e.getMessage());
    } catch (RuntimeException | Error e) {
      signal.failed = true;
      if (signal.isStopping()) {
        // The process ends before anybody above could tell.
        log.error("It did not close in order.", e);
      }
      throw e;
    } finally {
      signal.ended.countDown();
      if (!signal.isStopping()) {
        Runtime.getRuntime().removeShutdownHook(signal.hook);
      }
    }
  }

  /** Whether to give up what takes long. */
  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** The signal came before the work was done: the process ends with exit code 1. */
  void leavesWorkUndone() {
    failed = true;
  }

  /** Waits for the signal. */
  void await() throws InterruptedException {
    stopping.await();
  }

  private void stop() {
    log.info("Stopping.");
    stopping.countDown();
    boolean inTime = false;
    try {
      inTime = ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!inTime) {
      log.warn("Not everything closed within {} s.", PATIENCE.toSeconds());
    }
    // Otherwise the process would end with 143 or 130, which reads as if it had not drained.
    Runtime.getRuntime().halt(inTime && !failed ? 0 : 1);
  }
}
