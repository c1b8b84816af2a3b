package io.floodmark.ingest.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CalmTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration TURN = Duration.ofSeconds(10);

  private final Calm calm = new Calm();
  private Instant now = START;
  private long rows = 7_000_000;

  @Test
  void tenMinutesWithoutMuchAreCalm() {
    assertFalse(ask());
    assertEquals(Duration.ofMinutes(10), untilCalm(Duration.ofHours(1), 10_000));
  }

  @Test
  void aThousandASecondIsTheMost() {
    ask();
    assertEquals(Duration.ofDays(1), untilCalm(Duration.ofDays(2), 10_001), "its patience ends");
  }

  @Test
  void patienceIsAnewAfterCalm() {
    ask();
    untilCalm(Duration.ofHours(1), 0);
    passed(TURN, 200_000);
    assertFalse(ask());
    assertEquals(Duration.ofDays(1).minus(TURN), untilCalm(Duration.ofDays(2), 200_000));
  }

  @Test
  void sensorsThatAllReportAtTheFullMinuteAreCalm() {
    ask();
    for (int minute = 0; minute < 9; minute++) {
      passed(TURN, 30_000);
      assertFalse(ask());
      for (int turn = 1; turn < 6; turn++) {
        passed(TURN, 0);
        assertFalse(ask());
      }
    }
    passed(Duration.ofMinutes(1), 30_000);
    assertTrue(ask());
  }

  @Test
  void aBurstIsNoticedAtOnceAndTheTenMinutesBeginAnew() {
    ask();
    untilCalm(Duration.ofHours(1), 0);
    passed(TURN, 60_001);
    assertFalse(ask());
    assertEquals(Duration.ofMinutes(10), untilCalm(Duration.ofHours(1), 0));
  }

  @Test
  void whatWasNotWatchedIsNotCalm() {
    ask();
    untilCalm(Duration.ofHours(1), 0);
    passed(Duration.ofMinutes(2), 0);
    assertTrue(ask());
    passed(Duration.ofSeconds(121), 0);
    assertFalse(ask());
    assertEquals(Duration.ofMinutes(10), untilCalm(Duration.ofHours(1), 0));
    calm.forget();
    assertFalse(ask());
    assertEquals(Duration.ofMinutes(10), untilCalm(Duration.ofHours(1), 0));
  }

  @Test
  void aClockSetBackOrRowsCountedFromZeroBeginAnew() {
    ask();
    untilCalm(Duration.ofHours(1), 0);
    now = now.minusSeconds(3_600);
    assertFalse(ask());
    assertEquals(Duration.ofMinutes(10), untilCalm(Duration.ofHours(1), 0));
    rows = 0;
    assertFalse(ask());
    assertEquals(Duration.ofMinutes(10), untilCalm(Duration.ofHours(1), 0));
  }

  /** How long it takes with so many rows every ten seconds. */
  private Duration untilCalm(Duration atMost, long rowsATurn) {
    Instant from = now;
    do {
      passed(TURN, rowsATurn);
      assertTrue(now.isBefore(from.plus(atMost)), "never calm");
    } while (!ask());
    return Duration.between(from, now);
  }

  private void passed(Duration time, long rowsStored) {
    now = now.plus(time);
    rows += rowsStored;
  }

  private boolean ask() {
    return calm.isLasting(now, rows);
  }
}
