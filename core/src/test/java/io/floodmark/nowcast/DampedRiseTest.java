package io.floodmark.nowcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DampedRiseTest {
  @Test
  void theSumsAreThoseOfTheReference() {
    assertEquals(7.06, DampedRise.sum(10), 0.005);
    assertEquals(9.17, DampedRise.sum(15), 0.005);
    assertEquals(12.54, DampedRise.sum(30), 0.005);
    assertEquals(14.24, DampedRise.sum(60), 0.005);
    // φ + φ² + φ³ with φ = e^(-1/15)
    assertEquals(0.9355 + 0.8752 + 0.8187, DampedRise.sum(3), 0.0005);
  }

  @Test
  void aFallIsNotCarriedOn() {
    assertEquals(120, DampedRise.depthMm(120, -4, 15));
    assertEquals(120 + 4 * 9.17, DampedRise.depthMm(120, 4, 15), 0.05);
  }

  @Test
  void aSlackeningRiseNeverGetsEverywhere() {
    assertTrue(Double.isInfinite(DampedRise.minutesTo(146, 10)));
    assertTrue(DampedRise.minutesTo(144, 10) < Double.POSITIVE_INFINITY);
    assertTrue(Double.isInfinite(DampedRise.minutesTo(1, 0)));
    assertTrue(Double.isInfinite(DampedRise.minutesTo(1, -3)));
    assertEquals(0, DampedRise.minutesTo(0, 3));
  }

  @Property(seed = "8151")
  void theTimeToALevelIsWhenTheForecastReachesIt(
      @ForAll @DoubleRange(min = 0.1, max = 100) double mmPerMin,
      @ForAll @DoubleRange(min = 0.1, max = 60) double minutes) {
    double gapMm = DampedRise.depthMm(0, mmPerMin, minutes);
    assertEquals(minutes, DampedRise.minutesTo(gapMm, mmPerMin), 1e-6);
  }

  @Property(seed = "8152")
  void aFasterRiseIsThereSooner(
      @ForAll @DoubleRange(min = 2, max = 50) double mmPerMin,
      @ForAll @DoubleRange(min = 1, max = 25) double gapMm) {
    assertTrue(DampedRise.minutesTo(gapMm, mmPerMin * 1.1) < DampedRise.minutesTo(gapMm, mmPerMin));
    assertTrue(DampedRise.minutesTo(gapMm, mmPerMin) < DampedRise.minutesTo(gapMm * 1.1, mmPerMin));
  }
}
