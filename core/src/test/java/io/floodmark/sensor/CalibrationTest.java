package io.floodmark.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Calibration STREET = new Calibration(OptionalInt.of(2500), 25, 180);

  @Test
  void depthIsTheMountHeightLessTheDistance() {
    assertEquals(OptionalInt.of(142), STREET.depthOfDistance(2358));
    assertEquals(OptionalInt.of(-300), STREET.depthOfDistance(2800));
  }

  @Test
  void aDepthBelowTheNoiseFloorIsZeroOnBothSides() {
    assertEquals(OptionalInt.of(0), STREET.depthOfDistance(2476));
    assertEquals(OptionalInt.of(0), STREET.depthOfDistance(2524));
    assertEquals(OptionalInt.of(25), STREET.depthOfDistance(2475));
    assertEquals(OptionalInt.of(-25), STREET.depthOfDistance(2525));
  }

  @Test
  void theLowPointIsKnownFromThirtyMillimetresUnderTheSensor() {
    assertEquals(OptionalInt.empty(), STREET.lowPointDepth(29));
    assertEquals(OptionalInt.of(210), STREET.lowPointDepth(30));
    assertEquals(OptionalInt.of(322), STREET.lowPointDepth(142));
  }

  @Test
  void withoutAMountHeightADistanceGivesNoDepth() {
    Calibration gauge = new Calibration(OptionalInt.empty(), 5, 0);
    assertEquals(OptionalInt.empty(), gauge.depthOfDistance(800));
  }

  @Test
  void impossibleHeightsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Calibration(OptionalInt.of(0), 25, 180));
    assertThrows(
        IllegalArgumentException.class, () -> new Calibration(OptionalInt.of(2500), -1, 180));
    assertThrows(
        IllegalArgumentException.class, () -> new Calibration(OptionalInt.of(2500), 25, -1));
  }

  @Property(seed = "4669")
  void noDistanceOverflows(@ForAll int distanceMm) {
    OptionalInt depth = STREET.depthOfDistance(distanceMm);
    long exact = 2500L - distanceMm;
    assertEquals(exact == (int) exact, depth.isPresent());
    depth.ifPresent(mm -> assertEquals(Math.abs(exact) < 25 ? 0 : exact, mm));
  }

  @Test
  void aDeviceThatDoesNotCompensateIsCorrectedByTheTemperatureOfTheAir() {
    Calibration raw = new Calibration(OptionalInt.of(2_500), 0, false, 2, 0);
    // Tuned for 25 °C it reads 43 mm short of 2.5 m at 35 °C, and 85 mm at 45 °C.
    assertEquals(OptionalInt.of(0), raw.depthOfDistance(2_500 - 43, OptionalDouble.of(35)));
    assertEquals(OptionalInt.of(0), raw.depthOfDistance(2_500 - 85, OptionalDouble.of(45)));
    assertEquals(OptionalInt.of(43), raw.depthOfDistance(2_500 - 43, OptionalDouble.of(25)));
    assertEquals(OptionalInt.of(43), raw.depthOfDistance(2_500 - 43, OptionalDouble.empty()));
    // A thermometer that is broken.
    assertEquals(OptionalInt.of(43), raw.depthOfDistance(2_500 - 43, OptionalDouble.of(-127)));
  }

  @Test
  void aDeviceThatCompensatesIsNotCompensatedTwice() {
    Calibration itself = new Calibration(OptionalInt.of(2_500), 0, true, 0, 0);
    assertEquals(OptionalInt.of(43), itself.depthOfDistance(2_457, OptionalDouble.of(35)));
  }

  @Test
  void anOffsetMovesTheGround() {
    Calibration further = new Calibration(OptionalInt.of(2_500), 12, true, 0, 0);
    assertEquals(OptionalInt.of(0), further.depthOfDistance(2_512));
    assertEquals(OptionalInt.of(100), further.depthOfDistance(2_412));
  }
}
