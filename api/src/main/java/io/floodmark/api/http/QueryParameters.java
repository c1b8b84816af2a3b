package io.floodmark.api.http;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query of a request, read strictly: a name that is not known, or stands there twice, is an
 * error, for whoever mistypes {@code maxPoint} should learn of it.
 */
public final class QueryParameters {
  private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{1,15}");
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

  private final MultiMap query;

  /**
   * Checks the names.
   *
   * @throws ProblemException if one is none of {@code known}, or stands there twice
   */
  public QueryParameters(MultiMap query, String... known) {
    Set<String> names = Set.of(known);
    for (String name : query.names()) {
      if (!names.contains(name)) {
        throw new ProblemException(
            Problem.badParameter(
                name, "There is no parameter \"" + name + "\" here. " + list(known)));
      }
      if (query.getAll(name).size() > 1) {
        throw bad(name, "stands there more than once: give it once");
      }
    }
    this.query = query;
  }

  /** The text of a parameter, if it was given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * One of {@code choices}, the first of them if the parameter was not given.
   *
   * @throws ProblemException if it is none of them
   */
  public String choice(String name, List<String> choices) {
    String text = text(name).orElse(choices.get(0));
    if (!choices.contains(text)) {
      throw bad(name, "must be " + String.join(" or ", choices));
    }
    return text;
  }

  /**
   * A whole number, if the parameter was given.
   *
   * @throws ProblemException if it is none from {@code min} to {@code max}
   */
  public OptionalInt integer(String name, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number out of range is.
    }
    throw bad(name, "must be a whole number from " + min + " to " + max);
  }

  /**
   * A time, if the parameter was given: ISO 8601 with its offset, or epoch milliseconds.
   *
   * @throws ProblemException if it is no time from 1970 to 2999
   */
  public Optional<Instant> time(String name) {
    Optional<Instant> time = text(name).map(text -> parseTime(name, text));
    if (time.isPresent() && (time.get().isBefore(EARLIEST) || !time.get().isBefore(LATEST))) {
      throw bad(name, "must lie in the years 1970 to 2999");
    }
    return time;
  }

  private static Instant parseTime(String name, String text) {
    if (EPOCH_MILLIS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw bad(
          name,
          "must be a time like 2026-11-21T13:05:00Z or 2026-11-21T20:05:00%2B07:00 (a + is written"
              + " %2B in an address), or epoch milliseconds");
    }
  }

  private static ProblemException bad(String name, String must) {
    return new ProblemException(
        Problem.badParameter(name, "Parameter \"" + name + "\" " + must + "."));
  }

  private static String list(String... known) {
    return known.length == 0
        ? "This address takes none."
        : "Known are: " + String.join(", ", known) + ".";
  }
}
