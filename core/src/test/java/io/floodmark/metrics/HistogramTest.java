package io.floodmark.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class HistogramTest {
  @Test
  void aValueFallsIntoTheFirstClassThatHoldsIt() {
    Histogram histogram = new Histogram(10, 20);
    for (long value : new long[] {0, 10, 11, 20, 21, 1_000}) {
      histogram.record(value);
    }
    assertArrayEquals(new long[] {2, 2, 2}, histogram.counts());
    assertEquals(1_062, histogram.sum());
  }

  @Test
  void boundsThatDoNotRiseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Histogram(10, 10));
  }
}
