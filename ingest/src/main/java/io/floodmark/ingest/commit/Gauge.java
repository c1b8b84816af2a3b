package io.floodmark.ingest.commit;

import io.floodmark.alert.SensorWatch;
import io.floodmark.sensor.Sensor;

/**
 * A sensor and where it stands.
 *
 * @param sensor how its readings are judged
 * @param state what they have come to
 * @param limits what is watched beside the level
 * @param watch what that has come to
 */
record Gauge(Sensor sensor, SensorState state, SensorWatch.Limits limits, SensorWatch watch) {
  /** A sensor at which nothing is watched beside the level. */
  Gauge(Sensor sensor, SensorState state) {
    this(sensor, state, SensorWatch.Limits.NONE, SensorWatch.NONE);
  }

  /** The same sensor, standing elsewhere. */
  Gauge with(SensorState changed) {
    return new Gauge(sensor, changed, limits, watch);
  }

  /** The same sensor, of which something else is to be said. */
  Gauge with(SensorWatch changed) {
    return new Gauge(sensor, state, limits, changed);
  }
}
