package io.floodmark.ingest.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OwedRingsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may run over
  private final OwedRings owed = new OwedRings(nanos::get);

  @Test
  void theFirstRingIsDueAtOnce() {
    owed.add(Set.of(1));
    assertEquals(Duration.ZERO, owed.dueIn());
  }

  @Test
  void whatIsOwedIsDueFiftyMillisecondsAfterTheLastRingWheneverItCame() {
    owed.paid();
    pass(1);
    owed.add(Set.of(1));
    pass(48);
    owed.add(Set.of(2));
    assertEquals(Duration.ofMillis(1), owed.dueIn());
    pass(1);
    assertEquals(Duration.ZERO, owed.dueIn());
    pass(1_000);
    assertEquals(Duration.ZERO, owed.dueIn());
  }

  @Test
  void whatIsRungForIsOwedNoMore() {
    owed.add(Set.of(2, 1));
    assertFalse(owed.areNone());
    assertEquals(Set.of(1, 2, 3), owed.with(Set.of(3)));
    owed.paid();
    assertTrue(owed.areNone());
    assertEquals(Set.of(3), owed.with(Set.of(3)));
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
