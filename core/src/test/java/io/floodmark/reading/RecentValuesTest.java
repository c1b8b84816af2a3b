package io.floodmark.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RecentValuesTest {
  private static final RecentValues THREE = of(new long[] {10, 20, 30}, 1, 2, 3);

  @Test
  void theNewestAreKept() {
    assertEquals(of(new long[] {20, 30, 40}, 2, 3, 4), THREE.with(40, 4, 3, 0));
    assertEquals(of(new long[] {40}, 4), THREE.with(40, 4, 1, 0));
  }

  @Test
  void whatIsOlderThanWantedIsNotKept() {
    assertEquals(of(new long[] {20, 30, 40}, 2, 3, 4), THREE.with(40, 4, 12, 20));
    assertEquals(of(new long[] {40}, 4), THREE.with(40, 4, 12, 31));
  }

  @Test
  void aMissingValueIsKeptAsSuch() {
    RecentValues missing = THREE.with(40, Double.NaN, 2, 0);
    assertEquals(of(new long[] {30, 40}, 3, Double.NaN), missing);
    assertNotEquals(of(new long[] {30, 40}, 3, 0), missing);
  }

  @Test
  void theyDoNotChangeWithWhatTheyWereMadeOf() {
    long[] times = {10, 20, 30};
    double[] values = {1, 2, 3};
    RecentValues made = of(times, values);
    times[0] = 11;
    values[0] = 7;
    assertEquals(THREE, made);
    assertEquals(THREE.hashCode(), made.hashCode());
  }

  @Test
  void oneMoreLeavesThoseBeforeAsTheyWere() {
    RecentValues before = of(new long[] {10, 20, 30}, 1, 2, 3);
    before.with(40, 4, 12, 0).with(50, 5, 2, 0);
    assertEquals(THREE, before);
  }

  @Test
  void eachValueNeedsATime() {
    assertThrows(IllegalArgumentException.class, () -> of(new long[] {10}, 1, 2));
  }

  private static RecentValues of(long[] millis, double... values) {
    return RecentValues.of(millis, values);
  }
}
