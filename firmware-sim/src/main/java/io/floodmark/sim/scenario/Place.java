package io.floodmark.sim.scenario;

/**
 * Where a sensor stands, as far as the water cares.
 *
 * @param ordinal its number among the fleet's water sensors, 0 or more; decides how deep its street
 *     floods
 * @param lowPointDeltaMm how much deeper the street's low point lies than the ground under the
 *     sensor, 0 to 10,000
 * @param ceilingMm the deepest water that the sensor can measure, 0 or more
 */
public record Place(int ordinal, int lowPointDeltaMm, int ceilingMm) {
  public Place {
    if (ordinal < 0 || lowPointDeltaMm < 0 || lowPointDeltaMm > 10_000 || ceilingMm < 0) {
      throw new IllegalArgumentException(
          "Not a place: ordinal %d, low point delta %d mm, ceiling %d mm."
              .formatted(ordinal, lowPointDeltaMm, ceilingMm));
    }
  }
}
