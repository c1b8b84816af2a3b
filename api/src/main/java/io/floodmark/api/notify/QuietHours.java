package io.floodmark.api.notify;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The part of the day in which a channel waits. Pure.
 *
 * @param from when it begins, by the ward's clock; included
 * @param to when it ends, other than {@code from}; before it where it lasts over midnight
 * @param evenDanger whether level 3 and 4 wait, too; else they pass
 */
public record QuietHours(LocalTime from, LocalTime to, boolean evenDanger) {
  /** From this level on it is danger. */
  public static final int DANGER = 3;

  /** Checks that they last. */
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("Quiet hours that begin and end at " + from + ".");
    }
  }

  /** Whether something of that level waits at that time. */
  public boolean hold(int level, Instant at, ZoneId zone) {
    return (evenDanger || level < DANGER) && isQuiet(at.atZone(zone).toLocalTime());
  }

  /** When those end in which {@code at} lies. */
  public Instant endAfter(Instant at, ZoneId zone) {
    ZonedDateTime here = at.atZone(zone);
    ZonedDateTime end = here.with(to);
    return (end.isAfter(here) ? end : end.plusDays(1)).toInstant();
  }

  private boolean isQuiet(LocalTime time) {
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
  }
}
