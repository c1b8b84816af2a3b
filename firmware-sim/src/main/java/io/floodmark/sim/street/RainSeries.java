package io.floodmark.sim.street;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All readings of one rain gauge with the truth about them, as taken. They travel as those of
 * {@link LabelledSeries} do: 2 % are lost, 5 % late.
 *
 * @param gauge the sensor
 * @param readings in the order in which they were taken
 */
public record RainSeries(Gauge gauge, List<RainReading> readings) {
  /** Gauges draw from other numbers than the sensors of the same seed. */
  private static final long APART = 0x52_41_49_4EL;

  /** Copies the list. */
  public RainSeries {
    readings = List.copyOf(readings);
  }

  /**
   * The readings of one gauge.
   *
   * @param start the first minute of the street, midnight where the sun stands at noon at 12
   */
  public static RainSeries of(StreetLife street, int number, Instant start, long seed) {
    Gauge gauge = street.gauges().get(number);
    Journey journey =
        new Journey(
            start,
            gauge.interval(),
            new SplittableRandom((seed ^ APART) * 1_000_003L + gauge.number()));
    int count = journey.readingsIn(street.minutes());
    List<RainReading> readings = new ArrayList<>(count);
    TippingBucket bucket = new TippingBucket();
    double fallenBeforeMm = 0;
    for (int i = 0; i < count; i++) {
      Journey.Trip trip = journey.next();
      double fallenMm = street.rainMm(trip.minute());
      readings.add(
          new RainReading(
              trip.takenAt(),
              trip.arrivedAt(),
              bucket.countMm(fallenMm),
              fallenMm - fallenBeforeMm));
      fallenBeforeMm = fallenMm;
    }
    return new RainSeries(gauge, readings);
  }
}
