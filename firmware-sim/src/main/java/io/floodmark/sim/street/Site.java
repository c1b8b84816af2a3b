package io.floodmark.sim.street;

import java.time.Duration;

/**
 * A sensor on a post.
 *
 * @param number 0 and up
 * @param code its name
 * @param mountHeightMm from the ground up to the sensor
 * @param lowPointDeltaMm how much deeper the street's low point lies
 * @param thermometer whether its readings carry the temperature of the beam
 * @param interval time between two readings
 */
public record Site(
    int number,
    String code,
    int mountHeightMm,
    int lowPointDeltaMm,
    boolean thermometer,
    Duration interval) {}
