package io.floodmark.sim.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * By how much recorded times are moved.
 *
 * @param kind what {@code amount} is added to
 * @param amount zero except for kind {@code BY}
 */
public record Shift(Kind kind, Duration amount) {
  /** The times as recorded. */
  public static final Shift NONE = new Shift(Kind.BY, Duration.ZERO);

  /** What a shift is measured from. */
  public enum Kind {
    /** The earliest row becomes now. */
    START_NOW,
    /** The latest row becomes now. */
    END_NOW,
    /** Every row by the amount. */
    BY
  }

  /**
   * Reads {@code start=now}, {@code end=now}, or an ISO 8601 duration such as {@code PT-90M} or
   * {@code P365D}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Shift parse(String text) {
    return switch (text) {
      case "start=now" -> new Shift(Kind.START_NOW, Duration.ZERO);
      case "end=now" -> new Shift(Kind.END_NOW, Duration.ZERO);
      default -> by(text);
    };
  }

  private static Shift by(String duration) {
    try {
      return new Shift(Kind.BY, Duration.parse(duration));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "Not a shift: \""
              + duration
              + "\". Use end=now, start=now or a duration such as P365D or PT-90M.",
          e);
    }
  }

  /** How far rows between {@code earliest} and {@code latest} move, in whole milliseconds. */
  long millis(Instant earliest, Instant latest, Instant now) {
    return switch (kind) {
      case START_NOW -> now.toEpochMilli() - earliest.toEpochMilli();
      case END_NOW -> now.toEpochMilli() - latest.toEpochMilli();
      case BY -> amount.toMillis();
    };
  }
}
