package io.floodmark.api.quality;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many records of one kind in one residential group hold up.
 *
 * @param kind code of the kind, or {@link #SENSORS}
 * @param groupId empty for those that belong to no group
 * @param total records that are looked at, 0 or more
 * @param good how many of them hold up in each aspect, 0 to {@code total}
 */
public record Score(String kind, OptionalInt groupId, int total, Map<Aspect, Integer> good) {
  /** What stands for the sensors, which are no kind of asset. */
  public static final String SENSORS = "sensor";

  /** Copies the map. */
  public Score {
    good = Map.copyOf(good);
  }

  /**
   * The share that holds up, in whole percent, rounded down: 100 is every single one.
   *
   * @return 0 to 100; 100 of none is 100
   */
  public int percent(Aspect aspect) {
    return total == 0 ? 100 : (int) (100L * good.get(aspect) / total);
  }

  /** How many are left to be fixed. */
  public int left(Aspect aspect) {
    return total - good.get(aspect);
  }

  /** Both together, of the same kind; the group is left out. */
  Score plus(Score other) {
    Map<Aspect, Integer> sums = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      sums.put(aspect, good.get(aspect) + other.good.get(aspect));
    }
    return new Score(kind, OptionalInt.empty(), total + other.total, sums);
  }
}
