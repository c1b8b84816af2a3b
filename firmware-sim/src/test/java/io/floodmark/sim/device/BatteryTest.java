package io.floodmark.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatteryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final double SCATTER_MV = 25;

  private final Battery battery = new Battery(new SplittableRandom(4669));

  private double at(int hour) {
    return battery.mv(START.plus(Duration.ofHours(hour)), 0);
  }

  @Test
  void oneThatWillRunFlatFadesOverItsLastThirdDownToTheCutOff() {
    battery.runsFlat(START, Duration.ofHours(90));
    double full = at(0);
    assertTrue(full > 3_750, full + " mV");
    assertEquals(full, at(59), SCATTER_MV);
    assertEquals((full + Battery.CUT_OFF_MV) / 2, at(75), SCATTER_MV);
    assertEquals(Battery.CUT_OFF_MV, at(90), SCATTER_MV);
    assertEquals(Battery.CUT_OFF_MV, at(200), SCATTER_MV);
  }

  @Test
  void oneThatWasExchangedIsFullAndStaysSo() {
    battery.runsFlat(START, Duration.ofHours(90));
    double full = at(0);
    battery.lasts();
    assertEquals(full, at(90), SCATTER_MV);
    assertEquals(full, at(20_000), SCATTER_MV);
  }

  @Test
  void theSunChargesIt() {
    assertEquals(at(0) + 180, battery.mv(START, 1), SCATTER_MV);
  }
}
