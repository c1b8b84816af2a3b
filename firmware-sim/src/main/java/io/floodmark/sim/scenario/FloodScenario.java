package io.floodmark.sim.scenario;

import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.Flood;
import io.floodmark.sim.street.Sight;
import io.floodmark.sim.street.StreetLife;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the weather does to the streets: a pure function of scenario time and place, the same for
 * the same seed. Scenario time starts at zero with the fleet and runs {@code speed} times as fast
 * as the wall clock.
 */
public interface FloodScenario {
  /** The scenario in which everything happens that makes warnings hard. */
  String STREET = "street";

  /** A rain-storm with a little of that, for somebody who watches. */
  String RAIN_AND_SUN = "rain-and-sun";

  /** The names that {@link #named} knows. */
  List<String> NAMES = List.of("rain-storm", "dry", "steady", STREET, RAIN_AND_SUN);

  /** True depth of water over the ground under the sensor, mm, 0 to the place's ceiling. */
  double depthMm(Duration at, Place place);

  /** Rain fallen since scenario time zero, mm; never falls. */
  double rainTotalMm(Duration at);

  /** The same at that place, where it does not rain alike everywhere. */
  default double rainTotalMm(Duration at, Place place) {
    return rainTotalMm(at);
  }

  /**
   * What is in front of the sensor at that place. Unless a scenario says otherwise, water and
   * nothing else, through air of the temperature that the device is tuned for.
   */
  default Sight sight(Duration at, Place place) {
    double depthMm = depthMm(at, place);
    return new Sight(
        depthMm,
        depthMm,
        OptionalInt.empty(),
        StreetLife.TUNED_FOR_C,
        depthMm > Flood.WET_MM ? Cause.FLOOD : Cause.GROUND);
  }

  /** Standard deviation of what a device measures of a surface that stands still, mm. */
  default double noiseMm() {
    return 2;
  }

  /**
   * What the thermometer of a device shows, if it has one.
   *
   * @param usualC of the air at that hour on an ordinary day
   */
  default OptionalDouble thermometerC(Sight sight, Place place, double usualC) {
    return OptionalDouble.of(usualC);
  }

  /**
   * The scenario of that name.
   *
   * <ul>
   *   <li>{@code rain-storm}: six minutes rising, four falling, four dry, over and over
   *   <li>{@code dry}: nothing happens
   *   <li>{@code steady}: every place stands at the depth at which a rain-storm would peak there
   *   <li>{@code street}: thirty days of showers, floods, and all that looks like one; see {@link
   *       StreetScenario}
   *   <li>{@code rain-and-sun}: a rain-storm, with hot air where it does not fall and motorbikes
   *       that park between
   * </ul>
   *
   * @param places how many there are, 1 or more
   * @param start wall time at which it begins; the street's days begin at midnight of the wards
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  static FloodScenario named(String name, long seed, int places, Instant start) {
    return switch (name) {
      case "rain-storm" -> new RainStorm(new Peaks(seed));
      case "dry" -> new Dry();
      case "steady" -> new Steady(new Peaks(seed));
      case RAIN_AND_SUN -> new RainAndSun(new RainStorm(new Peaks(seed)));
      case STREET -> StreetScenario.of(places, seed, start);
      default ->
          throw new IllegalArgumentException(
              "No scenario \"" + name + "\". Use one of " + String.join(", ", NAMES) + ".");
    };
  }
}
