package io.floodmark.bench.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MeasureTest {
  @Test
  void aRateHasToReachItsTarget() {
    assertEquals("at least 0.50", Measure.OVER_COPY.aim());
    assertEquals("0.50 yes", Measure.OVER_COPY.verdict(0.5));
    assertEquals("0.49 NO", Measure.OVER_COPY.verdict(0.49));
  }

  @Test
  void aCostMayNotExceedIt() {
    assertEquals("at most 4,096", Measure.IDLE_HEAP.aim());
    assertEquals("4,096 yes", Measure.IDLE_HEAP.verdict(4_096));
    assertEquals("4,097 NO", Measure.IDLE_HEAP.verdict(4_097.4));
    assertEquals("0 yes", Measure.AWAY_ACKNOWLEDGED.verdict(0));
    assertEquals("1 NO", Measure.AWAY_ACKNOWLEDGED.verdict(1));
  }
}
