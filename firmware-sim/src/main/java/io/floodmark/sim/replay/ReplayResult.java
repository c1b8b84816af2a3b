package io.floodmark.sim.replay;

/**
 * What a replay did, in rows of its file.
 *
 * @param read rows in the file
 * @param removed left out on purpose
 * @param blank left out because they measure nothing
 * @param sent sent at least once
 * @param acknowledged acknowledged
 */
public record ReplayResult(long read, long removed, long blank, long sent, long acknowledged) {
  /** Whether every row that was to be sent has been acknowledged. */
  public boolean isComplete() {
    return acknowledged == read - removed - blank;
  }

  @Override
  public String toString() {
    return "%d rows read, %d removed, %d without a measurement, %d sent, %d acknowledged"
        .formatted(read, removed, blank, sent, acknowledged);
  }
}
