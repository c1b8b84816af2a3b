package io.floodmark.passability;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The limits of every way of travelling in a ward: those that staff have set, and the defaults of
 * {@link TravelMode} for the rest. Immutable.
 *
 * @param changed what differs from the defaults
 */
public record TravelRules(Map<TravelMode, TravelLimits> changed) {
  /** Water deeper than this at the low point hides open manholes and fallen wires. */
  public static final int HIDES_ABOVE_MM = 100;

  /** Nothing is changed. */
  public static final TravelRules DEFAULT = new TravelRules(Map.of());

  /** Copies the map. */
  public TravelRules {
    changed = Map.copyOf(changed);
  }

  /** The limits of {@code mode}. */
  public TravelLimits of(TravelMode mode) {
    return changed.getOrDefault(mode, mode.limits());
  }

  /**
   * Every way of travelling, in the order of {@link TravelMode}, with what {@code verdict} says.
   */
  public static Map<TravelMode, Passability> all(Function<TravelMode, Passability> verdict) {
    return Arrays.stream(TravelMode.values())
        .collect(
            Collectors.toMap(
                Function.identity(), verdict, (a, b) -> a, () -> new EnumMap<>(TravelMode.class)));
  }
}
