package io.floodmark.api.alerts;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertStep;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Admission;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** {@code /api/v1/alerts}: the list for everybody, one with its history and the steps for staff. */
final class AlertRoutes {
  private static final List<String> STATES =
      Arrays.stream(AlertFilter.State.values())
          .map(state -> state.name().toLowerCase(Locale.ROOT))
          .toList();
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 500;

  private final Alerts alerts;

  AlertRoutes(Alerts alerts) {
    this.alerts = alerts;
  }

  void addTo(Routes routes) {
    routes.get("/api/v1/alerts", Guard.EVERYBODY, this::list);
    routes.get("/api/v1/alerts/:id", Guard.of(Right.SEE_ALERTS), this::one);
    for (AlertStep step : AlertStep.values()) {
      routes.formOrData(
          "/api/v1/alerts/:id/" + step.key(),
          Guard.of(Right.HANDLE_ALERTS),
          BodyLimit.FIELDS,
          Admission.ALL,
          (visit, form) -> take(visit, step, Alerts.fields(form)),
          (visit, body) -> take(visit, step, Alerts.fields(body)));
    }
  }

  private void list(Visit visit) {
    QueryParameters query =
        new QueryParameters(
            visit.request().params(), "state", "kind", "zone", "sensor", "cursor", "limit");
    AlertFilter filter =
        new AlertFilter(
            AlertFilter.State.valueOf(query.choice("state", STATES).toUpperCase(Locale.ROOT)),
            query.text("kind").map(AlertRoutes::kinds).orElse(List.of()),
            query.text("zone"),
            query.text("sensor"));
    int limit = query.integer("limit", 1, LIMIT_MAX).orElse(LIMIT_DEFAULT);
    Optional<AlertCursor> after = query.text("cursor").map(AlertRoutes::cursor);
    boolean forStaff = visit.caller().may(Right.SEE_ALERTS) && !visit.caller().mustChangePassword();
    Instant now = alerts.clock.instant();
    alerts
        .database
        .read(
            connection -> {
              // One more than asked for tells whether there is a next page.
              List<AlertView> page = AlertRows.page(connection, filter, after, limit + 1, now);
              return page.size() > limit
                  ? AlertJson.page(
                      page.subList(0, limit),
                      Optional.of(new AlertCursor(page.get(limit - 1).id())),
                      forStaff)
                  : AlertJson.page(page, Optional.empty(), forStaff);
            })
        .onSuccess(
            body -> {
              Representation answer =
                  Representation.computed("application/json", body, visit.acceptEncoding());
              if (forStaff) {
                visit.send(answer);
              } else {
                answer.send(visit.request(), "no-cache");
              }
            })
        .onFailure(visit::fail);
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    alerts
        .database
        .read(
            connection ->
                AlertJson.bytes(AlertDesk.find(connection, id), AlertStory.of(connection, id)))
        .onSuccess(body -> Alerts.json(visit, body))
        .onFailure(visit::fail);
  }

  private void take(Visit visit, AlertStep step, Function<String, Optional<String>> fields) {
    long id = visit.id("id");
    AlertDesk.Hand hand = alerts.hand(visit);
    AlertOrder order = AlertOrder.of(step, fields, hand.at());
    alerts
        .database
        .transaction(
            connection -> {
              AlertView after = AlertDesk.take(connection, hand, id, order);
              return AlertJson.bytes(after, AlertStory.of(connection, id));
            })
        .onSuccess(body -> Alerts.json(visit, body))
        .onFailure(visit::fail);
  }

  private static List<String> kinds(String text) {
    List<String> kinds = Arrays.asList(text.split(","));
    for (String kind : kinds) {
      if (AlertKind.find(kind).isEmpty()) {
        throw new ProblemException(
            Problem.badParameter(
                "kind",
                "There is no kind \""
                    + kind
                    + "\". Kinds: "
                    + String.join(
                        ", ", Arrays.stream(AlertKind.values()).map(AlertKind::key).toList())
                    + "."));
      }
    }
    return kinds;
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
