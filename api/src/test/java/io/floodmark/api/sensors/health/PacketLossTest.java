package io.floodmark.api.sensors.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.quality.QualityReason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacketLossTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aSensorThatNeverPausedHasLostNothing() {
    assertEquals(
        new PacketLoss(1_440, 1_440, 0, 0), PacketLoss.of(DAY, MINUTE, 1_440, 0, List.of()));
  }

  @Test
  void aSilenceCountsTheReadingsThatItSwallowed() {
    // Between two readings ten minutes apart nine are missing; after one and a half, one.
    List<Duration> silences = List.of(Duration.ofMinutes(10), Duration.ofSeconds(91));
    PacketLoss loss = PacketLoss.of(DAY, MINUTE, 1_430, 0, silences);
    assertEquals(10, loss.missing());
    assertEquals(0.69, loss.percent(), 0.01);
  }

  @Test
  void aLateClockIsNoLoss() {
    List<Duration> silences = List.of(Duration.ofSeconds(89), Duration.ofSeconds(61));
    assertEquals(0, PacketLoss.of(DAY, MINUTE, 1_440, 0, silences).missing());
  }

  @Test
  void reportingFasterInAFloodHidesNoLoss() {
    PacketLoss loss = PacketLoss.of(DAY, MINUTE, 3_000, 12, List.of(Duration.ofHours(2)));
    assertEquals(119, loss.missing());
    assertEquals(3_000, loss.received());
    assertEquals(12, loss.late());
  }

  @Test
  void aSilentSensorHasLostEverythingButNoMoreThanThat() {
    assertEquals(100.0, PacketLoss.of(DAY, MINUTE, 0, 0, List.of()).percent());
    assertEquals(1_440, PacketLoss.of(DAY, MINUTE, 1, 0, List.of(Duration.ofDays(3))).missing());
    assertEquals(1, PacketLoss.of(Duration.ofSeconds(5), MINUTE, 1, 0, List.of()).expected());
  }

  @Test
  void doubtsAreCountedOnceAReadingAndOnceAReason() {
    int both = QualityReason.toBits(EnumSet.of(QualityReason.SPIKE, QualityReason.CLOCK));
    int spike = QualityReason.toBits(EnumSet.of(QualityReason.SPIKE));
    Doubts doubts =
        Doubts.of(
            List.of(
                new Doubts.Group(1, 0, 90),
                new Doubts.Group(4, both, 2),
                new Doubts.Group(3, spike, 8)));
    assertEquals(100, doubts.readings());
    assertEquals(10, doubts.doubted());
    assertEquals(10.0, doubts.percent(doubts.doubted()));
    assertEquals(
        List.of(Map.entry(QualityReason.SPIKE, 10L), Map.entry(QualityReason.CLOCK, 2L)),
        List.copyOf(doubts.byReason().entrySet()));
  }
}
