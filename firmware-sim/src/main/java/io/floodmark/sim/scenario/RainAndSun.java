package io.floodmark.sim.scenario;

import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.Sight;
import io.floodmark.sim.street.StreetLife;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The rain-storm with what makes readings doubtful, so that somebody who watches for a quarter of
 * an hour sees it: every tenth place lies in the sun, where no rain falls and the air heats up and
 * cools down within {@link #AFTERNOON}, and its devices have no thermometer; under every fifth a
 * motorbike parks between the storms, now and then.
 */
record RainAndSun(RainStorm storm) implements FloodScenario {
  /** An afternoon in time-lapse: heating, heat, cooling. */
  static final Duration AFTERNOON = Duration.ofMinutes(24);

  private static final int SUN_EVERY = 10;
  private static final int SUN_AT = 9;
  private static final double HEATING_MINUTES = 6;
  private static final double HOT_UNTIL_MINUTE = 12;

  /** At 45 °C a device 2 m high that is tuned for 25 °C reads 68 mm short. */
  private static final double HOTTER_BY_C = 20;

  private static final int BIKE_EVERY = 5;
  private static final int BIKE_AT = 1;
  private static final Duration BIKE_FROM = Duration.ofSeconds(650);
  private static final Duration BIKE_TO = Duration.ofSeconds(800);
  private static final double BIKE_MM = 620;

  @Override
  public double depthMm(Duration at, Place place) {
    return isInTheSun(place) ? 0 : storm.depthMm(at, place);
  }

  @Override
  public double rainTotalMm(Duration at) {
    return storm.rainTotalMm(at);
  }

  @Override
  public double rainTotalMm(Duration at, Place place) {
    return isInTheSun(place) ? 0 : storm.rainTotalMm(at);
  }

  @Override
  public Sight sight(Duration at, Place place) {
    Sight usual = FloodScenario.super.sight(at, place);
    if (isInTheSun(place)) {
      double hotterC = hotterC(at);
      return new Sight(
          0,
          0,
          OptionalInt.empty(),
          StreetLife.TUNED_FOR_C + hotterC,
          hotterC > HOTTER_BY_C / 4 ? Cause.HEAT : Cause.GROUND);
    }
    return isBikeUnder(at, place)
        ? new Sight(
            usual.depthMm(),
            Math.min(place.ceilingMm(), Math.max(usual.depthMm(), BIKE_MM)),
            OptionalInt.empty(),
            usual.beamC(),
            Cause.BOX)
        : usual;
  }

  @Override
  public OptionalDouble thermometerC(Sight sight, Place place, double usualC) {
    return isInTheSun(place) ? OptionalDouble.empty() : OptionalDouble.of(usualC);
  }

  private static boolean isInTheSun(Place place) {
    return place.ordinal() % SUN_EVERY == SUN_AT;
  }

  private static double hotterC(Duration at) {
    double minute = Math.floorMod(at.toMillis(), AFTERNOON.toMillis()) / 60_000.0;
    double afternoon = AFTERNOON.toMinutes();
    double share =
        minute < HEATING_MINUTES
            ? minute / HEATING_MINUTES
            : minute < HOT_UNTIL_MINUTE ? 1 : (afternoon - minute) / (afternoon - HOT_UNTIL_MINUTE);
    return HOTTER_BY_C * share;
  }

  /** Not at all of them at once, nor after every storm. */
  private static boolean isBikeUnder(Duration at, Place place) {
    if (place.ordinal() % BIKE_EVERY != BIKE_AT) {
      return false;
    }
    long loop = Math.floorDiv(at.toMillis(), RainStorm.LOOP.toMillis());
    long phase = Math.floorMod(at.toMillis(), RainStorm.LOOP.toMillis());
    return Math.floorMod(loop + place.ordinal() / BIKE_EVERY, 2) == 0
        && phase >= BIKE_FROM.toMillis()
        && phase < BIKE_TO.toMillis();
  }
}
