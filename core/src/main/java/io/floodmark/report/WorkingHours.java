package io.floodmark.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The hours in which a ward office works: Monday to Friday, 7:30 to 11:30 and 13:00 to 17:00, eight
 * hours a day. Public holidays are not known here; a deadline may fall on one. Pure.
 *
 * @param zone of the office's clock
 */
public record WorkingHours(ZoneId zone) {
  private record Shift(LocalTime from, LocalTime to) {}

  private static final List<Shift> SHIFTS =
      List.of(
          new Shift(LocalTime.of(7, 30), LocalTime.of(11, 30)),
          new Shift(LocalTime.of(13, 0), LocalTime.of(17, 0)));

  /**
   * When {@code work} hours of work have passed since {@code start}; for none, {@code start}.
   *
   * @throws IllegalArgumentException if {@code work} is negative
   */
  public Instant after(Instant start, Duration work) {
    if (work.isNegative()) {
      throw new IllegalArgumentException("No work takes a negative time: " + work + ".");
    }
    Duration left = work;
    Instant at = start;
    LocalDate day = start.atZone(zone).toLocalDate();
    while (!left.isZero()) {
      if (isWorkingDay(day)) {
        for (Shift shift : SHIFTS) {
          Instant from = later(at, day.atTime(shift.from()).atZone(zone));
          Instant to = day.atTime(shift.to()).atZone(zone).toInstant();
          if (from.isBefore(to) && !left.isZero()) {
            Duration open = Duration.between(from, to);
            Duration used = open.compareTo(left) < 0 ? open : left;
            at = from.plus(used);
            left = left.minus(used);
          }
        }
      }
      day = day.plusDays(1);
    }
    return at;
  }

  /** Whether the office works at that moment. */
  public boolean contains(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    LocalTime time = local.toLocalTime();
    return isWorkingDay(local.toLocalDate())
        && SHIFTS.stream()
            .anyMatch(shift -> !time.isBefore(shift.from()) && time.isBefore(shift.to()));
  }

  private static boolean isWorkingDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private static Instant later(Instant one, ZonedDateTime other) {
    return one.isAfter(other.toInstant()) ? one : other.toInstant();
  }
}
