package io.floodmark.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class FloodScenarioTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long LOOP_MILLIS = Duration.ofMinutes(14).toMillis();

  /** The levels of a sensor with the usual thresholds. */
  private static int level(double depthMm, Place place) {
    double lowPointMm = depthMm + place.lowPointDeltaMm();
    if (depthMm < 30 || lowPointMm < 100) {
      return 0;
    }
    return lowPointMm < 200 ? 1 : lowPointMm < 300 ? 2 : lowPointMm < 500 ? 3 : 4;
  }

  @Provide
  Arbitrary<Place> places() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.integers().between(0, 700),
            Arbitraries.integers().between(0, 5000))
        .as(Place::new);
  }

  @Property(seed = "4669")
  void waterRisesAndFallsWithoutLeaps(
      @ForAll("places") Place place,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600_000) long atMillis) {
    FloodScenario storm = FloodScenario.named("rain-storm", seed, 5, START);
    double now = storm.depthMm(Duration.ofMillis(atMillis), place);
    double next = storm.depthMm(Duration.ofMillis(atMillis + 1_000), place);
    // The steepest is the fall: 1.5 times the mean of 800 mm in 240 s.
    assertTrue(Math.abs(next - now) <= 5.0, now + " then " + next);
  }

  @Property(seed = "4669")
  void depthStaysBetweenDryAndWhatTheSensorCanMeasure(
      @ForAll("places") Place place,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600_000) long atMillis) {
    for (String name : List.of("rain-storm", "dry", "steady")) {
      double depth =
          FloodScenario.named(name, seed, 5, START).depthMm(Duration.ofMillis(atMillis), place);
      assertTrue(depth >= 0 && depth <= place.ceilingMm(), name + ": " + depth);
    }
  }

  @Property(tries = 100, seed = "4669")
  void anyFiveNeighboursPeakAtAllLevels(@ForAll long seed, @ForAll @IntRange(max = 50) int first) {
    FloodScenario storm = FloodScenario.named("rain-storm", seed, 5, START);
    Set<Integer> peaks = new TreeSet<>();
    IntStream.range(first, first + 5)
        .forEach(ordinal -> peaks.add(peakLevel(storm, new Place(ordinal, 0, 2_200))));
    assertEquals(Set.of(0, 1, 2, 3, 4), peaks);
  }

  @Property(tries = 100, seed = "4669")
  void whoPeaksAtTheTopPassesThroughEveryLevelBothWays(@ForAll long seed) {
    FloodScenario storm = FloodScenario.named("rain-storm", seed, 5, START);
    Place deepest = new Place(2, 0, 2_200);
    Map<Integer, Integer> secondsAtLevel = new TreeMap<>();
    for (int second = 0; second < 14 * 60; second++) {
      double depth = storm.depthMm(Duration.ofSeconds(second), deepest);
      secondsAtLevel.merge(level(depth, deepest), 1, Integer::sum);
    }
    assertEquals(Set.of(0, 1, 2, 3, 4), secondsAtLevel.keySet());
    secondsAtLevel.forEach(
        (level, seconds) -> assertTrue(seconds >= 40, "level " + level + " for " + seconds + " s"));
  }

  private static int peakLevel(FloodScenario scenario, Place place) {
    return IntStream.range(0, 14 * 60)
        .map(second -> level(scenario.depthMm(Duration.ofSeconds(second), place), place))
        .max()
        .orElseThrow();
  }

  @Property(seed = "4669")
  void aFloodedStreetIsSeenByItsSensorHoweverHighThatStands(
      @ForAll @IntRange(max = 700) int lowPointDeltaMm, @ForAll long seed) {
    // The place that is to see attention, the lowest level that floods.
    Place high = new Place(1, lowPointDeltaMm, 2_200);
    assertTrue(peakLevel(FloodScenario.named("rain-storm", seed, 5, START), high) >= 1);
  }

  @Property(seed = "4669")
  void theSameSeedGivesTheSameStorm(
      @ForAll("places") Place place,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600_000) long atMillis) {
    Duration at = Duration.ofMillis(atMillis);
    assertEquals(
        FloodScenario.named("rain-storm", seed, 5, START).depthMm(at, place),
        FloodScenario.named("rain-storm", seed, 5, START).depthMm(at, place));
  }

  @Property(seed = "4669")
  void theStormComesBackEveryFourteenMinutes(
      @ForAll("places") Place place,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600_000) long atMillis) {
    FloodScenario storm = FloodScenario.named("rain-storm", seed, 5, START);
    assertEquals(
        storm.depthMm(Duration.ofMillis(atMillis), place),
        storm.depthMm(Duration.ofMillis(atMillis + LOOP_MILLIS), place),
        1e-9);
  }

  @Property(seed = "4669")
  void rainNeverFallsBack(
      @ForAll @LongRange(max = 7_200_000) long atMillis,
      @ForAll @LongRange(max = 60_000) long later) {
    FloodScenario storm = FloodScenario.named("rain-storm", 1, 5, START);
    double now = storm.rainTotalMm(Duration.ofMillis(atMillis));
    double then = storm.rainTotalMm(Duration.ofMillis(atMillis + later));
    assertTrue(then >= now && then - now <= 3.1, now + " then " + then);
  }

  @Example
  void itRainsInAStormAndNotOtherwise() {
    Duration loop = Duration.ofMinutes(14);
    assertEquals(12, FloodScenario.named("rain-storm", 1, 5, START).rainTotalMm(loop), 1e-9);
    assertEquals(0, FloodScenario.named("dry", 1, 5, START).rainTotalMm(loop));
  }

  @Example
  void dryStaysDryAndSteadyStaysSteady() {
    Place place = new Place(0, 0, 2_200);
    FloodScenario dry = FloodScenario.named("dry", 1, 5, START);
    FloodScenario steady = FloodScenario.named("steady", 1, 5, START);
    double standing = steady.depthMm(Duration.ZERO, place);
    assertTrue(standing > 0);
    for (int minute = 0; minute < 30; minute++) {
      assertEquals(0, dry.depthMm(Duration.ofMinutes(minute), place));
      assertEquals(standing, steady.depthMm(Duration.ofMinutes(minute), place));
    }
  }

  @Example
  void anUnknownScenarioIsAnsweredWithTheKnownOnes() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> FloodScenario.named("tsunami", 1, 5, START));
    assertTrue(
        refused.getMessage().contains("rain-storm, dry, steady, street, rain-and-sun"),
        refused.getMessage());
  }

  @Example
  void speedHurriesTheWeatherAlone() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(Duration.ofMinutes(10), new ScenarioClock(start, 10).at(start.plusSeconds(60)));
    assertThrows(IllegalArgumentException.class, () -> new ScenarioClock(start, 0));
    assertThrows(IllegalArgumentException.class, () -> new ScenarioClock(start, Double.NaN));
  }
}
