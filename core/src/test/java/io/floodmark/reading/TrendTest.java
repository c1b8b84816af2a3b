package io.floodmark.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final Instant START = Instant.parse("2026-11-21T13:00:00Z");

  @Test
  void oneSampleHasNoTrend() {
    assertEquals(OptionalDouble.empty(), Trend.NONE.with(START, 100).mmPerMin());
  }

  @Test
  void evenRiseIsItsOwnSlope() {
    Trend trend = Trend.NONE;
    for (int minute = 0; minute < 8; minute++) {
      trend = trend.with(START.plusSeconds(60L * minute), 100 + 7 * minute);
    }
    assertEquals(7.0, trend.mmPerMin().orElseThrow(), 1e-9);
  }

  @Test
  void whatIsOlderThanTenMinutesCountsNoMore() {
    Trend trend = Trend.NONE.with(START, 900).with(START.plusSeconds(601), 100);
    assertEquals(OptionalDouble.empty(), trend.mmPerMin());
  }

  @Test
  void onlyTheLastSamplesAreKept() {
    Trend trend = Trend.NONE;
    for (int second = 0; second < 500; second++) {
      trend = trend.with(START.plusSeconds(second), second);
    }
    assertEquals(Trend.SAMPLES_MAX, trend.depthsMm().size());
    assertTrue(trend.mmPerMin().isPresent());
    assertEquals(60.0, trend.mmPerMin().getAsDouble(), 1e-6);
  }
}
