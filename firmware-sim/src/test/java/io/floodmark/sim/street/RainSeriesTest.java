package io.floodmark.sim.street;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RainSeriesTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-05-31T17:00:00Z");
  private static final StreetMix FEW = StreetMix.REFERENCE.ofSize(30, 2).withRainGauges(2);

  @Test
  void aGaugeCountsAllTheRainOfTheStormsInWholeTips() {
    StreetLife street = StreetLife.of(FEW, 4669);
    for (Gauge gauge : street.gauges()) {
      double countedMm = 0;
      for (RainReading reading : series(street, gauge, 4669).readings()) {
        double tips = reading.rainMm() / 0.2;
        assertEquals(Math.rint(tips), tips, 1e-9);
        assertEquals(reading.fallenMm(), reading.rainMm(), 0.2 + 1e-9);
        countedMm += reading.rainMm();
      }
      assertTrue(countedMm > 100, countedMm + " mm in thirty days");
      assertEquals(street.rainMm(street.minutes()), countedMm, 0.2 + 1e-9);
    }
  }

  @Test
  void itReportsEveryMinuteAndTwoPercentAreLost() {
    StreetLife street = StreetLife.of(FEW, 4670);
    List<RainReading> readings = series(street, street.gauges().get(0), 4670).readings();
    assertEquals(30 * 1_440, readings.size());
    for (int i = 1; i < readings.size(); i++) {
      assertEquals(
          Duration.ofMinutes(1),
          Duration.between(readings.get(i - 1).takenAt(), readings.get(i).takenAt()));
    }
    long lost = readings.stream().filter(reading -> reading.arrivedAt().isEmpty()).count();
    assertEquals(0.02, (double) lost / readings.size(), 0.004);
  }

  @Test
  void gaugesOfOneStreetLoseDifferentReadingsAndTheSameSeedTheSame() {
    StreetLife street = StreetLife.of(FEW, 4671);
    RainSeries first = series(street, street.gauges().get(0), 4671);
    assertEquals(first, series(StreetLife.of(FEW, 4671), street.gauges().get(0), 4671));
    assertNotEquals(first.readings(), series(street, street.gauges().get(1), 4671).readings());
  }

  @Test
  void howManyGaugesThereAreChangesNoFlood() {
    StreetLife with = StreetLife.of(FEW, 4672);
    StreetLife without = StreetLife.of(FEW.withRainGauges(0), 4672);
    assertEquals(without.sites(), with.sites());
    assertEquals(without.floods(1), with.floods(1));
    assertEquals(0, without.gauges().size());
  }

  private static RainSeries series(StreetLife street, Gauge gauge, long seed) {
    return RainSeries.of(street, gauge.number(), MIDNIGHT, seed);
  }
}
