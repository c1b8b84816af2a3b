package io.floodmark.sim.scenario;

import io.floodmark.sim.street.Sight;
import io.floodmark.sim.street.StreetLife;
import io.floodmark.sim.street.StreetMix;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

/**
 * The labelled street, alive: floods after showers, hot afternoons, parked things, stray echoes and
 * error codes as {@link StreetMix#REFERENCE} has them, every second device without a thermometer.
 * Its first day is the one on which it begins, so that at speed 1 its afternoons are hot in the
 * afternoon. After thirty days it begins again.
 *
 * @param life the street; a place sees what the sensor of that number sees there
 * @param first time of the street at which the scenario begins
 */
record StreetScenario(StreetLife life, Duration first) implements FloodScenario {
  /** The wards that this was made for have no summer time. */
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(7);

  private static final double MILLIS_A_MINUTE = Duration.ofMinutes(1).toMillis();

  static StreetScenario of(int places, long seed, Instant start) {
    StreetMix mix = StreetMix.REFERENCE.ofSize(StreetMix.REFERENCE.days(), Math.max(1, places));
    OffsetDateTime local = start.atOffset(ZONE);
    return new StreetScenario(
        StreetLife.of(mix, seed), Duration.between(local.truncatedTo(ChronoUnit.DAYS), local));
  }

  @Override
  public double depthMm(Duration at, Place place) {
    return sight(at, place).depthMm();
  }

  @Override
  public Sight sight(Duration at, Place place) {
    return life.sight(place.ordinal(), minute(at) % life.minutes());
  }

  @Override
  public double noiseMm() {
    return StreetLife.NOISE_MM;
  }

  @Override
  public OptionalDouble thermometerC(Sight sight, Place place, double usualC) {
    return life.sites().get(place.ordinal()).thermometer()
        ? OptionalDouble.of(sight.beamC())
        : OptionalDouble.empty();
  }

  @Override
  public double rainTotalMm(Duration at) {
    return fallenMm(minute(at)) - fallenMm(minute(Duration.ZERO));
  }

  private double fallenMm(double minute) {
    double rounds = Math.floor(minute / life.minutes());
    return rounds * life.rainMm(life.minutes()) + life.rainMm(minute % life.minutes());
  }

  private double minute(Duration at) {
    return first.plus(at).toMillis() / MILLIS_A_MINUTE;
  }
}
