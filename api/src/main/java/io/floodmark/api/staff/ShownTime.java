package io.floodmark.api.staff;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Times as people read them here: day before month, 24 hours.
 *
 * @param zone by whose clock
 */
public record ShownTime(ZoneId zone) {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss");

  /** To the minute. */
  public String of(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  /** To the minute, or a dash. */
  public String of(Optional<Instant> at) {
    return at.map(this::of).orElse("–");
  }

  /** To the second. */
  public String exactly(Instant at) {
    return SECOND.format(at.atZone(zone));
  }
}
