package io.floodmark.api.reports;

import io.floodmark.api.pages.Texts;
import io.floodmark.report.ReportState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Times and clocks of reports in words. Immutable, made for one request.
 *
 * @param texts of the page
 * @param zone of its clock
 * @param now the moment that the page tells of
 */
public record ReportWords(Texts texts, ZoneId zone, Instant now) {
  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("HH:mm, dd/MM/uuuu");

  /** A moment on the ward's clock. */
  public String at(Instant moment) {
    return MOMENT.format(moment.atZone(zone));
  }

  /** What a key of an enum is called. */
  public String of(String kind, String key) {
    return texts.of(kind + "." + key);
  }

  /** A note of the history; one that the program wrote is told in the reader's language. */
  public String note(String note) {
    return note.equals(ReportDesk.OFF_MAP) ? texts.of("event.offMap") : note;
  }

  /** How long is left until {@code due}, or how long ago it was. */
  public String clock(Instant due) {
    Duration left = Duration.between(now, due);
    return left.isNegative()
        ? texts.of("clock.over", "time", length(left.negated()))
        : texts.of("clock.left", "time", length(left));
  }

  /** How loud that is: a class of badges. */
  public String urgency(Instant due) {
    Duration left = Duration.between(now, due);
    if (left.isNegative()) {
      return "bad";
    }
    return left.compareTo(Duration.ofHours(1)) < 0 ? "warn" : "info";
  }

  /** The badge of a state. */
  public String look(ReportState state) {
    return switch (state) {
      case RECEIVED -> "warn";
      case SCREENED, ASSIGNED, IN_PROGRESS -> "info";
      case DONE -> "ok";
      case REJECTED, DUPLICATE, WITHDRAWN -> "off";
    };
  }

  private String length(Duration time) {
    long minutes = time.toMinutes();
    if (minutes < 60) {
      return texts.of("clock.minutes", "n", Math.max(1, minutes));
    }
    return minutes < 48 * 60
        ? texts.of("clock.hours", "n", minutes / 60)
        : texts.of("clock.days", "n", minutes / (24 * 60));
  }
}
