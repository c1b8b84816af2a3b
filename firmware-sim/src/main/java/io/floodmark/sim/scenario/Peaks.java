package io.floodmark.sim.scenario;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How deep and how late each place floods. Neighbours in the sensor list peak at different levels,
 * so that five water sensors show all of them.
 */
record Peaks(long seed) {
  // Depth at the street's low point at the peak, between the usual thresholds of 100, 200, 300 and
  // 500 mm:
  // levels 3, 1, 4, 2, 0. The scatter stays inside the level.
  private static final int[] PEAK_MM = {400, 150, 560, 250, 60};
  private static final int SCATTER_MM = 20;
  private static final Duration LAG_MAX = Duration.ofSeconds(45);

  /** A sensor reports water as water from 30 mm on; noise must not hide it. */
  private static final int VISIBLE_MM = 50;

  /** Depth of the low point at the peak, mm. */
  double lowPointMm(Place place) {
    int start = Math.floorMod(place.ordinal(), PEAK_MM.length);
    int peak = PEAK_MM[start];
    if (peak >= 100) {
      // A sensor high above its low point cannot see shallow floods: its street floods deeper.
      for (int higher : new int[] {150, 250, 400, 560}) {
        if (higher >= peak && higher - place.lowPointDeltaMm() >= VISIBLE_MM) {
          return higher + scatter(place, 1) * SCATTER_MM;
        }
      }
      return Math.max(peak, place.lowPointDeltaMm() + VISIBLE_MM) + scatter(place, 1) * SCATTER_MM;
    }
    return peak + scatter(place, 1) * SCATTER_MM;
  }

  /** How much later than the rain this place floods. */
  Duration lag(Place place) {
    return Duration.ofMillis((long) (scatter(place, 2) * LAG_MAX.toMillis()));
  }

  /** What a sensor has above its ground when the low point holds {@code lowPointMm}. */
  static double underSensor(double lowPointMm, Place place) {
    return Math.min(place.ceilingMm(), Math.max(0, lowPointMm - place.lowPointDeltaMm()));
  }

  private double scatter(Place place, int salt) {
    return new SplittableRandom(seed * 1_000_003L + place.ordinal() * 31L + salt).nextDouble();
  }
}
