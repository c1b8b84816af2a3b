package io.floodmark.judging;

import io.floodmark.reading.Reading;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import java.util.OptionalInt;

/**
 * What a reading of a sensor for water measures, before anybody judges it.
 *
 * @param distanceMm raw distance, if that is what its depth follows from
 * @param surfaceMm height of the surface over the ground; empty where none follows
 * @param depthMm the same without noise
 * @param measured whether it holds anything from which one could follow
 */
record Measured(
    OptionalInt distanceMm, OptionalInt surfaceMm, OptionalInt depthMm, boolean measured) {

  static Measured of(Sensor sensor, Reading reading) {
    boolean byDistance =
        switch (sensor.kind()) {
          case DISTANCE -> reading.distanceMm().isPresent();
          case DEPTH, RAIN -> reading.depthMm().isEmpty();
        };
    Calibration calibration = sensor.calibration();
    OptionalInt distance = byDistance ? reading.distanceMm() : OptionalInt.empty();
    OptionalInt surface =
        distance.isPresent()
            ? calibration.surfaceOfDistance(distance.getAsInt(), reading.temperatureC())
            : reading.depthMm();
    OptionalInt depth =
        surface.isPresent()
            ? OptionalInt.of(calibration.withoutNoise(surface.getAsInt()))
            : OptionalInt.empty();
    boolean measured = reading.distanceMm().isPresent() || reading.depthMm().isPresent();
    return new Measured(distance, surface, depth, measured);
  }
}
