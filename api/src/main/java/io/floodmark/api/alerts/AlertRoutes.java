package io.floodmark.api.alerts;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** {@code GET /api/v1/alerts}. */
public final class AlertRoutes {
  private static final String OPEN = "open";
  private static final String ALL = "all";
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 500;

  private final DatabaseCalls database;

  /** Routes that read from {@code database}. */
  public AlertRoutes(DatabaseCalls database) {
    this.database = database;
  }

  /** A page, newest first. */
  public void list(RoutingContext request) {
    QueryParameters query = new QueryParameters(request.queryParams(), "state", "cursor", "limit");
    boolean openOnly = query.choice("state", List.of(OPEN, ALL)).equals(OPEN);
    int limit = query.integer("limit", 1, LIMIT_MAX).orElse(LIMIT_DEFAULT);
    Optional<AlertCursor> after = query.text("cursor").map(AlertRoutes::cursor);
    Optional<String> acceptEncoding =
        Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
    database
        .read(
            connection -> {
              // One more than asked for tells whether there is a next page.
              List<AlertView> alerts = AlertRows.page(connection, openOnly, after, limit + 1);
              byte[] body =
                  alerts.size() > limit
                      ? AlertJson.page(
                          alerts.subList(0, limit),
                          Optional.of(new AlertCursor(alerts.get(limit - 1).id())))
                      : AlertJson.page(alerts, Optional.empty());
              return Representation.computed("application/json", body, acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), "no-cache"))
        .onFailure(request::fail);
  }

  private static AlertCursor cursor(String text) {
    return AlertCursor.find(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.badParameter(
                        "cursor",
                        "Parameter \"cursor\" is none that this server gave: take nextCursor of"
                            + " the page before, unchanged, or leave it out to begin anew.")));
  }
}
