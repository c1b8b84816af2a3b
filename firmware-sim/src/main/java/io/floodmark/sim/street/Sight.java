package io.floodmark.sim.street;

import java.util.OptionalInt;

/**
 * What is in front of a sensor at one time.
 *
 * @param depthMm true depth of water under the sensor
 * @param surfaceMm height over the ground of what the sensor takes for the surface
 * @param errorMm the distance that the device reports instead of measuring
 * @param beamC temperature of the air between sensor and ground
 * @param cause why a reading taken now would be what it is
 */
public record Sight(
    double depthMm, double surfaceMm, OptionalInt errorMm, double beamC, Cause cause) {}
