package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.Rejection.Reason;
import io.floodmark.metrics.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the commit line did since the start. Safe for use by any thread.
 *
 * <p>Once nothing is unsettled, {@link #received} equals {@link #committed} plus {@link
 * #duplicates} plus all {@link #rejected}: a reading that were lost would show.
 */
public final class CommitCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder committed = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final Map<Reason, LongAdder> rejected = new EnumMap<>(Reason.class);
  private final LongAdder batches = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder versionConflicts = new LongAdder();
  private final Histogram batchReadings =
      new Histogram(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000);

  /** All at zero. */
  public CommitCounters() {
    for (Reason reason : Reason.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  /** Readings, and what was no reading, taken from the queue. */
  public long received() {
    return received.sum();
  }

  /** Readings stored. */
  public long committed() {
    return committed.sum();
  }

  /** Readings that were stored before, also by a commit of ours whose outcome was unknown. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** What was rejected for {@code reason}. */
  public long rejected(Reason reason) {
    return rejected.get(reason).sum();
  }

  /** Transactions committed. */
  public long batches() {
    return batches.sum();
  }

  /** Batches that had to be kept and tried again. */
  public long retries() {
    return retries.sum();
  }

  /** Batches evaluated again, because somebody else had written in between. */
  public long versionConflicts() {
    return versionConflicts.sum();
  }

  /** Readings in each transaction committed. */
  public Histogram batchReadings() {
    return batchReadings;
  }

  void countReceived(Submission submission) {
    received.add(submission.readings().size() + (long) submission.rejections().size());
  }

  void countCommitted(BatchOutcome outcome) {
    batches.increment();
    batchReadings.record(outcome.rows().size());
    committed.add(outcome.rows().size());
    duplicates.add(outcome.duplicates());
    for (BatchOutcome.Rejected message : outcome.rejections()) {
      rejected.get(message.rejection().reason()).increment();
    }
  }

  void countRetry() {
    retries.increment();
  }

  void countVersionConflict() {
    versionConflicts.increment();
  }
}
