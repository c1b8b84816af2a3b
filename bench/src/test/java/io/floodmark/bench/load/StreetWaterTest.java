package io.floodmark.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreetWaterTest {
  private static final long NOON = 1_800_000_000_000L;
  private static final int HALF_HOUR_S = 1_800;

  @Test
  void waterComesAndGoesSlowly() {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int second = 0; second < HALF_HOUR_S; second++) {
      int now = StreetWater.distanceMm(7, NOON + second * 1_000L);
      int next = StreetWater.distanceMm(7, NOON + (second + 1) * 1_000L);
      assertTrue(Math.abs(next - now) <= 5, "a second later " + (next - now) + " mm");
      least = Math.min(least, now);
      most = Math.max(most, now);
    }
    assertTrue(least < StreetWater.MOUNT_HEIGHT_MM - 130, "at its deepest " + least);
    assertTrue(most >= StreetWater.MOUNT_HEIGHT_MM, "at its driest " + most);
  }

  @Test
  void aboutAFifthOfTheSensorsStandsInWaterThatRaisesAnAlert() {
    long warned =
        IntStream.range(0, 97)
            .filter(s -> StreetWater.distanceMm(s, NOON) < StreetWater.MOUNT_HEIGHT_MM - 100)
            .count();
    assertTrue(warned >= 10 && warned <= 30, warned + " of 97");
  }

  @Test
  void withinASecondNothingScatters() {
    assertEquals(StreetWater.distanceMm(3, NOON), StreetWater.distanceMm(3, NOON + 1));
  }
}
