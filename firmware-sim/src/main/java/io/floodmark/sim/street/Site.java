package io.floodmark.sim.street;

import java.time.Duration;
import java.util.Optional;

/**
 * A sensor on a post.
 *
 * @param number 0 and up
 * @param code its name
 * @param position where it stands, if that is known
 * @param mountHeightMm from the ground up to the sensor
 * @param lowPointDeltaMm how much deeper the street's low point lies
 * @param thermometer whether its readings carry the temperature of the beam
 * @param interval time between two readings
 */
public record Site(
    int number,
    String code,
    Optional<Position> position,
    int mountHeightMm,
    int lowPointDeltaMm,
    boolean thermometer,
    Duration interval) {}
