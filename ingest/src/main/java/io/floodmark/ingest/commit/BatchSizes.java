package io.floodmark.ingest.commit;

/**
 * How many readings go together.
 *
 * @param readingsMax in a batch, but for its last message
 * @param alongsideMin that have to wait for a batch to be evaluated while another is written
 */
record BatchSizes(int readingsMax, int alongsideMin) {
  // A batch writes each sensor's state and waits for the disk once, however many readings it has;
  // beyond some thousand nothing is saved any more, and the acknowledgement of the first waits for
  // the last. Few are not worth the way to another thread and back.
  static final BatchSizes DEFAULT = new BatchSizes(8_000, 1_000);

  /**
   * How many of those that wait the next batch takes. Of many only half: while senders wait for
   * their acknowledgements nothing further comes, and one half can be evaluated while the other is
   * written.
   */
  int ofWaiting(int readings) {
    return (int) Math.min(readingsMax, Math.max(2L * alongsideMin, readings / 2));
  }
}
