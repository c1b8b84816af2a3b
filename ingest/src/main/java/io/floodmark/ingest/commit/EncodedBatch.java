package io.floodmark.ingest.commit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a batch came to in the form in which the database takes it, ready to be sent.
 *
 * @param outcome what it is
 * @param states of its sensors
 * @param rows its readings; another batch must not be encoded there before this one is committed
 */
record EncodedBatch(BatchOutcome outcome, StateRows states, CopyEncoder rows) {
  // Where a sensor has several readings in a batch, they then lie together, in the table and in
  // the order of its key.
  private static final Comparator<ReadingRow> BY_SENSOR =
      Comparator.comparingInt(ReadingRow::sensorId);

  // The order in which everybody locks states: of two processes with the same sensors one waits.
  private static final Comparator<Gauge> BY_ID =
      Comparator.comparingInt(gauge -> gauge.sensor().id());

  static EncodedBatch of(BatchOutcome outcome, CopyEncoder encoder) {
    List<ReadingRow> sorted = new ArrayList<>(outcome.rows());
    sorted.sort(BY_SENSOR);
    encoder.encode(sorted);
    List<Gauge> gauges = new ArrayList<>(outcome.gauges());
    gauges.sort(BY_ID);
    return new EncodedBatch(outcome, StateRows.of(gauges), encoder);
  }
}
