package io.floodmark.ingest.commit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of its own, made with the first work. */
final class WriteThread implements Alongside {
  private static final Logger log = LoggerFactory.getLogger(WriteThread.class);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "commit-write"));
  private final Semaphore idle = new Semaphore(1);
  private final Runnable whenIdle;

  /** Runs {@code whenIdle} on it after each piece of work. */
  WriteThread(Runnable whenIdle) {
    this.whenIdle = whenIdle;
  }

  @Override
  public void start(Runnable work) {
    if (!idle.tryAcquire()) {
      throw new IllegalStateException("A batch is being written already.");
    }
    thread.execute(
        () -> {
          try {
            work.run();
          } finally {
            idle.release();
            whenIdle.run();
          }
        });
  }

  @Override
  public boolean isAtWork() {
    return idle.availablePermits() == 0;
  }

  @Override
  public void await() throws InterruptedException {
    idle.acquire();
    idle.release();
  }

  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = Thread.interrupted();
    while (!thread.isTerminated()) {
      try {
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
          log.warn("The last batch is still being written.");
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
