package io.floodmark.ingest.mqtt;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/** Handing over to event loops from other threads. */
final class EventLoops {
  private EventLoops() {}

  /**
   * Runs {@code task} on {@code loop}, later. A loop that has shut down has no connections left, so
   * there is nothing to do for it, and nothing to trouble the caller with.
   */
  static void execute(EventLoop loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      if (!loop.isShuttingDown()) {
        throw e;
      }
    }
  }
}
