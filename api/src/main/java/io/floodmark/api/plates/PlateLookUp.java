package io.floodmark.api.plates;

import static io.floodmark.api.access.GuessLimit.Kind.PLATE_BY_ADDRESS;

import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.Visit;
import io.floodmark.plate.PlateCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds a plate by its whole code, for staff no faster to be guessed than for anybody. */
final class PlateLookUp {
  private PlateLookUp() {}

  /**
   * The plate of a typed code; empty if there is none, or it is another group's. Both count as
   * wrong, in auto-commit.
   *
   * @throws ProblemException with 429 after too many wrong ones
   */
  static Optional<Plate> find(Connection connection, Visit visit, String typed, Instant now)
      throws SQLException {
    Optional<Duration> wait = GuessLimit.check(connection, PLATE_BY_ADDRESS, visit.address(), now);
    if (wait.isPresent()) {
      throw new ProblemException(
          Problem.tooManyRequests(
              "Too many wrong codes from here. Try again later.",
              GuessLimit.retryAfterS(wait.get())));
    }
    Optional<PlateCode> code = PlateCode.parse(typed);
    Optional<Plate> plate =
        code.isPresent() ? PlateRows.find(connection, code.get()) : Optional.empty();
    Optional<Plate> ours =
        plate.filter(found -> found.isBlank() || visit.caller().covers(found.groupId()));
    if (ours.isEmpty()) {
      GuessLimit.fail(connection, PLATE_BY_ADDRESS, visit.address(), now);
    }
    return ours;
  }

  /**
   * The plate in the path of a page.
   *
   * @throws ProblemException with 404 if there is none, or it is another group's; with 429 after
   *     too many wrong ones
   */
  static Plate get(Connection connection, Visit visit, Instant now) throws SQLException {
    return find(connection, visit, visit.context().pathParam("code"), now)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "There is no plate with this code, or it is not of your groups.")));
  }
}
