package io.floodmark.ingest.commit;

import io.floodmark.reading.Reading;
import java.util.Optional;

/**
 * What tells one measurement of a sensor from another: what was sent of water and rain, as
 * precisely as a row of {@code reading} keeps it.
 *
 * @param distanceMm as sent
 * @param depthMm as sent
 * @param rainMm as sent, in the precision of the column
 */
record Measurement(
    Optional<Integer> distanceMm, Optional<Integer> depthMm, Optional<Float> rainMm) {

  static Measurement of(Reading reading) {
    return new Measurement(
        reading.distanceMm().stream().boxed().findFirst(),
        reading.depthMm().stream().boxed().findFirst(),
        reading.rainMm().stream().mapToObj(mm -> (float) mm).findFirst());
  }
}
