package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What waits until the commit queue has room: at most one task for each key, however often sensors
 * come and go while the database is away. Safe for use by any thread.
 */
final class RoomWaiters {
  private final CommitQueue queue;
  private final ConcurrentHashMap<Object, Runnable> waiting = new ConcurrentHashMap<>();

  /** Whether the queue will call {@link #runAll}. */
  private final AtomicBoolean registered = new AtomicBoolean();

  RoomWaiters(CommitQueue queue) {
    this.queue = queue;
  }

  /**
   * Runs {@code task} once there is room, in place of an earlier one of the same {@code key}. It
   * runs on whichever thread made room, and must only hand over.
   */
  void whenRoom(Object key, Runnable task) {
    waiting.put(key, task);
    // Put in first: whoever takes `registered` back looks at what waits only after that.
    if (registered.compareAndSet(false, true)) {
      queue.whenRoom(this::runAll);
    }
  }

  /** Drops the task of {@code key}. It does not begin after this has returned. */
  void forget(Object key) {
    waiting.remove(key);
  }

  private void runAll() {
    registered.set(false);
    for (Object key : waiting.keySet()) {
      // Within the map's lock of that key, which makes forget() final.
      waiting.computeIfPresent(
          key,
          (same, task) -> {
            task.run();
            return null;
          });
    }
  }
}
