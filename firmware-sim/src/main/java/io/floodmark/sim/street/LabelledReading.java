package io.floodmark.sim.street;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One reading and what is true of it.
 *
 * @param takenAt when the device took it, by its own clock
 * @param arrivedAt when the server got it; empty for one that is lost
 * @param distanceMm as sent
 * @param temperatureC as sent
 * @param depthMm true depth of water under the sensor
 * @param cause why it says what it says
 */
public record LabelledReading(
    Instant takenAt,
    Optional<Instant> arrivedAt,
    int distanceMm,
    OptionalDouble temperatureC,
    double depthMm,
    Cause cause) {}
