package io.floodmark.ingest.commit;

import io.floodmark.sensor.Sensor;

/**
 * A sensor and where it stands.
 *
 * @param sensor how its readings are judged
 * @param state what they have come to
 */
record Gauge(Sensor sensor, SensorState state) {
  /** The same sensor, standing elsewhere. */
  Gauge with(SensorState changed) {
    return new Gauge(sensor, changed);
  }
}
