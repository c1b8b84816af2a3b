package io.floodmark.ingest.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only hand-over between threads on the way in. Safe for use by any thread.
 *
 * <p>Bounded by bytes and count of all that is not settled yet, waiting or in the batch at work,
 * and by the bytes of what connections {@linkplain #hold hold} before it. A message that is put in
 * is always taken, and counted; whoever put it in and then finds the queue {@link #isFull() full}
 * stops reading until there is {@linkplain #whenRoom room}.
 */
public final class CommitQueue {
  private static final Logger log = LoggerFactory.getLogger(CommitQueue.class);

  private final int countMax;
  private final long bytesMax;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private final List<Runnable> waitingForRoom = new ArrayList<>();
  private int waitingReadings;

  /** How many readings the thread that takes is waiting for. */
  private int wantedReadings;

  private int unsettledCount;
  private long unsettledBytes;
  private long heldBytes;
  private boolean full;
  private long fullSinceNanos;
  private long fullNanos;

  /**
   * An empty queue.
   *
   * @param countMax submissions unsettled at which it is full, 1 or more
   * @param bytesMax bytes unsettled at which it is full, 1 or more
   */
  public CommitQueue(int countMax, long bytesMax) {
    if (countMax < 1 || bytesMax < 1) {
      throw new IllegalArgumentException("Bounds must be positive: " + countMax + ", " + bytesMax);
    }
    this.countMax = countMax;
    this.bytesMax = bytesMax;
  }

  /** Puts in a decoded message. Never blocks, never refuses. */
  public void add(Submission submission) {
    lock.lock();
    try {
      waiting.add(submission);
      waitingReadings += readingsOf(submission);
      unsettledCount++;
      unsettledBytes += submission.sizeBytes();
      noteFull();
      // Whoever takes is not woken for each of the many that it waits for.
      if (waitingReadings >= wantedReadings) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts a message that is decoded and waits in its connection, not in here.
   *
   * @param bytes what it takes in memory; the same for {@link #release}, once, whatever becomes of
   *     it
   */
  public void hold(long bytes) {
    countHeld(bytes);
  }

  /** Takes a message that was {@linkplain #hold held} off the bound again. */
  public void release(long bytes) {
    countHeld(-bytes);
  }

  private void countHeld(long bytes) {
    lock.lock();
    try {
      heldBytes += bytes;
      noteFull();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether reading from sockets has to stop. With nothing unsettled it has not, however much is
   * held: nothing would come that could start it again.
   */
  public boolean isFull() {
    lock.lock();
    try {
      return isFullLocked();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether what is held has to wait too. It is counted already, and so needs room only among what
   * is unsettled.
   */
  public boolean isFullForHeld() {
    lock.lock();
    try {
      return isUnsettledFull();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code resume} once the queue, without what is held, has emptied to half its bounds; at
   * once if it is not full. It runs on the commit thread and must only hand over; what is held may
   * have kept the queue full, and it has to ask again.
   */
  public void whenRoom(Runnable resume) {
    lock.lock();
    try {
      if (isFullLocked()) {
        waitingForRoom.add(resume);
        return;
      }
    } finally {
      lock.unlock();
    }
    resume.run();
  }

  /**
   * Takes what has gathered, oldest first, until it holds {@code readingsMax} readings or more;
   * waits up to {@code timeoutMillis} for the first. A message without readings counts as one.
   *
   * @return empty if nothing came
   */
  List<Submission> take(int readingsMax, long timeoutMillis) throws InterruptedException {
    return take(new BatchSizes(readingsMax, readingsMax), timeoutMillis, () -> false);
  }

  /**
   * The same in batches of these {@code sizes}, but while {@code busy} only once enough readings
   * are there for one that is evaluated alongside, so that the rest of a batch is not left behind;
   * it ends with what is there when {@code busy} ends, of which {@link #wake} has to tell.
   *
   * @return empty if too little came
   */
  List<Submission> take(BatchSizes sizes, long timeoutMillis, BooleanSupplier busy)
      throws InterruptedException {
    lock.lock();
    try {
      boolean wasBusy = busy.getAsBoolean();
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (isTooLittle(sizes, wasBusy, busy.getAsBoolean())) {
        if (left <= 0) {
          return List.of();
        }
        left = changed.awaitNanos(left);
      }
      return taken(sizes.ofWaiting(waitingReadings));
    } finally {
      lock.unlock();
    }
  }

  private boolean isTooLittle(BatchSizes sizes, boolean wasBusy, boolean isBusy) {
    wantedReadings = isBusy ? sizes.alongsideMin() : 1;
    return isBusy ? waitingReadings < wantedReadings : waiting.isEmpty() && !wasBusy;
  }

  private List<Submission> taken(int readingsMax) {
    List<Submission> taken = new ArrayList<>(Math.min(readingsMax, waiting.size()));
    int readings = 0;
    while (readings < readingsMax && !waiting.isEmpty()) {
      Submission submission = waiting.poll();
      taken.add(submission);
      readings += readingsOf(submission);
    }
    waitingReadings -= readings;
    return taken;
  }

  /** Whether so many readings wait to be taken. */
  boolean holds(int readings) {
    lock.lock();
    try {
      return waitingReadings >= readings;
    } finally {
      lock.unlock();
    }
  }

  /** Lets whoever waits to take look again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int readingsOf(Submission submission) {
    return Math.max(1, submission.readings().size());
  }

  /** Takes settled submissions off the bounds, and wakes those that waited for room. */
  void settled(List<Submission> submissions) {
    List<Runnable> resumed = List.of();
    lock.lock();
    try {
      for (Submission submission : submissions) {
        unsettledCount--;
        unsettledBytes -= submission.sizeBytes();
      }
      noteFull();
      if (unsettledCount <= countMax / 2 && unsettledBytes <= bytesMax / 2) {
        resumed = List.copyOf(waitingForRoom);
        waitingForRoom.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    for (Runnable resume : resumed) {
      try {
        resume.run();
      } catch (RuntimeException e) {
        log.error("A connection could not be told that there is room again.", e);
      }
    }
  }

  /**
   * Waits until everything put in is settled.
   *
   * @return whether it is, before the time was over
   */
  public boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (unsettledCount > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return unsettledCount == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Submissions not settled yet. */
  public int size() {
    lock.lock();
    try {
      return unsettledCount;
    } finally {
      lock.unlock();
    }
  }

  /** What they, and what is held, take in memory, in bytes. */
  public long sizeBytes() {
    lock.lock();
    try {
      return unsettledBytes + heldBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Submissions unsettled at which it is full. */
  public int countMax() {
    return countMax;
  }

  /** Bytes unsettled at which it is full. */
  public long bytesMax() {
    return bytesMax;
  }

  /** How long it has been full so far, in all, in nanoseconds. */
  public long fullNanos() {
    lock.lock();
    try {
      return full ? fullNanos + System.nanoTime() - fullSinceNanos : fullNanos;
    } finally {
      lock.unlock();
    }
  }

  private void noteFull() {
    boolean nowFull = isFullLocked();
    if (nowFull && !full) {
      fullSinceNanos = System.nanoTime();
    } else if (full && !nowFull) {
      fullNanos += System.nanoTime() - fullSinceNanos;
    }
    full = nowFull;
  }

  private boolean isFullLocked() {
    return isUnsettledFull() || (unsettledCount > 0 && unsettledBytes + heldBytes >= bytesMax);
  }

  private boolean isUnsettledFull() {
    return unsettledCount >= countMax || unsettledBytes >= bytesMax;
  }
}
