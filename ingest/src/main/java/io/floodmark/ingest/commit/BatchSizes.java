package io.floodmark.ingest.commit;

/**
 * How many readings go together.
 *
 * @param readingsMax in a batch, but for its last message
 * @param alongsideMin that have to wait for a batch to be evaluated while another is written
 */
record BatchSizes(int readingsMax, int alongsideMin) {
  // A batch writes each sensor's state, waits for the disk once and asks PostgreSQL a few times,
  // however many readings it has. The acknowledgement of the first waits for the last, but so many
  // only gather where each waits for those before it anyway. Few are not worth the way to another
  // thread and back.
  static final BatchSizes DEFAULT = new BatchSizes(16_000, 1_000);

  /**
   * How many of those that wait the next batch takes. Of many only half: while senders wait for
   * their acknowledgements nothing further comes, and one half can be evaluated while the other is
   * written.
   */
  int ofWaiting(int readings) {
    return (int) Math.min(readingsMax, Math.max(2L * alongsideMin, readings / 2));
  }
}
