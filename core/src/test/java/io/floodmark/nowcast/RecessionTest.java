package io.floodmark.nowcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecessionTest {
  private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");

  @Property(seed = "8171")
  void anExponentialFallIsFoundAsItIs(
      @ForAll @DoubleRange(min = 15, max = 300) double tauMinutes,
      @ForAll @IntRange(min = 150, max = 900) int peakMm) {
    Recession fall =
        Recession.of(samples(900, minute -> peakMm * Math.exp(-minute / tauMinutes))).orElseThrow();
    assertEquals(tauMinutes, fall.tauMinutes(), 0.03 * tauMinutes);
    assertTrue(fall.exponentialRmseMm() < fall.linearRmseMm());
    assertTrue(Drainage.of(List.of(fall, fall, fall)).isExponential());
  }

  @Test
  void anEvenFallIsTakenForALine() {
    // 3 mm a minute from 240 mm: 30 mm after 70 minutes, and 90 mm are gone after 20.
    Recession fall = Recession.of(samples(100, minute -> 240 - 3 * minute)).orElseThrow();
    assertEquals(3, fall.mmPerMin(), 0.01);
    Drainage drainage = Drainage.of(List.of(fall, fall, fall));
    assertFalse(drainage.isExponential());
    Drainage.Range range = drainage.minutesTo(90);
    assertEquals(20, range.medianMinutes(), 0.1);
    // 0.15, the least spread, times 1.886 times √(4/3): ± 0.327 in the logarithm.
    assertEquals(20 * Math.exp(-0.327), range.fromMinutes(), 0.1);
    assertEquals(20 * Math.exp(0.327), range.toMinutes(), 0.1);
  }

  @Test
  void onlyTheLastFallCountsHoweverOftenItRoseAgain() {
    List<WaterSample> twice =
        samples(
            140,
            minute ->
                minute < 40
                    ? 300 - 4 * minute
                    : minute < 60 ? 140 + 5 * (minute - 40) : 240 - 3 * (minute - 60));
    Recession fall = Recession.of(twice).orElseThrow();
    assertEquals(240, fall.fromMm());
    assertEquals(3, fall.mmPerMin(), 0.05);
  }

  @Test
  void waterThatWasGoneInBetweenBeginsAnotherFall() {
    List<WaterSample> twice =
        samples(
            200,
            minute -> minute < 60 ? 300 - 5 * minute : minute < 120 ? 0 : 240 - 3 * (minute - 120));
    Recession fall = Recession.of(twice).orElseThrow();
    assertEquals(240, fall.fromMm());
    assertEquals(3, fall.mmPerMin(), 0.05);
    List<WaterSample> flickering =
        samples(110, minute -> 240 - 2.2 * minute - (minute > 85 && minute % 2 == 0 ? 12 : 0));
    assertEquals(240, Recession.of(flickering).orElseThrow().fromMm());
  }

  @Test
  void noiseOnTheWayDownIsNoRiseAgain() {
    List<WaterSample> noisy =
        samples(100, minute -> 240 - 2.2 * minute + (minute % 2 == 0 ? 6 : -6));
    assertEquals(2.2, Recession.of(noisy).orElseThrow().mmPerMin(), 0.05);
  }

  @Test
  void whatWasNotSeenToDrainSaysNothing() {
    assertEquals(Optional.empty(), Recession.of(List.of()));
    assertEquals(Optional.empty(), Recession.of(samples(60, minute -> 30 + 3 * minute)));
    assertEquals(Optional.empty(), Recession.of(samples(100, minute -> 300 - minute)), "a third");
    assertEquals(Optional.empty(), Recession.of(samples(100, minute -> 50 - 0.2 * minute)), "mud");
    assertEquals(Optional.empty(), Recession.of(samples(5, minute -> 300 - 50 * minute)), "gone");
  }

  @Test
  void oneFloodUnlikeTheOthersDoesNotWidenTheRangeOfMany() {
    List<Recession> alike = new ArrayList<>();
    for (double tau : new double[] {40, 42, 38, 41, 39}) {
      alike.add(new Recession(200, tau, 1, 2, 5));
    }
    double width = width(Drainage.of(alike));
    alike.add(new Recession(200, 900, 1, 2, 5));
    assertTrue(width(Drainage.of(alike)) < width * 1.1);
    assertThrows(IllegalArgumentException.class, () -> Drainage.of(alike.subList(0, 2)));
  }

  private static double width(Drainage drainage) {
    Drainage.Range range = drainage.minutesTo(120);
    return range.toMinutes() - range.fromMinutes();
  }

  private static List<WaterSample> samples(int minutes, IntToDoubleFunction depthMm) {
    List<WaterSample> samples = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      int depth = (int) Math.round(Math.max(0, depthMm.applyAsDouble(minute)));
      samples.add(new WaterSample(START.plus(Duration.ofMinutes(minute)), depth));
    }
    return samples;
  }
}
