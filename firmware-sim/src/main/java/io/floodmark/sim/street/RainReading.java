package io.floodmark.sim.street;

import java.time.Instant;
import java.util.Optional;

/**
 * One reading of a rain gauge and what is true of it.
 *
 * @param takenAt when the device took it, by its own clock
 * @param arrivedAt when the server got it; empty for one that is lost, and its tips with it
 * @param rainMm rain since the reading before, as sent: whole tips
 * @param fallenMm rain that truly fell since then
 */
public record RainReading(
    Instant takenAt, Optional<Instant> arrivedAt, double rainMm, double fallenMm) {}
