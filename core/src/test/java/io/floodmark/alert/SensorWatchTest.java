package io.floodmark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.SensorWatch.Change;
import io.floodmark.alert.SensorWatch.Limits;
import io.floodmark.alert.SensorWatch.Sample;
import io.floodmark.reading.RecentValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SensorWatchTest {
  private static final Instant NOON = Instant.parse("2026-11-22T05:00:00Z");
  private static final Limits LIMITS = new Limits(OptionalInt.of(10), OptionalInt.of(3300));

  @Test
  void threeGoodSamplesThatRiseTenMillimetresAMinuteAreAFastRise() {
    assertTrue(rise(60, 30, 40, 50).on());
    assertTrue(rise(20, 30, 40, 45, 52).on(), "faster samples have to span a minute");
  }

  @Test
  void twoSamplesASlowerRiseAWaveOrTooLittleWaterAreNone() {
    assertFalse(rise(60, 30, 60).on(), "two samples");
    assertFalse(rise(60, 30, 39, 49).on(), "9.5 mm a minute");
    assertFalse(rise(60, 30, 70, 60).on(), "does not rise throughout");
    assertFalse(rise(60, 0, 10, 29).on(), "no water for certain");
    assertFalse(rise(20, 30, 40, 50).on(), "less than a minute");
    assertFalse(rise(20, 30, 35, 40, 45).on(), "less than 20 mm in all");
  }

  @Test
  void aFastRiseEndsFiveMinutesAfterTheLastSampleThatRoseHalfAsFast() {
    List<Integer> depths = new ArrayList<>(List.of(30, 50, 70, 76, 80));
    // The step from 70 to 80 in two minutes is the last of 5 mm a minute.
    for (int i = 0; i < 4; i++) {
      depths.add(80);
    }
    assertTrue(rise(60, depths.stream().mapToInt(d -> d).toArray()).on());
    depths.add(80);
    assertFalse(rise(60, depths.stream().mapToInt(d -> d).toArray()).on());
  }

  @Test
  void aBatteryIsLowAfterThreeReadingsAndGoodAfterThreeAboveTheDeadband() {
    assertFalse(battery(3300, 3300).on());
    assertTrue(battery(3300, 3250, 3300).on());
    assertFalse(battery(3300, 3301, 3300, 3300).on(), "one good reading between");
    assertTrue(battery(3300, 3300, 3300, 3399, 3399, 3399).on(), "within the deadband");
    assertFalse(battery(3300, 3300, 3300, 3400, 3400, 3400).on());
    assertTrue(battery(3300, 3300, 3300, 3400, 3400, 3390, 3400).on());
  }

  @Test
  void doubtfulReadingsAreAnAlertAfterHoursAndNotAfterAnHour() {
    assertFalse(doubtful(60, 80).on());
    assertTrue(doubtful(60, 90).on());
    DoubtfulHours mixed = DoubtfulHours.NONE;
    for (int i = 0; i < 1000; i++) {
      mixed = mixed.next(NOON.plusSeconds(60L * i), i % 5 < 2);
    }
    assertFalse(mixed.on(), "two in five are doubtful for hours");
    DoubtfulHours over = doubtful(60, 90);
    for (int i = 90; i < 90 + 130; i++) {
      over = over.next(NOON.plusSeconds(60L * i), false);
    }
    assertFalse(over.on());
  }

  @Test
  void twoDoubtfulReadingsADayApartSayNothingOfTheHoursBetween() {
    assertFalse(doubtful(86_400, 3).on());
  }

  @Test
  void anyReadingEndsASilenceOnceAndSaysWhen() {
    SensorWatch silent = SensorWatch.NONE.fallenSilent();
    Sample sample = new Sample(NOON, true, OptionalInt.empty(), RecentValues.NONE);
    SensorWatch.Step step = silent.next(LIMITS, sample);
    assertEquals(List.of(new Change(AlertKind.SILENT, false, NOON)), step.changes());
    assertEquals(List.of(), step.watch().next(LIMITS, later(sample)).changes());
    AlertTransition cleared = step.changes().get(0).transition();
    assertEquals(new AlertTransition(AlertTransition.Kind.CLEARED, 1, 0, NOON), cleared);
  }

  @Test
  void whatIsNoLongerWatchedEnds() {
    SensorWatch low = SensorWatch.NONE;
    for (int i = 0; i < 3; i++) {
      low =
          low.next(
                  LIMITS,
                  new Sample(NOON.plusSeconds(i), false, OptionalInt.of(3000), RecentValues.NONE))
              .watch();
    }
    assertTrue(low.battery().on());
    assertEquals(
        List.of(new Change(AlertKind.BATTERY, false, NOON.plusSeconds(9))),
        low.next(
                Limits.NONE,
                new Sample(NOON.plusSeconds(9), false, OptionalInt.of(3000), RecentValues.NONE))
            .changes());
  }

  private static Sample later(Sample sample) {
    return new Sample(
        sample.evaluatedAt().plus(Duration.ofMinutes(1)),
        sample.doubtful(),
        sample.batteryMv(),
        sample.rising());
  }

  private static FastRise rise(int stepS, int... depths) {
    FastRise rise = FastRise.NONE;
    RecentValues good = RecentValues.NONE;
    for (int i = 0; i < depths.length; i++) {
      long at = NOON.plusSeconds((long) stepS * i).toEpochMilli();
      good = good.with(at, depths[i], depths.length, 0);
      rise = rise.next(good, 10);
    }
    return rise;
  }

  private static LowBattery battery(int... millivolts) {
    LowBattery battery = LowBattery.NONE;
    for (int mv : millivolts) {
      battery = battery.next(OptionalInt.of(mv), OptionalInt.of(3300));
    }
    return battery;
  }

  private static DoubtfulHours doubtful(int stepS, int readings) {
    DoubtfulHours hours = DoubtfulHours.NONE;
    for (int i = 0; i < readings; i++) {
      hours = hours.next(NOON.plusSeconds((long) stepS * i), true);
    }
    return hours;
  }
}
