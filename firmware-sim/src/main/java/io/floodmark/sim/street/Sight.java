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
    double depthMm, double surfaceMm, OptionalInt errorMm, double beamC, Cause cause) {
  /** The same to a device that feels the water and sees nothing. */
  public Sight waterAlone() {
    return new Sight(
        depthMm,
        depthMm,
        OptionalInt.empty(),
        beamC,
        depthMm > Flood.WET_MM ? Cause.FLOOD : Cause.GROUND);
  }

  /**
   * The distance that a device measures at that height, mm: it takes the air for as warm as it was
   * tuned for, and in hotter air hears its echo sooner.
   */
  public double echoMm(int mountHeightMm) {
    double nearer =
        StreetLife.speedOfSound(StreetLife.TUNED_FOR_C) / StreetLife.speedOfSound(beamC);
    return (mountHeightMm - surfaceMm) * nearer;
  }
}
