package io.floodmark.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ThinningTest {
  @Property(seed = "4669")
  void removesExactlyTheShareAndTheSameForTheSameSeed(
      @ForAll @IntRange(max = 3_000) int rows,
      @ForAll @DoubleRange(min = 0, max = 100) double percent,
      @ForAll @IntRange(min = 1, max = 50) int run,
      @ForAll long seed) {
    BitSet removed = new Thinning(percent, run, seed).removed(rows);
    assertEquals(Math.round(rows * percent / 100), removed.cardinality());
    assertTrue(removed.length() <= rows);
    assertEquals(removed, new Thinning(percent, run, seed).removed(rows));
  }

  @Example
  void fivePercentOfAMonthOfSixMinutes() {
    assertEquals(360, new Thinning(5, 1, 42).removed(7_201).cardinality());
  }

  @Example
  void runsStayTogether() {
    BitSet removed = new Thinning(10, 20, 3).removed(1_000);
    for (int first = removed.nextSetBit(0); first >= 0; first = removed.nextSetBit(first + 20)) {
      assertEquals(0, first % 20);
      assertTrue(removed.nextClearBit(first) >= first + 20);
    }
  }

  @Example
  void refusesSharesThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new Thinning(-1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Thinning(101, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Thinning(Double.NaN, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Thinning(5, 0, 0));
  }
}
