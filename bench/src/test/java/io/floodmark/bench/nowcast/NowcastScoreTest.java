package io.floodmark.bench.nowcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.nowcast.WaterSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NowcastScoreTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final AlertPolicy POLICY =
      new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY);

  @Test
  void aSteadyRiseIsForetoldAndRightWithItsLead() {
    // 5 mm a minute from 30 mm on: 100 mm after 14 minutes more, 200 after 34.
    int[] depths = new int[48];
    for (int minute = 0; minute < depths.length; minute++) {
      depths[minute] = 30 + 5 * minute;
    }
    Map<String, Object> figures = figures(depths);
    Map<String, Object> warnings = part(figures, "warnings");
    assertEquals(2, warnings.get("levelsReached"));
    assertEquals(1.0, warnings.get("foretoldShare"));
    // Of level 3 it warns too, and the record ends before.
    assertEquals(0.667, warnings.get("rightShare"));
    // A slackening 5 mm a minute gets 46 mm in a quarter of an hour: told at 55 mm, nine minutes
    // ahead of 100.
    assertEquals(9.0, part(warnings, "leadMinutes").get("median"));
  }

  @Test
  void whatStaysAsItIsIsWhereOthersMiss() {
    int[] flat = new int[40];
    for (int minute = 0; minute < flat.length; minute++) {
      flat[minute] = minute < 3 ? 50 + 10 * minute : 80;
    }
    Map<String, Object> lead = part(figures(flat), "lead5Minutes");
    double persistence = (double) lead.get("persistenceRmseMm");
    assertTrue(persistence < (double) lead.get("dampedRmseMm"), lead.toString());
    assertTrue((double) lead.get("dampedSkillAgainstPersistence") < 0, lead.toString());
  }

  @Test
  void hitsMissesAndFalseAlarmsMakeTheUsualRatios() {
    Hits hits = new Hits();
    for (int i = 0; i < 6; i++) {
      hits.add(true, i < 2);
    }
    hits.add(false, true);
    hits.add(false, false);
    assertEquals(2.0 / 3, hits.pod());
    assertEquals(4.0 / 6, hits.far());
    assertEquals(2.0 / 7, hits.csi());
    Misses none = new Misses();
    none.add(3, 0);
    none.add(-4, 0);
    assertEquals(Math.sqrt(12.5), none.rmseMm());
    assertEquals(3.5, none.maeMm());
    Misses half = new Misses();
    half.add(1.5, 0);
    half.add(-2, 0);
    assertEquals(0.75, half.skillAgainst(none));
  }

  @Test
  void theTruthIsALineBetweenTwoKnownDepths() {
    Truth truth = truth(0, 40, 80, 120, 20, 0);
    assertEquals(OptionalDouble.of(60), truth.depthMm(START, 1.5));
    assertEquals(OptionalDouble.empty(), truth.depthMm(START, 6));
    assertEquals(OptionalDouble.of(2.5), truth.minutesToReach(START, 100, 15));
    assertEquals(OptionalDouble.empty(), truth.minutesToReach(START, 100, 2));
    assertEquals(OptionalDouble.empty(), truth.minutesToReach(START, 130, 15));
    assertEquals(3.9, truth.minutesToEnd(START, Duration.ofMinutes(1)).orElseThrow(), 0.001);
    assertEquals(OptionalDouble.empty(), truth.minutesToEnd(START, Duration.ofMinutes(30)));
  }

  private static Truth truth(int... depthsMm) {
    long[] at = new long[depthsMm.length];
    double[] depths = new double[depthsMm.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = START.plus(Duration.ofMinutes(i)).toEpochMilli();
      depths[i] = depthsMm[i];
    }
    return new Truth(at, depths);
  }

  private static Map<String, Object> figures(int... depthsMm) {
    List<WaterSample> samples = new ArrayList<>();
    for (int minute = 0; minute < depthsMm.length; minute++) {
      samples.add(new WaterSample(START.plus(Duration.ofMinutes(minute)), depthsMm[minute]));
    }
    return NowcastBench.ofRecorded(Map.of("s", samples), POLICY).figures();
  }

  @SuppressWarnings("unchecked") // figures are maps of figures
  private static Map<String, Object> part(Map<String, Object> figures, String name) {
    return (Map<String, Object>) figures.get(name);
  }
}
