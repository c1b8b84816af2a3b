package io.floodmark.sim.uplink;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns everything a simulated device remembers, and the timers of all of them.
 * What comes from Paho's threads hops here. After {@link #close} whatever still arrives is dropped.
 */
public final class SimLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SimLoop.class);

  private final ScheduledThreadPoolExecutor executor;

  /** Starts the thread. */
  public SimLoop(String threadName) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
  }

  /** A task that may still be called off. */
  public interface Timer {
    /** A timer that has nothing to call off. */
    Timer NONE = () -> {};

    /** Calls it off, if it has not run. */
    void cancel();
  }

  /** Runs {@code task} on the loop, after what already waits there. Any thread. */
  public void execute(Runnable task) {
    executor.execute(loud(task));
  }

  /** Runs {@code task} on the loop after {@code delay}. Any thread. */
  public Timer after(Duration delay, Runnable task) {
    Future<?> future =
        executor.schedule(loud(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** For Paho's keep-alive timer. */
  ScheduledExecutorService executor() {
    return executor;
  }

  /** Ends the thread; timers that have not fired never will. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** An executor keeps a task's exception in a future that nobody reads: say it instead. */
  private static Runnable loud(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.error("A simulated device failed; this is a bug of the simulator.", e);
        throw e;
      }
    };
  }
}
