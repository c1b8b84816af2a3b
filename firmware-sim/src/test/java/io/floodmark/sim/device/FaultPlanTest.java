package io.floodmark.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final FaultPlan PLAN =
      FaultPlan.none(5).withNetwork(new Spells(Duration.ofMinutes(10), Duration.ofMinutes(1)));

  private static List<Spells.Spell> first(FaultPlan plan, String code) {
    return plan.outages(code).limit(1_000).toList();
  }

  @Test
  void theSameSeedAndSensorHaveTheSameOutages() {
    assertEquals(first(PLAN, "a"), first(PLAN, "a"));
    assertNotEquals(first(PLAN, "a"), first(PLAN, "b"));
  }

  @Test
  void outagesKeepToTheirMeans() {
    double downMillis =
        first(PLAN, "a").stream().mapToLong(o -> o.length().toMillis()).average().orElseThrow();
    double upMillis =
        first(PLAN, "a").stream().mapToLong(o -> o.after().toMillis()).average().orElseThrow();
    assertEquals(60_000, downMillis, 6_000);
    assertEquals(600_000, upMillis, 60_000);
  }

  @Test
  void aGoodNetworkHasNone() {
    assertEquals(0, FaultPlan.NONE.outages("a").count());
  }

  @Test
  void halfAPlanIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Spells(Duration.ofMinutes(1), Duration.ZERO));
  }
}
