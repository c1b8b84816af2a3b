package io.floodmark.api;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told to whoever asks for something that cannot be answered. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /** Where there is something to be found. */
  private final String whatIsThere;

  /** Failures of a server, which says {@code whatIsThere} where nothing is. */
  Failures(String whatIsThere) {
    this.whatIsThere = whatIsThere;
  }

  /** No route is that. */
  ProblemException unknownRoute() {
    return new ProblemException(
        Problem.notFound("There is nothing at this address. " + whatIsThere));
  }

  /** What goes wrong before any route is found. */
  ProblemException unreadable() {
    return new ProblemException(
        Problem.badRequest("The address cannot be read: check its % signs and the header Host."));
  }

  /** What a route has failed with; told to the log where it is a fault of ours. */
  ProblemException of(RoutingContext request) {
    Throwable failure = request.failure();
    if (failure instanceof ProblemException known) {
      return known;
    }
    if (request.statusCode() == 404) {
      return unknownRoute();
    }
    if (request.statusCode() == 400) {
      return unreadable();
    }
    log.error("{} {} failed.", request.request().method(), request.request().path(), failure);
    return new ProblemException(Problem.internal());
  }
}
