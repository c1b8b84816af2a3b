package io.floodmark.sim.street;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All readings of one sensor with the truth about them, as taken. On their way 2 % are lost and 5 %
 * are late: the device stores what it takes during a loss of network and sends it afterwards, in
 * order.
 *
 * @param site the sensor
 * @param readings in the order in which they were taken
 */
public record LabelledSeries(Site site, List<LabelledReading> readings) {
  /** Each reading is a median of several echoes; a median still scatters. */
  private static final double NOISE_MM = 4;

  private static final double LOST_SHARE = 0.02;
  private static final double LATE_SHARE = 0.05;
  private static final double LATE_RUN = 8;
  private static final double ON_THE_WAY_MILLIS = 300;

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
    long intervalMillis = site.interval().toMillis();
    int count = (int) (street.minutes() * Duration.ofMinutes(1).toMillis() / intervalMillis);
    double phase = random.nextDouble();
    List<LabelledReading> readings = new ArrayList<>(count);
    int storedUntil = 0;
    Instant lastArrival = start;
    for (int i = 0; i < count; i++) {
      if (i >= storedUntil && random.nextDouble() < LATE_SHARE / LATE_RUN) {
        storedUntil = i + (int) Math.ceil(-LATE_RUN * Math.log(1 - random.nextDouble()));
      }
      long millis = Math.round((i + phase) * intervalMillis);
      long sentMillis =
          i < storedUntil ? Math.round((storedUntil + phase) * intervalMillis) : millis;
      boolean lost = random.nextDouble() < LOST_SHARE;
      Instant ready = start.plusMillis(sentMillis + onTheWay(random));
      // One connection keeps the order.
      Instant arrival = ready.isAfter(lastArrival) ? ready : lastArrival.plusMillis(1);
      lastArrival = arrival;
      Sight sight = street.sight(sensor, (double) millis / Duration.ofMinutes(1).toMillis());
      readings.add(
          new LabelledReading(
              start.plusMillis(millis),
              lost ? Optional.empty() : Optional.of(arrival),
              distanceMm(site, sight, random),
              temperatureC(site, sight, random),
              sight.depthMm(),
              sight.cause()));
    }
    return new LabelledSeries(site, readings);
  }

  private static long onTheWay(RandomGenerator random) {
    return Math.round(-ON_THE_WAY_MILLIS * Math.log(1 - random.nextDouble()));
  }

  private static int distanceMm(Site site, Sight sight, RandomGenerator random) {
    double noise = NOISE_MM * random.nextGaussian();
    if (sight.errorMm().isPresent()) {
      return sight.errorMm().getAsInt();
    }
    // The device takes the air for as warm as it was tuned for, and so an echo for nearer.
    double nearer =
        StreetLife.speedOfSound(StreetLife.TUNED_FOR_C) / StreetLife.speedOfSound(sight.beamC());
    return (int) Math.round((site.mountHeightMm() - sight.surfaceMm()) * nearer + noise);
  }

  private static OptionalDouble temperatureC(Site site, Sight sight, RandomGenerator random) {
    double measured = sight.beamC() + 0.3 * random.nextGaussian();
    return site.thermometer()
        ? OptionalDouble.of(Math.round(measured * 10) / 10.0)
        : OptionalDouble.empty();
  }
}
