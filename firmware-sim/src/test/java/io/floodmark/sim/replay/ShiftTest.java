package io.floodmark.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftTest {
  private static final Instant FIRST = Instant.ofEpochMilli(1_000);
  private static final Instant LAST = Instant.ofEpochMilli(5_000);
  private static final Instant NOW = Instant.ofEpochMilli(100_000);

  @Test
  void movesTheEndTheStartOrByAnAmount() {
    assertEquals(95_000, Shift.parse("end=now").millis(FIRST, LAST, NOW));
    assertEquals(99_000, Shift.parse("start=now").millis(FIRST, LAST, NOW));
    assertEquals(86_400_000, Shift.parse("P1D").millis(FIRST, LAST, NOW));
    assertEquals(-90_000, Shift.parse("PT-1M-30S").millis(FIRST, LAST, NOW));
    assertEquals(0, Shift.NONE.millis(FIRST, LAST, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "end", "end=then", "1h", "P1M"})
  void refusesWhatIsNoShift(String text) {
    assertThrows(IllegalArgumentException.class, () -> Shift.parse(text));
  }
}
