package io.floodmark.sim.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BackoffTest {
  @Property(seed = "4669")
  void waitsDoubleUpToTheLongestAndChanceTakesAtMostHalf(@ForAll long seed) {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new SplittableRandom(seed));
    for (long stepMillis : new long[] {1_000, 2_000, 4_000, 8_000, 10_000, 10_000}) {
      long waitMillis = backoff.next().toMillis();
      assertTrue(
          waitMillis >= stepMillis / 2 && waitMillis <= stepMillis,
          waitMillis + " of " + stepMillis);
    }
    backoff.reset();
    assertTrue(backoff.next().toMillis() <= 1_000);
  }

  @Property(seed = "4669")
  void theSameSeedWaitsTheSame(@ForAll long seed) {
    Backoff one =
        new Backoff(Duration.ofMillis(1), Duration.ofHours(1), new SplittableRandom(seed));
    Backoff two =
        new Backoff(Duration.ofMillis(1), Duration.ofHours(1), new SplittableRandom(seed));
    for (int i = 0; i < 30; i++) {
      assertEquals(one.next(), two.next());
    }
  }
}
