package io.floodmark.api.readings;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param from first moment, included, in whole milliseconds
 * @param to last moment, excluded, in whole milliseconds; after {@code from}, by at most ten years
 */
record TimeRange(Instant from, Instant to) {
  static final Duration LENGTH_DEFAULT = Duration.ofHours(24);
  static final Duration LENGTH_MAX = Duration.ofDays(3_660);

  /**
   * Checks the order and the length.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  TimeRange {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LENGTH_MAX) > 0) {
      throw new IllegalArgumentException("Not a range: " + from + " to " + to);
    }
  }

  /**
   * The range of a query. Without {@code to} it ends now, without {@code from} it is 24 hours long.
   *
   * @throws ProblemException if there is no such range
   */
  static TimeRange of(QueryParameters query, Instant now) {
    Optional<Instant> givenFrom = query.time("from");
    Instant to = query.time("to").orElse(now).truncatedTo(ChronoUnit.MILLIS);
    Instant from = givenFrom.orElse(to.minus(LENGTH_DEFAULT)).truncatedTo(ChronoUnit.MILLIS);
    if (!from.isBefore(to)) {
      throw new ProblemException(
          Problem.badParameter(
              "from",
              query.text("to").isPresent()
                  ? "Parameter \"from\" must be earlier than \"to\"."
                  : "Parameter \"from\" must be in the past, or \"to\" be given."));
    }
    if (Duration.between(from, to).compareTo(LENGTH_MAX) > 0) {
      throw new ProblemException(
          Problem.badParameter(
              "from",
              "The range must be at most "
                  + LENGTH_MAX.toDays()
                  + " days long: ask for a later \"from\" or an earlier \"to\"."));
    }
    return new TimeRange(from, to);
  }
}
