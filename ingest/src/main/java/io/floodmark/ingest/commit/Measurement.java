package io.floodmark.ingest.commit;

import io.floodmark.reading.Reading;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What tells one measurement of a sensor from another: what was sent of water and rain, as
 * precisely as a row of {@code reading} keeps it.
 *
 * @param distanceMm as sent
 * @param depthMm as sent
 * @param rainMm as sent, in the precision of the column
 */
record Measurement(OptionalInt distanceMm, OptionalInt depthMm, Optional<Float> rainMm) {

  static Measurement of(Reading reading) {
    return new Measurement(
        reading.distanceMm(),
        reading.depthMm(),
        reading.rainMm().isPresent()
            ? // A zero has no sign once it is stored.
            Optional.of((float) reading.rainMm().getAsDouble() + 0f)
            : Optional.empty());
  }
}
