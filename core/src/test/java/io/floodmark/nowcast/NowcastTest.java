package io.floodmark.nowcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NowcastTest {
  private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");
  private static final AlertPolicy POLICY =
      new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** From 100 mm down by a third in ten minutes, in each of three floods. */
  private static final Recession QUICK = new Recession(100, 25, 1, 4, 3);

  @Test
  void aRiseTellsTheNextLevelAsARangeOfMeasuredErrors() {
    // 10 mm a minute; at 60 mm under the sensor 240 mm stand at the low point, 60 mm short of
    // level 3: 60 = 10 · Σ φ^k is reached after 8.0 minutes, of which 7 to 10 is the band.
    Outlook.Rise rise =
        assertInstanceOf(Outlook.Rise.class, next(MINUTE, List.of(), 0, 0, 40, 50, 60));
    assertEquals(3, rise.level());
    Instant newest = START.plus(MINUTE.multipliedBy(3));
    assertEquals(newest, rise.basedOn());
    assertEquals(newest.plusSeconds(179), rise.from());
    assertEquals(newest.plusSeconds(535), rise.to());
    assertEquals(newest.plus(Duration.ofMinutes(3)), rise.until());
    assertTrue(rise.standsAt(rise.until()));
    assertFalse(rise.standsAt(rise.until().plusSeconds(1)));
  }

  @Test
  void aLevelThatStandsAlreadyIsNotToldAgain() {
    Outlook.Rise rise =
        assertInstanceOf(
            Outlook.Rise.class, Nowcast.next(place(MINUTE), water(MINUTE, 205, 255, 305), true, 2));
    assertEquals(4, rise.level(), "485 mm at the low point");
    assertNothing(
        Outlook.Why.SEVERE, Nowcast.next(place(MINUTE), water(MINUTE, 205, 255, 305), true, 4));
  }

  @Test
  void thirtySecondReadingsTellByTheSecondMinuteAndFiveMinuteOnesByTheSecondReading() {
    Duration half = Duration.ofSeconds(30);
    assertNothing(Outlook.Why.TOO_FEW, next(half, List.of(), 0, 40, 52));
    assertInstanceOf(Outlook.Rise.class, next(half, List.of(), 0, 40, 46, 52));
    Duration five = Duration.ofMinutes(5);
    Outlook.Rise rise = assertInstanceOf(Outlook.Rise.class, next(five, List.of(), 0, 40, 80));
    assertEquals(rise.to(), rise.until(), "fresh for ten minutes, but over before");
    assertNothing(Outlook.Why.TOO_FEW, next(Duration.ofMinutes(11), List.of(), 0, 40, 80));
  }

  @Test
  void nothingIsToldWhereNothingIsKnown() {
    assertNothing(Outlook.Why.DRY, next(MINUTE, List.of(), 0, 0, 0, 0));
    assertNothing(Outlook.Why.DRY, next(MINUTE, List.of(), 0, 60, 40, 29));
    assertNothing(Outlook.Why.DRY, next(MINUTE, List.of(), 0));
    assertNothing(Outlook.Why.TOO_FEW, next(MINUTE, List.of(), 0, 0, 0, 60));
    assertNothing(Outlook.Why.STEADY, next(MINUTE, List.of(), 0, 60, 60, 61, 60));
    assertNothing(Outlook.Why.TOO_FAR, next(MINUTE, List.of(), 0, 31, 33, 35));
    assertNothing(
        Outlook.Why.DOUBTED, Nowcast.next(place(MINUTE), water(MINUTE, 40, 50, 60), false, 0));
  }

  @Test
  void aFallTellsItsEndByThreeFloodsButNotByTwo() {
    List<Recession> two = List.of(QUICK, QUICK);
    assertNothing(Outlook.Why.NO_PAST, next(MINUTE, two, 0, 100, 96, 92, 89));
    Outlook.Fall fall =
        assertInstanceOf(
            Outlook.Fall.class, next(MINUTE, List.of(QUICK, QUICK, QUICK), 0, 100, 96, 92, 89));
    // 25 min · ln(89 / 30)
    assertEquals(27.2, WaterRun.minutes(fall.basedOn(), fall.expected()), 0.05);
    assertTrue(fall.from().isBefore(fall.expected()) && fall.expected().isBefore(fall.to()));
    assertEquals(3, fall.floods());
    List<Recession> unlike =
        List.of(new Recession(100, 5, 1, 4, 3), QUICK, new Recession(100, 400, 1, 4, 3));
    assertNothing(Outlook.Why.PAST_DIFFERS, next(MINUTE, unlike, 0, 100, 96, 92, 89));
  }

  @Property(seed = "8161")
  void aWarningIsOfAHigherLevelLiesAheadAndWithinAQuarterOfAnHour(
      @ForAll @Size(max = 16) List<@IntRange(min = 0, max = 700) Integer> depthsMm,
      @ForAll @IntRange(min = 0, max = 4) int standing) {
    int[] depths = depthsMm.stream().mapToInt(Integer::intValue).toArray();
    Outlook outlook = next(MINUTE, List.of(QUICK, QUICK, QUICK), standing, depths);
    if (outlook instanceof Outlook.Rise rise) {
      int lowPointMm = depths[depths.length - 1] + 180;
      assertTrue(rise.level() > standing && rise.level() > POLICY.levelOf(lowPointMm));
      assertTrue(rise.from().isAfter(rise.basedOn()) && rise.to().isAfter(rise.from()));
      assertFalse(rise.to().isAfter(rise.basedOn().plus(Duration.ofMinutes(15))));
    }
    if (outlook instanceof Outlook.Fall fall) {
      assertTrue(!fall.expected().isBefore(fall.from()) && !fall.to().isBefore(fall.expected()));
      assertFalse(fall.until().isAfter(fall.to()), "an end that has passed is told no longer");
    }
  }

  private static void assertNothing(Outlook.Why why, Outlook outlook) {
    assertEquals(Outlook.nothing(why), outlook);
    assertFalse(outlook.standsAt(START));
  }

  private static Outlook next(
      Duration interval, List<Recession> past, int standing, int... depthsMm) {
    return Nowcast.next(
        new Place(POLICY, 180, interval, past), water(interval, depthsMm), true, standing);
  }

  private static Place place(Duration interval) {
    return new Place(POLICY, 180, interval, List.of());
  }

  private static List<WaterSample> water(Duration interval, int... depthsMm) {
    List<WaterSample> samples = new ArrayList<>();
    for (int i = 0; i < depthsMm.length; i++) {
      samples.add(new WaterSample(START.plus(interval.multipliedBy(i)), depthsMm[i]));
    }
    return samples;
  }
}
