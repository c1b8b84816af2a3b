package io.floodmark.quality;

import static io.floodmark.quality.Flags.NO;
import static io.floodmark.quality.Flags.codes;
import static io.floodmark.quality.Flags.every;
import static io.floodmark.quality.Flags.flags;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.quality.AttenuationRule.Spread;
import io.floodmark.quality.SpikeRule.Method;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vectors are those of the reference implementation's own tests (ioos_qc). */
class QartodTest {
  private static final double[] CALM = {1, 2, 3, 4};

  @Test
  void ofSeveralFlagsTheGravestCountsAndNothingKnownGivesWay() {
    assertEquals(
        List.of(1, 3, 3, 4, 3, 1, 2, 9),
        codes(
            Qartod.aggregate(
                List.of(
                    flags(1, 1, 1, 9, 1, 1, 9, 9),
                    flags(2, 1, 1, 1, 1, 1, 9, 9),
                    flags(1, 3, 3, 4, 3, 1, 2, 9)))));
  }

  @Test
  void testsOfDifferentLengthsAreNotAggregated() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Qartod.aggregate(List.of(flags(1, 1), flags(1, 1, 1))));
    assertThrows(IllegalArgumentException.class, () -> Qartod.aggregate(List.of()));
  }

  @Test
  void grossRangeIncludesItsBoundsAndSortsThem() {
    double[] values = {5, 10, 15, 20, 25, 30, 35, 40, 45, 51};
    List<Integer> expected = List.of(4, 3, 3, 1, 1, 1, 1, 1, 3, 4);
    assertEquals(
        expected,
        codes(Qartod.grossRange(values, new Span(10, 50), Optional.of(new Span(20, 40)))));
    assertEquals(
        expected,
        codes(Qartod.grossRange(values, new Span(50, 10), Optional.of(new Span(40, 20)))));
    assertEquals(
        List.of(9, 1),
        codes(Qartod.grossRange(new double[] {NO, 3}, new Span(0, 5), Optional.empty())));
  }

  @Test
  void whatIsLikelyMustBePossible() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Qartod.grossRange(CALM, new Span(10, 50), Optional.of(new Span(9, 40))));
  }

  @Test
  void climatologyDoubtsAndNeverFails() {
    long[] times = {
      Instant.parse("2026-01-15T00:00:00Z").toEpochMilli(),
      Instant.parse("2026-07-15T00:00:00Z").toEpochMilli(),
      Instant.parse("2026-07-16T00:00:00Z").toEpochMilli(),
      Instant.parse("2026-10-15T00:00:00Z").toEpochMilli(),
      Instant.parse("2026-12-15T00:00:00Z").toEpochMilli(),
    };
    List<Season> seasons =
        List.of(new Season(11, 2, new Span(0, 50)), new Season(6, 8, new Span(0, 400)));
    assertEquals(
        List.of(3, 1, 9, 2, 1),
        codes(Qartod.climatology(times, new double[] {60, 300, NO, 99_999, 50}, seasons)));
  }

  @Test
  void aSpikeStandsOutOfBothItsNeighbours() {
    SpikeRule rule = new SpikeRule(Method.AVERAGE, 25, 50);
    assertEquals(
        List.of(2, 4, 4, 4, 1, 3, 1, 2),
        codes(Qartod.spike(new double[] {10, 12, 999.99, 13, 15, 40, 9, 9}, rule)));
    assertEquals(
        List.of(2, 4, 4, 4, 1, 3, 1, 2, 9, 2, 4, 4, 2, 9),
        codes(
            Qartod.spike(
                new double[] {10, 12, 999.99, 13, 15, 40, 9, 9, NO, 10, 10, 999.99, 10, NO},
                rule)));
  }

  @Test
  void aSpikeLimitOfZeroCountsAsNotGiven() {
    double[] values = {10, 10, 500, 10, 10};
    assertEquals(
        List.of(2, 4, 4, 4, 2), codes(Qartod.spike(values, new SpikeRule(Method.AVERAGE, 0, 50))));
    assertEquals(
        List.of(2, 3, 3, 3, 2), codes(Qartod.spike(values, new SpikeRule(Method.AVERAGE, 50, 0))));
  }

  @Test
  void theDifferentialSpikeNeedsStepsBothWaysAndTakesTheSmaller() {
    SpikeRule rule = new SpikeRule(Method.DIFFERENTIAL, 25, 50);
    assertEquals(
        List.of(2, 1, 1, 1, 2), codes(Qartod.spike(new double[] {0, 100, 200, 300, 300}, rule)));
    assertEquals(
        List.of(2, 1, 3, 1, 2), codes(Qartod.spike(new double[] {0, 0, 100, 60, 60}, rule)));
    assertEquals(List.of(2, 1, 4, 1, 2), codes(Qartod.spike(new double[] {0, 0, 100, 0, 0}, rule)));
  }

  @Test
  void aRateIsSuspectAndNeverFails() {
    double fivePerQuarter = 5 / 15.0 / 60;
    assertEquals(
        List.of(1, 3, 3, 1, 1, 1, 1, 1, 3),
        codes(
            Qartod.rateOfChange(
                every(900, 9), new double[] {2, 10, 2.1, 3, 4, 5, 7, 10, 0}, fivePerQuarter)));
  }

  @Test
  void aRateNeedsTwoValuesAndAWholeSecond() {
    assertEquals(
        List.of(1, 9, 1, 3),
        codes(Qartod.rateOfChange(every(1, 4), new double[] {0, NO, 500, 999}, 1)));
    assertEquals(
        List.of(1, 1, 3),
        codes(Qartod.rateOfChange(new long[] {0, 999, 2_998}, new double[] {0, 500, 2}, 100)));
  }

  @Test
  void aFlatLineIsCountedInMedianIntervals() {
    double[] values = {1, 2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001};
    assertEquals(
        List.of(1, 1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3),
        codes(Qartod.flatLine(every(900, 14), values, 3_000, 4_800, 0.01)));
    assertEquals(
        List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
        codes(Qartod.flatLine(every(900, 14), values, 3_000, 4_800, 0)));
  }

  @Test
  void aFlatLineIgnoresWhatIsMissingInItAndSaysNothingOfTwoSamples() {
    double[] values = {5, NO, 5, 5};
    assertEquals(
        List.of(1, 9, 3, 3), codes(Qartod.flatLine(every(60, 4), values, 120, 6_000, 0.5)));
    assertEquals(
        List.of(1, 1), codes(Qartod.flatLine(every(60, 2), new double[] {NO, 5}, 0, 0, 1)));
  }

  @Test
  void anAttenuatedSignalIsMeasuredByDeviationOrRange() {
    long[] days = every(86_400, 4);
    assertEquals(
        List.of(1, 1, 1), codes(whole(days, CALM, Spread.DEVIATION, 0.4, 0.3)).subList(1, 4));
    assertEquals(3, codes(whole(days, CALM, Spread.DEVIATION, 5, 0)).get(3));
    assertEquals(4, codes(whole(days, CALM, Spread.DEVIATION, 10, 8)).get(3));
    double[] tens = {10, 20, 30, 40};
    assertEquals(4, codes(whole(days, tens, Spread.RANGE, 50, 31)).get(3));
    assertEquals(3, codes(whole(days, tens, Spread.RANGE, 31, 10)).get(3));
    assertEquals(1, codes(whole(days, tens, Spread.RANGE, 30, 10)).get(3));
  }

  @Test
  void anAttenuatedSignalIsMeasuredInAWindowThatEndsWithTheValue() {
    double[] values = {1, 2, 3, 100, 1_000};
    long twoDays = 2 * 86_400_000L;
    assertEquals(
        List.of(4, 4, 4, 3, 1),
        codes(
            Qartod.attenuated(every(86_400, 5), values, rule(Spread.RANGE, 100, 10, twoDays, 0))));
    assertEquals(
        List.of(2, 4, 4, 3, 1),
        codes(
            Qartod.attenuated(every(86_400, 5), values, rule(Spread.RANGE, 100, 10, twoDays, 2))));
  }

  @Test
  void aMissingValueHidesTheRangeAndNotTheDeviation() {
    double[] values = {1, NO, 3, 9};
    long twoDays = 2 * 86_400_000L;
    assertEquals(
        List.of(4, 9, 2, 1),
        codes(Qartod.attenuated(every(86_400, 4), values, rule(Spread.RANGE, 3, 1, twoDays, 0))));
    assertEquals(
        List.of(4, 9, 4, 1),
        codes(
            Qartod.attenuated(every(86_400, 4), values, rule(Spread.DEVIATION, 3, 1, twoDays, 0))));
  }

  @Test
  void aFastRiseWithoutRainIsSuspectAndAFallIsNot() {
    assertEquals(
        List.of(1, 3, 1, 2, 9, 1),
        codes(
            Qartod.multiVariate(
                every(60, 6),
                new double[] {0, 200, 0, 200, NO, 200},
                new double[] {0, 0, 0, NO, 0, 0},
                1,
                0.2)));
    assertEquals(
        List.of(1, 1),
        codes(
            Qartod.multiVariate(every(60, 2), new double[] {0, 200}, new double[] {5, 5}, 1, 0.2)));
  }

  @Test
  void aNeighbourThatIsAsDeepAgrees() {
    assertEquals(QualityFlag.SUSPECT, Qartod.neighbour(1_200, new double[] {0, 100}, 1_000, 2));
    assertEquals(QualityFlag.GOOD, Qartod.neighbour(1_200, new double[] {0, 200}, 1_000, 2));
    assertEquals(
        QualityFlag.NOT_EVALUATED, Qartod.neighbour(1_200, new double[] {0, NO}, 1_000, 2));
    assertEquals(QualityFlag.MISSING, Qartod.neighbour(NO, new double[] {0, 0}, 1_000, 2));
  }

  private static QualityFlag[] whole(
      long[] times, double[] values, Spread spread, double suspect, double fail) {
    return Qartod.attenuated(times, values, rule(spread, suspect, fail, Long.MAX_VALUE / 2, 0));
  }

  private static AttenuationRule rule(
      Spread spread, double suspect, double fail, long periodMillis, int samplesMin) {
    return new AttenuationRule(spread, suspect, fail, periodMillis, Integer.MAX_VALUE, samplesMin);
  }
}
