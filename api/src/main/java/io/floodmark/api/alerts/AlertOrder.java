package io.floodmark.api.alerts;

import io.floodmark.alert.AlertLife;
import io.floodmark.alert.AlertStep;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What staff send to take a step with an alert, from a form or as JSON.
 *
 * @param step which
 * @param note their words: note, reason of a shelf, closing remark
 * @param until end of a shelf
 * @param to id of the colleague who goes on with it
 * @param toName a shift, where it is no colleague
 * @param seenLevel the level that they saw; empty where they do not say
 */
record AlertOrder(
    AlertStep step,
    Optional<String> note,
    Optional<Instant> until,
    OptionalInt to,
    Optional<String> toName,
    OptionalInt seenLevel) {
  static final int NOTE_CHARS_MAX = 500;
  static final int NAME_CHARS_MAX = 80;

  /**
   * Reads the fields.
   *
   * @throws ProblemException with 422 that names the field which is wrong; its story is {@code
   *     alert.FIELD}
   */
  static AlertOrder of(AlertStep step, Function<String, Optional<String>> field, Instant now) {
    Optional<String> note = text(field, "note", NOTE_CHARS_MAX);
    Optional<String> reason = text(field, "reason", NOTE_CHARS_MAX);
    Optional<String> remark = text(field, "remark", NOTE_CHARS_MAX);
    Optional<String> toName = text(field, "toName", NAME_CHARS_MAX);
    OptionalInt to = number(field, "to");
    Optional<Instant> until = end(field, now);
    switch (step) {
      case SHELVE -> {
        require(reason, "reason", "Say why: the next shift has to know.");
        require(
            until,
            "until",
            "Give an end: minutes, or until as ISO 8601, 5 minutes to "
                + AlertLife.SHELF_MAX.toHours()
                + " hours ahead.");
      }
      case NOTE -> require(note, "note", "Write what is to be noted.");
      case HANDOVER -> {
        if (to.isEmpty()) {
          require(toName, "to", "Say to whom: a colleague (to) or a shift (toName).");
        }
      }
      case ACKNOWLEDGE, UNSHELVE, CLOSE -> {}
    }
    Optional<String> words = note;
    if (step == AlertStep.SHELVE) {
      words = reason;
    } else if (step == AlertStep.CLOSE) {
      words = remark;
    }
    return new AlertOrder(step, words, until, to, toName, number(field, "level"));
  }

  /** The end of a time that begins now: {@code minutes}, or {@code until}. */
  static Optional<Instant> end(Function<String, Optional<String>> field, Instant now) {
    Optional<String> minutes = field.apply("minutes").map(String::strip);
    if (minutes.isPresent()) {
      if (!minutes.get().matches("\\d{1,6}")) {
        throw invalid("until", "minutes must be a whole number.");
      }
      return Optional.of(now.plus(Duration.ofMinutes(Integer.parseInt(minutes.get()))));
    }
    Optional<String> until = field.apply("until").map(String::strip);
    if (until.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(until.get()).toInstant());
    } catch (DateTimeException e) {
      throw invalid("until", "until must be a time with its offset, as 2026-11-22T09:00:00Z.");
    }
  }

  /**
   * A text of a line or a few.
   *
   * @throws ProblemException with 422 if it is too long or holds control characters
   */
  static Optional<String> text(
      Function<String, Optional<String>> field, String name, int charsMax) {
    Optional<String> text = field.apply(name).map(String::strip).filter(t -> !t.isEmpty());
    boolean bad =
        text.isPresent()
            && (text.get().codePointCount(0, text.get().length()) > charsMax
                || text.get()
                    .chars()
                    .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r'));
    if (bad) {
      throw invalid(name, "At most " + charsMax + " characters, no control characters.");
    }
    return text;
  }

  static void require(Optional<?> value, String field, String detail) {
    if (value.isEmpty()) {
      throw invalid(field, detail);
    }
  }

  static ProblemException invalid(String field, String detail) {
    return new ProblemException(Problem.invalid(field, detail), "alert." + field);
  }

  private static OptionalInt number(Function<String, Optional<String>> field, String name) {
    return field
        .apply(name)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }
}
