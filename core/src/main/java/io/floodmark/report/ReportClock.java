package io.floodmark.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * By when the next step of a report has to be taken. Pure.
 *
 * <p>The measure is Hanoi's (iHanoi, Decision 1207/QĐ-UBND of 28/02/2025): taken on within 8
 * working hours; what is urgent handled within 4 hours of that. Here the urgent categories' clock
 * runs day and night, so their 4 hours are hours of the wall: 30 min to assign, 30 min to begin, 3
 * h to finish; and their first hour, in which somebody has to read them, is our own choice, for a
 * flood does not wait for 8 working hours. For the others Hanoi's later deadlines are not
 * published; ours are one working day to assign, two to begin, five to finish.
 *
 * @param hours the office's
 */
public record ReportClock(WorkingHours hours) {
  /**
   * When the next step is due.
   *
   * @param since when the report came into {@code state}
   * @return empty when nothing is left to do
   */
  public Optional<Instant> due(ReportCategory category, ReportState state, Instant since) {
    return within(category, state)
        .map(time -> category.isAroundTheClock() ? since.plus(time) : hours.after(since, time));
  }

  /** How long the next step may take, by the category's clock. */
  public static Optional<Duration> within(ReportCategory category, ReportState state) {
    boolean urgent = category.isAroundTheClock();
    return switch (state) {
      case RECEIVED -> Optional.of(urgent ? Duration.ofHours(1) : Duration.ofHours(8));
      case SCREENED -> Optional.of(urgent ? Duration.ofMinutes(30) : Duration.ofHours(8));
      case ASSIGNED -> Optional.of(urgent ? Duration.ofMinutes(30) : Duration.ofHours(16));
      case IN_PROGRESS -> Optional.of(urgent ? Duration.ofHours(3) : Duration.ofHours(40));
      case DONE, REJECTED, DUPLICATE, WITHDRAWN -> Optional.empty();
    };
  }
}
