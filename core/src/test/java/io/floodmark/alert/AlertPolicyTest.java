package io.floodmark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.sensor.Calibration;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
  private static final AlertPolicy POLICY =
      new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY);

  @Test
  void aThresholdIsMetByTheDepthItNames() {
    assertEquals(0, POLICY.levelOf(99));
    assertEquals(1, POLICY.levelOf(100));
    assertEquals(4, POLICY.levelOf(500));
    assertEquals(4, POLICY.levelOf(Integer.MAX_VALUE));
  }

  @Test
  void theDeadbandIsTwentyMillimetresOrTwoPercentWhicheverIsMore() {
    AlertPolicy deep = new AlertPolicy(List.of(100, 200, 300, 2000), Duration.ZERO);
    assertEquals(0, deep.levelHeldBy(79));
    assertEquals(1, deep.levelHeldBy(80));
    assertEquals(3, deep.levelHeldBy(1959));
    assertEquals(4, deep.levelHeldBy(1960));
  }

  @Test
  void aDeepLowPointHidesTheLowerLevels() {
    assertEquals(1, POLICY.lowestVisibleLevel(lowPointKnownFromMm(0)));
    assertEquals(1, POLICY.lowestVisibleLevel(lowPointKnownFromMm(70)));
    assertEquals(2, POLICY.lowestVisibleLevel(lowPointKnownFromMm(180)));
    assertEquals(4, POLICY.lowestVisibleLevel(lowPointKnownFromMm(600)));
  }

  @Test
  void thresholdsThatDoNotRiseAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new AlertPolicy(List.of(100, 100, 300, 500), Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AlertPolicy(List.of(100, 200, 300), Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AlertPolicy(List.of(0, 200, 300, 500), Duration.ZERO));
  }

  private static int lowPointKnownFromMm(int lowPointDeltaMm) {
    return new Calibration(OptionalInt.of(2500), 25, lowPointDeltaMm).lowPointKnownFromMm();
  }
}
