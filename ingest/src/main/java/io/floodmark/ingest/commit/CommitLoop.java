package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.ReadingStore.Prepared;
import io.floodmark.schema.Database;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from the queue what has gathered while the last commit ran, commits it in one transaction
 * and only then lets it be acknowledged: batches grow with load, and no timer adds latency. Where
 * many wait, the next batch is evaluated while the one before is written.
 *
 * <p>While the database is away the batch is kept and tried again. A batch that fails for any other
 * reason goes {@linkplain OneByOne one by one}, and the rest goes on.
 *
 * <p>Runs on a thread of its own, which owns everything in it but what it lends to the thread that
 * writes; {@link #stop} and {@link #abort} are for other threads.
 */
public final class CommitLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);

  private static final long TAKE_WAIT_MILLIS = 200;
  private static final long BACK_OFF_MIN_MILLIS = 50;
  private static final long BACK_OFF_MAX_MILLIS = 1_000;

  /** So often a batch that may be the cause is tried as a whole. */
  private static final int FAILURES_TO_GO_ONE_BY_ONE = 3;

  /** What a turn of the loop came to. */
  public enum Progress {
    /** There was nothing to do. */
    IDLE,
    /** Something was committed. */
    COMMITTED,
    /** Something could not be committed and is kept: wait before the next turn. */
    KEPT
  }

  private final CommitQueue queue;
  private final Ledger ledger;
  private final CommitCounters counters;
  private final ReadingStore store;
  private final OneByOne oneByOne;
  private final Alongside alongside;
  private final BatchSizes sizes;
  private final long takeWaitMillis;
  private final RepeatedWarning away =
      new RepeatedWarning(
          log, "Readings cannot be committed, so none is acknowledged; trying again");
  private final RepeatedWarning untold =
      new RepeatedWarning(log, "Readers cannot be told of readings; they are told later");
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Taken from the queue and neither committed nor under way, in order. */
  private final ArrayDeque<List<Pending>> batches = new ArrayDeque<>();

  private Optional<Underway> underway = Optional.empty();

  /** How often the batch failed as if it were the cause, though the database is there. */
  private int selfInflicted;

  /** A loop that has not begun; it connects when there is something to commit. */
  public CommitLoop(
      CommitQueue queue,
      Database database,
      InstantSource clock,
      CommitCounters counters,
      Neighbourhood neighbourhood) {
    this(
        queue,
        new DatabaseLedger(database, clock, neighbourhood),
        clock,
        counters,
        new WriteThread(queue::wake),
        BatchSizes.DEFAULT,
        TAKE_WAIT_MILLIS);
  }

  /**
   * The same on a ledger of one's own.
   *
   * @param alongside where batches are written while the next is evaluated
   * @param sizes how many readings go together
   * @param takeWaitMillis how long a turn waits for something to do
   */
  CommitLoop(
      CommitQueue queue,
      Ledger ledger,
      InstantSource clock,
      CommitCounters counters,
      Alongside alongside,
      BatchSizes sizes,
      long takeWaitMillis) {
    this.queue = queue;
    this.ledger = ledger;
    this.counters = counters;
    this.alongside = alongside;
    this.sizes = sizes;
    this.takeWaitMillis = takeWaitMillis;
    this.store = new ReadingStore(ledger, counters);
    this.oneByOne = new OneByOne(store, ledger, clock, away, this::settle);
  }

  /** Turns until {@link #stop}, or until the thread is interrupted. */
  @Override
  public void run() {
    long backOffMillis = 0;
    try (ledger;
        alongside) {
      while (stopping.getCount() > 0) {
        if (doWork() == Progress.KEPT) {
          backOffMillis =
              Math.min(BACK_OFF_MAX_MILLIS, Math.max(BACK_OFF_MIN_MILLIS, backOffMillis * 2));
          stopping.await(backOffMillis, TimeUnit.MILLISECONDS);
        } else {
          backOffMillis = 0;
        }
      }
      if (!alongside.isAtWork()) { // else what is at work rings
        ringOwed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the loop after the turn at work; what is not committed then stays unacknowledged. */
  public void stop() {
    stopping.countDown();
  }

  /** Ends the turn at work too, by ending its connection. */
  public void abort() {
    stop();
    ledger.abort();
  }

  /** One turn, waiting a moment for something to do; for {@link #run} and for tests. */
  public Progress doWork() throws InterruptedException {
    boolean pressed = underway.isPresent();
    boolean retries = oneByOne.isTimeToRetry();
    if (retries || !alongside.isAtWork()) {
      if (finishUnderway() == Progress.KEPT) {
        return Progress.KEPT;
      }
    }
    if (retries) {
      oneByOne.retry();
    }
    if (batches.isEmpty()) {
      List<Pending> taken = take();
      if (taken.isEmpty()) {
        return alongside.isAtWork() ? Progress.IDLE : finishAll();
      }
      batches.add(taken);
    }
    Optional<Prepared> prepared =
        pressed || queue.holds(sizes.alongsideMin()) ? prepare(batches.peek()) : Optional.empty();
    if (finishUnderway() == Progress.KEPT) {
      return Progress.KEPT;
    }
    List<Pending> next = batches.remove();
    if (prepared.filter(store::holds).isEmpty()) {
      return commitNow(next, false);
    }
    store.expect(prepared.get());
    Underway begun = new Underway(prepared.get());
    underway = Optional.of(begun);
    alongside.start(begun);
    return Progress.COMMITTED;
  }

  private List<Pending> take() throws InterruptedException {
    List<Pending> taken = new ArrayList<>();
    long waitMillis = takeWaitMillis;
    if (!alongside.isAtWork() && ledger.ringDueIn().isPresent()) {
      waitMillis = Math.min(waitMillis, ledger.ringDueIn().get().toMillis());
    }
    for (Submission submission : queue.take(sizes, waitMillis, alongside::isAtWork)) {
      counters.countReceived(submission);
      taken.add(Pending.of(submission));
    }
    return taken;
  }

  private Optional<Prepared> prepare(List<Pending> batch) {
    try {
      return store.prepare(batch);
    } catch (RuntimeException e) {
      log.debug("A batch could not be evaluated; it will be found out why when it is its turn.", e);
      return Optional.empty();
    }
  }

  /** A batch that is written alongside, and what became of it. */
  private final class Underway implements Runnable {
    private final Prepared prepared;
    private boolean committed;
    private Optional<Throwable> failure = Optional.empty();

    private Underway(Prepared prepared) {
      this.prepared = prepared;
    }

    @Override
    public void run() {
      try {
        committed = store.write(prepared);
        if (committed) {
          settle(prepared.batch());
        }
      } catch (SQLException | RuntimeException | Error e) {
        failure = Optional.of(e);
      }
    }
  }

  /** To be called when there is nothing more to do. */
  private Progress finishAll() throws InterruptedException {
    Progress finished = finishUnderway();
    return finished == Progress.KEPT || ringOwed() ? finished : Progress.KEPT;
  }

  /** Whether readers know now of all that is committed. */
  private boolean ringOwed() {
    try {
      if (ledger.ringDueIn().isPresent()) {
        ledger.ringOwed();
        untold.over();
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      untold.happened(e);
      ledger.close();
      return false;
    }
  }

  /** Waits for what is written alongside; if that failed, goes on with it here. */
  private Progress finishUnderway() throws InterruptedException {
    alongside.await();
    if (underway.isEmpty()) {
      return Progress.IDLE;
    }
    Underway ended = underway.get();
    underway = Optional.empty();
    if (ended.failure.isPresent() && ended.failure.get() instanceof Error fatal) {
      throw fatal; // as if it had happened here: nothing can be relied on any more
    }
    if (ended.committed) {
      return succeeded();
    }
    store.forget();
    List<Pending> batch = ended.prepared.batch();
    return ended.failure.isPresent()
        ? afterFailure(batch, (Exception) ended.failure.get())
        : commitNow(batch, true);
  }

  private Progress commitNow(List<Pending> batch, boolean underLock) {
    try {
      if (underLock) {
        store.commitUnderLock(batch);
      } else {
        store.commit(batch);
      }
      settle(batch);
      return succeeded();
    } catch (SQLException | RuntimeException e) {
      return afterFailure(batch, e);
    }
  }

  private Progress succeeded() {
    selfInflicted = 0;
    away.over();
    return Progress.COMMITTED;
  }

  private void settle(List<Pending> committed) {
    List<Submission> settled = new ArrayList<>();
    List<Pending> told = new ArrayList<>();
    for (Pending pending : committed) {
      if (pending.settle()) {
        settled.add(pending.submission());
        told.add(pending);
      }
    }
    for (Pending pending : told) {
      try {
        Submission.Settlement settlement = pending.submission().settlement();
        pending.rejection().ifPresent(settlement::rejected);
        settlement.committed();
      } catch (RuntimeException e) {
        // It is committed; one session that cannot be told must not keep the others waiting.
        log.error("A session could not be told of a commit; its sensor will send again.", e);
      }
    }
    queue.settled(settled);
  }

  private Progress afterFailure(List<Pending> batch, Exception failure) {
    ledger.close();
    counters.countRetry();
    if (SqlFailure.isPassing(failure)) {
      away.happened(failure);
      if (!SqlFailure.isSelfInflicted(failure, ledger)
          || ++selfInflicted < FAILURES_TO_GO_ONE_BY_ONE) {
        batches.addFirst(batch);
        return Progress.KEPT;
      }
      selfInflicted = 0;
    }
    log.error(
        "A batch of {} messages failed though the database is there; they go one by one.",
        batch.size(),
        failure);
    List<Pending> parts = new ArrayList<>();
    batch.forEach(pending -> parts.addAll(pending.split()));
    List<Pending> left = oneByOne.commit(parts);
    if (!left.isEmpty()) {
      batches.addFirst(left);
    }
    return left.isEmpty() && !oneByOne.keepsAny() ? Progress.COMMITTED : Progress.KEPT;
  }
}
