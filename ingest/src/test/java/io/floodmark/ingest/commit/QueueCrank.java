package io.floodmark.ingest.commit;

import java.util.List;

/** Stands where the commit loop would, and is turned by hand. */
public final class QueueCrank {
  private static final int ALL = Integer.MAX_VALUE;
  private static final long PATIENCE_MILLIS = 10_000;

  private final CommitQueue queue;

  public QueueCrank(CommitQueue queue) {
    this.queue = queue;
  }

  /** What has gathered; empty if nothing has. */
  public List<Submission> take() {
    return take(ALL, 0);
  }

  /** The next submission, once it is there. */
  public Submission await() {
    List<Submission> one = take(1, PATIENCE_MILLIS);
    if (one.isEmpty()) {
      throw new AssertionError("No submission within " + PATIENCE_MILLIS + " ms.");
    }
    return one.get(0);
  }

  /** Takes them off the queue's bounds and says that they are committed. */
  public void commit(List<Submission> submissions) {
    submissions.forEach(submission -> submission.settlement().committed());
    queue.settled(submissions);
  }

  private List<Submission> take(int max, long timeoutMillis) {
    try {
      return queue.take(max, timeoutMillis);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a submission.", e);
    }
  }
}
