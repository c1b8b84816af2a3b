package io.floodmark.alert;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A good reading, as alerts see it.
 *
 * @param evaluatedAt event time: the earlier of the sensor's time and the arrival
 * @param arrivedAt server time of its arrival
 * @param lowPointDepthMm depth at the low point; empty where the water does not reach the level
 *     from which it is known
 */
public record AlertSample(Instant evaluatedAt, Instant arrivedAt, OptionalInt lowPointDepthMm) {}
