package io.floodmark.sim.street;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where things stand in a ward: sensors along streets, a few to each, rain gauges on roofs. */
final class WardStreets {
  private static final Position CENTRE = new Position(106.0712, 20.9411);
  private static final double RADIUS_M = 1_200;

  private static final int SENSORS_A_STREET = 4;
  private static final double BETWEEN_MIN_M = 80;
  private static final double BETWEEN_MAX_M = 350;

  private WardStreets() {}

  /** Places along streets, so that most have another within 500 m. */
  static List<Position> alongStreets(int count, RandomGenerator random) {
    List<Position> positions = new ArrayList<>();
    while (positions.size() < count) {
      Position at = anywhere(random);
      double bearing = random.nextDouble(2 * Math.PI);
      int end = Math.min(count, positions.size() + SENSORS_A_STREET);
      while (positions.size() < end) {
        positions.add(at);
        double stepM = random.nextDouble(BETWEEN_MIN_M, BETWEEN_MAX_M);
        at = at.moved(stepM * Math.sin(bearing), stepM * Math.cos(bearing));
      }
    }
    return positions;
  }

  /** The first in the middle of the ward, others anywhere. */
  static List<Position> onRoofs(int count, RandomGenerator random) {
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(i == 0 ? CENTRE : anywhere(random));
    }
    return positions;
  }

  private static Position anywhere(RandomGenerator random) {
    return CENTRE.moved(
        random.nextDouble(-RADIUS_M, RADIUS_M), random.nextDouble(-RADIUS_M, RADIUS_M));
  }
}
