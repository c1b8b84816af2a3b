package io.floodmark.sim.street;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All readings of one sensor with the truth about them, as taken. On their way 2 % are lost and 5 %
 * are late; those arrive in order.
 *
 * @param site the sensor
 * @param readings in the order in which they were taken
 */
public record LabelledSeries(Site site, List<LabelledReading> readings) {
  /** Copies the list. */
  public LabelledSeries {
    readings = List.copyOf(readings);
  }

  /**
   * The readings of one sensor.
   *
   * @param start the first minute of the street, midnight where the sun stands at noon at 12
   */
  public static LabelledSeries of(StreetLife street, int sensor, Instant start, long seed) {
    Site site = street.sites().get(sensor);
    SplittableRandom random = new SplittableRandom(seed * 1_000_003L + sensor);
    Journey journey = new Journey(start, site.interval(), random);
    int count = journey.readingsIn(street.minutes());
    List<LabelledReading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Journey.Trip trip = journey.next();
      Sight sight = street.sight(sensor, trip.minute());
      readings.add(
          new LabelledReading(
              trip.takenAt(),
              trip.arrivedAt(),
              distanceMm(site, sight, random),
              temperatureC(site, sight, random),
              sight.depthMm(),
              sight.cause()));
    }
    return new LabelledSeries(site, readings);
  }

  private static int distanceMm(Site site, Sight sight, RandomGenerator random) {
    double noise = StreetLife.NOISE_MM * random.nextGaussian();
    if (sight.errorMm().isPresent()) {
      return sight.errorMm().getAsInt();
    }
    return (int) Math.round(sight.echoMm(site.mountHeightMm()) + noise);
  }

  private static OptionalDouble temperatureC(Site site, Sight sight, RandomGenerator random) {
    double measured = sight.beamC() + 0.3 * random.nextGaussian();
    return site.thermometer()
        ? OptionalDouble.of(Math.round(measured * 10) / 10.0)
        : OptionalDouble.empty();
  }
}
