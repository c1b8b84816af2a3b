package io.floodmark.sim.scenario;

import java.time.Duration;
import java.util.List;

/**
 * What the weather does to the streets: a pure function of scenario time and place, the same for
 * the same seed. Scenario time starts at zero with the fleet and runs {@code speed} times as fast
 * as the wall clock.
 */
public interface FloodScenario {
  /** The names that {@link #named} knows. */
  List<String> NAMES = List.of("rain-storm", "dry", "steady");

  /** True depth of water over the ground under the sensor, mm, 0 to the place's ceiling. */
  double depthMm(Duration at, Place place);

  /** Rain fallen since scenario time zero, mm; never falls. */
  double rainTotalMm(Duration at);

  /**
   * The scenario of that name.
   *
   * <ul>
   *   <li>{@code rain-storm}: six minutes rising, four falling, four dry, over and over
   *   <li>{@code dry}: nothing happens
   *   <li>{@code steady}: every place stands at the depth at which a rain-storm would peak there
   * </ul>
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  static FloodScenario named(String name, long seed) {
    return switch (name) {
      case "rain-storm" -> new RainStorm(new Peaks(seed));
      case "dry" -> new Dry();
      case "steady" -> new Steady(new Peaks(seed));
      default ->
          throw new IllegalArgumentException(
              "No scenario \"" + name + "\". Use one of " + String.join(", ", NAMES) + ".");
    };
  }
}
