package io.floodmark.sim.replay;

import io.floodmark.sim.reading.SensorReading;
import java.time.Instant;

/**
 * A row of a recorded event.
 *
 * @param code the sensor that it is played as
 * @param at when it was recorded
 * @param reading without its time
 */
record RecordedReading(String code, Instant at, SensorReading reading) {}
