package io.floodmark.passability;

import static io.floodmark.passability.Passability.CARE;
import static io.floodmark.passability.Passability.NO;
import static io.floodmark.passability.Passability.UNKNOWN;
import static io.floodmark.passability.Passability.YES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TravelLimitsTest {
  @ParameterizedTest
  @CsvSource({"-1, 100", "0, 5001", "200, 199", "6000, 6000"})
  void impossibleLimitsAreRefused(int cautionMm, int noMm) {
    assertThrows(IllegalArgumentException.class, () -> new TravelLimits(cautionMm, noMm));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 5000", "5000, 5000", "100, 200"})
  void possibleOnesAreTaken(int cautionMm, int noMm) {
    assertEquals(noMm, new TravelLimits(cautionMm, noMm).noFromMm());
  }

  @ParameterizedTest
  @CsvSource({"0, 200, 150, CARE", "0, 200, 200, UNKNOWN", "0, 0, 90, NO", "50, 200, 49, YES"})
  void aDrySensorSaysWhatHoldsForAllThatItsLowPointMayHold(
      int cautionMm, int noMm, int deltaMm, Passability expected) {
    assertEquals(expected, new TravelLimits(cautionMm, noMm).at(OptionalInt.empty(), deltaMm));
  }

  @Test
  void rulesHaveTheDefaultsWhereNothingIsSet() {
    TravelRules rules = new TravelRules(Map.of(TravelMode.CAR, new TravelLimits(10, 20)));
    assertEquals(new TravelLimits(10, 20), rules.of(TravelMode.CAR));
    assertEquals(TravelMode.TRUCK.limits(), rules.of(TravelMode.TRUCK));
    assertEquals(List.of(TravelMode.values()), List.copyOf(TravelRules.all(mode -> NO).keySet()));
  }

  @Test
  void ofSeveralPlacesTheWorstCounts() {
    assertEquals(NO, Passability.worst(List.of(YES, UNKNOWN, NO, CARE)));
    assertEquals(UNKNOWN, Passability.worst(List.of(UNKNOWN, CARE, YES)));
    assertEquals(UNKNOWN, Passability.worst(List.of(YES, UNKNOWN)));
    assertEquals(YES, Passability.worst(List.of(YES, YES)));
    assertEquals(UNKNOWN, Passability.worst(List.of()));
  }

  @Property(tries = 300, seed = "4669")
  void deeperWaterNeverLetsMoreThrough(
      @ForAll("limits") TravelLimits limits,
      @ForAll @IntRange(max = 5_500) int depthMm,
      @ForAll @IntRange(max = 500) int moreMm) {
    Passability shallow = limits.at(OptionalInt.of(depthMm), 0);
    Passability deep = limits.at(OptionalInt.of(depthMm + moreMm), 0);
    assertTrue(shallow.compareTo(deep) <= 0, shallow + " before " + deep);
  }

  @Property(tries = 300, seed = "4670")
  void aDrySensorPromisesOnlyWhatHoldsAtItsLowestPoint(
      @ForAll("limits") TravelLimits limits, @ForAll @IntRange(max = 2_000) int deltaMm) {
    Passability dry = limits.at(OptionalInt.empty(), deltaMm);
    if (dry == YES) {
      assertTrue(deltaMm < limits.cautionFromMm(), limits + " with " + deltaMm);
    }
    if (dry != UNKNOWN) {
      assertEquals(dry, limits.at(OptionalInt.of(deltaMm), deltaMm));
    }
  }

  @Property(tries = 300, seed = "4671")
  void oneMorePlaceNeverMakesAWayEasierAndWhatIsUnknownIsNeverPassable(
      @ForAll @NotEmpty List<Passability> places, @ForAll Passability more) {
    List<Passability> longer = new ArrayList<>(places);
    longer.add(more);
    List<Passability> bad = List.of(YES, CARE, UNKNOWN, NO);
    Passability before = Passability.worst(places);
    Passability after = Passability.worst(longer);
    assertTrue(bad.indexOf(before) <= bad.indexOf(after), before + " then " + after);
    if (longer.contains(UNKNOWN)) {
      assertTrue(after == UNKNOWN || after == NO, longer + " is " + after);
    }
  }

  @Provide
  Arbitrary<TravelLimits> limits() {
    Arbitrary<Integer> mm = Arbitraries.integers().between(0, TravelLimits.MOST_MM);
    return Combinators.combine(mm, mm)
        .as((a, b) -> new TravelLimits(Math.min(a, b), Math.max(a, b)));
  }
}
