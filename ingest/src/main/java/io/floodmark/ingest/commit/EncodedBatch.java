package io.floodmark.ingest.commit;

/**
 * What a batch came to in the form in which the database takes it, ready to be sent.
 *
 * @param outcome what it is
 * @param states of its sensors
 * @param rows its readings; another batch must not be encoded there before this one is committed
 */
record EncodedBatch(BatchOutcome outcome, StateRows states, CopyEncoder rows) {
  static EncodedBatch of(BatchOutcome outcome, CopyEncoder encoder) {
    encoder.encode(outcome.rows());
    return new EncodedBatch(outcome, StateRows.of(outcome.gauges()), encoder);
  }
}
