package io.floodmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReportClockTest {
  private static final WorkingHours HOURS = new WorkingHours(ZoneId.of("Asia/Ho_Chi_Minh"));
  private static final ReportClock CLOCK = new ReportClock(HOURS);

  /** Friday, 20 November 2026, 16:00 in Vietnam. */
  private static final Instant FRIDAY_AT_FOUR = Instant.parse("2026-11-20T09:00:00Z");

  @Test
  void eightWorkingHoursFromFridayAfternoonEndOnMondayAfternoon() {
    assertEquals(
        Instant.parse("2026-11-23T09:00:00Z"),
        CLOCK.due(ReportCategory.GARBAGE, ReportState.RECEIVED, FRIDAY_AT_FOUR).orElseThrow());
  }

  @Test
  void aFloodOnFridayAfternoonIsDueAnHourLater() {
    assertEquals(
        FRIDAY_AT_FOUR.plus(Duration.ofHours(1)),
        CLOCK.due(ReportCategory.FLOOD, ReportState.RECEIVED, FRIDAY_AT_FOUR).orElseThrow());
  }

  @Test
  void whatIsUrgentIsDoneFourHoursAfterItWasTakenOn() {
    Duration sum =
        ReportState.OPEN.stream()
            .filter(state -> state != ReportState.RECEIVED)
            .map(state -> ReportClock.within(ReportCategory.SECURITY, state).orElseThrow())
            .reduce(Duration.ZERO, Duration::plus);
    assertEquals(Duration.ofHours(4), sum);
  }

  @Test
  void nothingIsDueOnceAReportIsOver() {
    for (ReportState state : ReportState.values()) {
      Optional<Instant> due = CLOCK.due(ReportCategory.ROAD, state, FRIDAY_AT_FOUR);
      assertEquals(state.isOpen(), due.isPresent(), state.key());
    }
  }

  @Test
  void lunchIsNoWork() {
    Instant beforeLunch = Instant.parse("2026-11-23T04:00:00Z");
    assertEquals(
        Instant.parse("2026-11-23T06:30:00Z"), HOURS.after(beforeLunch, Duration.ofHours(1)));
    assertFalse(HOURS.contains(Instant.parse("2026-11-23T05:00:00Z")));
    assertTrue(HOURS.contains(beforeLunch));
  }

  @Test
  void negativeWorkIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> HOURS.after(FRIDAY_AT_FOUR, Duration.ofMinutes(-1)));
  }

  @Property(tries = 300, seed = "5021")
  void aDeadlineNeverLiesBeforeItsStart(
      @ForAll @LongRange(min = 1_600_000_000L, max = 2_000_000_000L) long start,
      @ForAll @IntRange(max = 6_000) int minutes) {
    Instant from = Instant.ofEpochSecond(start);
    Instant due = HOURS.after(from, Duration.ofMinutes(minutes));
    assertFalse(due.isBefore(from.plus(Duration.ofMinutes(minutes))), "no minute counts twice");
  }

  @Property(tries = 300, seed = "5022")
  void whoStartsLaterOrHasMoreToDoIsNeverDueEarlier(
      @ForAll @LongRange(min = 1_600_000_000L, max = 2_000_000_000L) long start,
      @ForAll @IntRange(max = 400_000) int laterS,
      @ForAll @IntRange(max = 6_000) int minutes,
      @ForAll @IntRange(max = 600) int more) {
    Instant from = Instant.ofEpochSecond(start);
    Instant due = HOURS.after(from, Duration.ofMinutes(minutes));
    assertFalse(HOURS.after(from.plusSeconds(laterS), Duration.ofMinutes(minutes)).isBefore(due));
    assertFalse(HOURS.after(from, Duration.ofMinutes(minutes + (long) more)).isBefore(due));
  }

  @Property(tries = 300, seed = "5023")
  void theLastMinuteBeforeADeadlineIsOneOfWork(
      @ForAll @LongRange(min = 1_600_000_000L, max = 2_000_000_000L) long start,
      @ForAll @IntRange(min = 1, max = 6_000) int minutes) {
    Instant due = HOURS.after(Instant.ofEpochSecond(start), Duration.ofMinutes(minutes));
    assertTrue(HOURS.contains(due.minusMillis(1)), due.toString());
  }
}
