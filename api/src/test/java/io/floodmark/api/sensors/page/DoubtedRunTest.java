package io.floodmark.api.sensors.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.quality.QualityReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoubtedRunTest {
  private static final Instant NOON = Instant.parse("2026-11-21T05:00:00Z");
  private static final Duration APART = Duration.ofMinutes(3);

  @Test
  void aParkedCarIsOneThingToTell() {
    List<DoubtedRun> runs =
        DoubtedRun.joined(
            List.of(parked(10, 410), parked(9, 400), parked(7, 405), parked(0, 390)), APART);
    assertEquals(2, runs.size());
    assertEquals(
        new DoubtedRun(
            at(7),
            at(10),
            3,
            OptionalInt.of(400),
            OptionalInt.of(410),
            false,
            Set.of(QualityReason.PARKED_OBJECT)),
        runs.get(0));
    assertEquals(1, runs.get(1).readings());
  }

  @Test
  void otherReasonsAndOtherFlagsAreOtherThings() {
    DoubtedRun spike = DoubtedRun.of(at(9), OptionalInt.empty(), true, Set.of(QualityReason.SPIKE));
    DoubtedRun mild = DoubtedRun.of(at(8), OptionalInt.of(40), false, Set.of(QualityReason.SPIKE));
    assertEquals(3, DoubtedRun.joined(List.of(parked(10, 400), spike, mild), APART).size());
  }

  private static DoubtedRun parked(int minute, int depthMm) {
    return DoubtedRun.of(
        at(minute), OptionalInt.of(depthMm), false, Set.of(QualityReason.PARKED_OBJECT));
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }
}
