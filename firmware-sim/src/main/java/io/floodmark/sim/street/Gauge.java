package io.floodmark.sim.street;

import java.time.Duration;
import java.util.Optional;

/**
 * A tipping-bucket rain gauge.
 *
 * @param number 0 and up
 * @param code its name
 * @param position where it stands, if that is known
 * @param interval time between two readings
 */
public record Gauge(int number, String code, Optional<Position> position, Duration interval) {}
