package io.floodmark.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class OutagesTest {
  private long now = 1_000;
  private final Outages outages = new Outages(() -> now);

  @Test
  void timeWithTheDatabaseIsNoOutage() {
    outages.ends();
    now += 50;
    outages.ends();
    assertFalse(outages.isAway());
    assertEquals("0 now, 0 in all, 0 times", figures());
  }

  @Test
  void anOutageCountsFromItsFirstFailureToItsEnd() {
    outages.begins();
    now += 7;
    outages.begins();
    now += 3;
    assertTrue(outages.isAway());
    assertEquals("10 now, 10 in all, 1 times", figures());
    outages.ends();
    now += 100;
    assertFalse(outages.isAway());
    assertEquals("0 now, 10 in all, 1 times", figures());
    outages.begins();
    now += 5;
    assertEquals("5 now, 15 in all, 2 times", figures());
  }

  private String figures() {
    return "%d now, %d in all, %d times"
        .formatted(outages.currentNanos(), outages.totalNanos(), outages.count());
  }
}
