package io.floodmark.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RainfallTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void aGaugeThatHasNeverSpokenSaysNothing() {
    assertEquals(Support.UNKNOWN, Rainfall.NONE.backing().at(NOON));
  }

  @Test
  void aDryGaugeSpeaksAgainstWaterForAQuarterOfAnHour() {
    Rainfall dry = Rainfall.NONE.with(NOON, 0);
    assertEquals(Support.AGAINST, dry.backing().at(NOON.plusSeconds(899)));
    assertEquals(Support.UNKNOWN, dry.backing().at(NOON.plusSeconds(900)));
  }

  @Test
  void twoMillimetresSpeakForWaterUntilNinetyMinutesAfterThem() {
    Rainfall drizzle = Rainfall.NONE.with(NOON, 1.8);
    assertEquals(Support.AGAINST, drizzle.backing().at(NOON));
    Rainfall rain = drizzle.with(NOON.plusSeconds(600), 0.2);
    assertEquals(Support.FOR, rain.backing().at(NOON.plusSeconds(600)));
    // The first 1.8 mm leave the window 90 minutes after noon.
    assertEquals(NOON.plusSeconds(5_400), rain.backing().supportedUntil());
  }

  @Test
  void oldRainIsForgotten() {
    Rainfall rain = Rainfall.NONE;
    for (int minute = 0; minute < 600; minute++) {
      rain = rain.with(NOON.plusSeconds(60L * minute), 0.4);
      assertTrue(rain.falls().size() <= 20, "minute " + minute);
    }
    assertEquals(60 * 0.4, rain.sinceMm(rain.lastAt().minusSeconds(3_600)), 2.5);
  }
}
