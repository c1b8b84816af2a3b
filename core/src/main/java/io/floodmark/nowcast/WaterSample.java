package io.floodmark.nowcast;

import java.time.Instant;

/**
 * A depth that is believed: alerts may build on it.
 *
 * @param at event time
 * @param depthMm over the ground under the sensor
 */
public record WaterSample(Instant at, int depthMm) {}
