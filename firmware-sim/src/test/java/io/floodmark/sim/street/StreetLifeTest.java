package io.floodmark.sim.street;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreetLifeTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-05-31T17:00:00Z");
  private static final StreetMix MANY = StreetMix.REFERENCE.ofSize(30, 400);
  private static final StreetMix FEW = StreetMix.REFERENCE.ofSize(30, 12);

  @Test
  void floodsAreAsDeepAsThosePublished() {
    List<Flood> floods = floodsOf(StreetLife.of(MANY, 4669));
    assertTrue(floods.size() > 2_000, () -> floods.size() + " floods");
    assertShare(0.48, 0.04, floods, 100);
    assertShare(0.30, 0.04, floods, 150);
    assertShare(0.084, 0.02, floods, 300);
    assertShare(0.0084, 0.006, floods, 600);
  }

  @Test
  void theyRiseAsFastAndLastAsLong() {
    List<Flood> floods = floodsOf(StreetLife.of(MANY, 4670));
    double[] minutes =
        floods.stream()
            .filter(flood -> flood.peakMm() >= 150)
            .mapToDouble(flood -> minuteOf(flood, 100) - minuteOf(flood, 25))
            .sorted()
            .toArray();
    assertEquals(2, minutes[minutes.length / 4], 0.8, "a quarter from 25 to 100 mm");
    assertEquals(4, minutes[minutes.length / 2], 1.2, "half");
    assertEquals(9, minutes[minutes.length * 3 / 4], 2.5, "three quarters");
    double[] lengths = floods.stream().mapToDouble(Flood::lengthMinutes).sorted().toArray();
    assertEquals(123, lengths[lengths.length / 2], 15, "half last");
  }

  @Test
  void noFloodBeginsBeforeTheOneBeforeHasDrained() {
    StreetLife street = StreetLife.of(MANY, 4671);
    for (Site site : street.sites()) {
      List<Flood> floods = street.floods(site.number());
      for (int i = 1; i < floods.size(); i++) {
        assertTrue(floods.get(i).fromMinute() > floods.get(i - 1).toMinute());
      }
    }
  }

  @Test
  void theLowPointLiesAsMuchDeeperAsItDoesElsewhere() {
    int[] deltas =
        StreetLife.of(StreetMix.REFERENCE.ofSize(1, 4_000), 4672).sites().stream()
            .mapToInt(Site::lowPointDeltaMm)
            .sorted()
            .toArray();
    assertEquals(85, deltas[deltas.length / 20], 10);
    assertEquals(238, deltas[deltas.length / 2], 15);
    assertEquals(607, deltas[deltas.length * 19 / 20], 60);
  }

  @Test
  void doubtfulSamplesStandToFloodedOnesAsLabelled() {
    Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
    StreetLife street = StreetLife.of(FEW, 4673);
    int wet = 0;
    for (Site site : street.sites()) {
      for (LabelledReading reading : series(street, site, 4673).readings()) {
        counts.merge(reading.cause(), 1, Integer::sum);
        wet += reading.depthMm() > Flood.WET_MM ? 1 : 0;
      }
    }
    // Passing things are seen for somewhat less than half of the time in which they pass.
    assertEquals(7.3 * 0.4, (double) counts.get(Cause.PULSES) / wet, 0.6);
    assertEquals(0.95, (double) counts.get(Cause.BOX) / wet, 0.25);
    assertEquals(0.78, (double) counts.get(Cause.BLIP) / wet, 0.2);
    assertEquals(0.18, (double) counts.get(Cause.SHORT) / wet, 0.06);
    assertTrue(counts.keySet().containsAll(List.of(Cause.CREEP, Cause.ROUGH, Cause.ERROR_CODE)));
  }

  @Test
  void everyThirdAfternoonTheGroundSeemsNearerAndTheThermometerTellsWhy() {
    StreetMix dry = new StreetMix(3, 8, 0, 0, 0, 0, 0, 3, 0);
    StreetLife street = StreetLife.of(dry, 4674);
    for (Site site : street.sites()) {
      for (int day = 0; day < 3; day++) {
        double afternoon = day * 1_440 + 14 * 60;
        if (street.rainMm(afternoon + 300) > street.rainMm(Math.max(0, afternoon - 300))) {
          continue; // rain has cooled the air
        }
        Sight sight = street.sight(site.number(), afternoon);
        double nearer = 331.3 + 0.606 * StreetLife.TUNED_FOR_C;
        double seen = site.mountHeightMm() * nearer / (331.3 + 0.606 * sight.beamC());
        double bias = site.mountHeightMm() - seen;
        assertEquals(day == 2 ? Cause.HEAT : Cause.GROUND, sight.cause());
        assertTrue(day == 2 ? bias > 42 && bias < 86 : Math.abs(bias) < 0.1, bias + " mm");
      }
    }
    assertEquals(4, street.sites().stream().filter(Site::thermometer).count());
  }

  @Test
  void someReadingsAreLostAndSomeAreLateButNoneOvertakesAnother() {
    StreetLife street = StreetLife.of(FEW, 4675);
    int taken = 0;
    int lost = 0;
    int late = 0;
    for (Site site : street.sites()) {
      Instant last = MIDNIGHT;
      for (LabelledReading reading : series(street, site, 4675).readings()) {
        taken++;
        lost += reading.arrivedAt().isEmpty() ? 1 : 0;
        if (reading.arrivedAt().isPresent()) {
          Instant at = reading.arrivedAt().get();
          late += at.isAfter(reading.takenAt().plus(Duration.ofSeconds(30))) ? 1 : 0;
          assertTrue(at.isAfter(last), "sent in order");
          last = at;
        }
      }
    }
    assertEquals(0.02, (double) lost / taken, 0.002);
    assertEquals(0.05, (double) late / taken, 0.01);
  }

  @Test
  void theSameSeedGivesTheSameStreet() {
    Site site = StreetLife.of(FEW, 1).sites().get(0);
    LabelledSeries one = series(StreetLife.of(FEW, 1), site, 1);
    assertEquals(one, series(StreetLife.of(FEW, 1), site, 1));
    assertNotEquals(one.readings(), series(StreetLife.of(FEW, 2), site, 2).readings());
  }

  private static LabelledSeries series(StreetLife street, Site site, long seed) {
    return LabelledSeries.of(street, site.number(), MIDNIGHT, seed);
  }

  private static List<Flood> floodsOf(StreetLife street) {
    return street.sites().stream().flatMap(site -> street.floods(site.number()).stream()).toList();
  }

  private static void assertShare(double share, double within, List<Flood> floods, int peakMm) {
    long reaching = floods.stream().filter(flood -> flood.peakMm() >= peakMm).count();
    assertEquals(share, (double) reaching / floods.size(), within, "reach " + peakMm + " mm");
  }

  /** When a flood first stands so deep, to a twentieth of a minute. */
  private static double minuteOf(Flood flood, double depthMm) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToDouble(i -> flood.fromMinute() + i / 20.0)
        .filter(minute -> flood.depthMm(minute) >= depthMm)
        .findFirst()
        .orElseThrow();
  }
}
