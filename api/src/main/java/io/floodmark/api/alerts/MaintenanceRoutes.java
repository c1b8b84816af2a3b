package io.floodmark.api.alerts;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.Admission;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Maintenance of a sensor: while it lasts its alerts are kept back, and it always has an end. What
 * that does to alerts, the timers do within a second, so that it is the same however it ends.
 */
final class MaintenanceRoutes {
  private static final String API = "/api/v1/sensors/:code/maintenance";
  private static final String PAGE = "/staff/sensors/:code/maintenance";
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Alerts alerts;

  MaintenanceRoutes(Alerts alerts) {
    this.alerts = alerts;
  }

  void addTo(Routes routes) {
    Guard handle = Guard.of(Right.HANDLE_ALERTS);
    routes.formOrData(
        API,
        handle,
        BodyLimit.FIELDS,
        Admission.ALL,
        (visit, form) -> answer(visit, start(visit, Alerts.fields(form))),
        (visit, body) -> answer(visit, start(visit, Alerts.fields(body))));
    routes.data(
        HttpMethod.DELETE,
        API,
        handle,
        BodyLimit.FIELDS,
        (visit, body) -> answer(visit, end(visit)));
    routes.form(PAGE, handle, BodyLimit.FIELDS, this::submit);
  }

  private void submit(Visit visit, Form form) {
    boolean ends = form.text("step").filter("end"::equals).isPresent();
    String back = "/staff/sensors/" + SensorRoutes.codeIn(visit.context());
    Future<Optional<Instant>> done;
    try {
      done = ends ? end(visit) : start(visit, form::text);
    } catch (ProblemException e) {
      if (Alerts.isRefusal(e)) {
        visit.seeOther(back + "?done=maintenanceRefused#maintenance");
        return;
      }
      throw e;
    }
    done.onSuccess(
            until ->
                visit.seeOther(
                    back + "?done=" + (ends ? "maintenanceEnded" : "maintenanceStarted")))
        .onFailure(visit::fail);
  }

  private Future<Optional<Instant>> start(Visit visit, Function<String, Optional<String>> fields) {
    AlertDesk.Hand hand = alerts.hand(visit);
    String code = SensorRoutes.codeIn(visit.context());
    Optional<String> reason = AlertOrder.text(fields, "reason", AlertOrder.NOTE_CHARS_MAX);
    AlertOrder.require(reason, "reason", "Say what is being done.");
    Optional<Instant> until = AlertOrder.end(fields, hand.at());
    boolean fits =
        until.isPresent()
            && until.get().isAfter(hand.at())
            && !until.get().isAfter(hand.at().plus(LONGEST));
    if (!fits) {
      throw AlertOrder.invalid(
          "until", "Maintenance has an end: minutes, or until, within seven days.");
    }
    return alerts.database.transaction(
        connection -> {
          set(connection, hand, code, until, reason);
          return until;
        });
  }

  private Future<Optional<Instant>> end(Visit visit) {
    AlertDesk.Hand hand = alerts.hand(visit);
    String code = SensorRoutes.codeIn(visit.context());
    return alerts.database.transaction(
        connection -> {
          set(connection, hand, code, Optional.empty(), Optional.empty());
          return Optional.empty();
        });
  }

  /** Starts maintenance, or ends it where {@code until} is empty. */
  private static void set(
      Connection connection,
      AlertDesk.Hand by,
      String code,
      Optional<Instant> until,
      Optional<String> reason)
      throws SQLException {
    boolean starts = until.isPresent();
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE sensor
            SET maintenance_since = ?, maintenance_until = ?, maintenance_by = ?,
              maintenance_reason = ?
            WHERE code = ? AND retired_at IS NULL
            """)) {
      update.setObject(1, starts ? by.at().atOffset(ZoneOffset.UTC) : null);
      update.setObject(2, until.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
      update.setString(3, starts ? by.name() : null);
      update.setString(4, reason.orElse(null));
      update.setString(5, code);
      if (update.executeUpdate() == 0) {
        throw new ProblemException(
            Problem.notFound("There is no sensor \"" + code + "\" in service."));
      }
    }
    AuditLog.add(
        connection,
        by.at(),
        by.caller(),
        starts ? "sensor.maintenance.start" : "sensor.maintenance.end",
        "sensor:" + code,
        Optional.of(by.address()),
        reason.map(why -> Map.of("reason", why)).orElse(Map.of()));
  }

  private static void answer(Visit visit, Future<Optional<Instant>> done) {
    done.onSuccess(
            until ->
                Alerts.json(
                    visit,
                    Json.bytes(
                        json -> {
                          json.writeStartObject();
                          json.writeStringField("sensor", SensorRoutes.codeIn(visit.context()));
                          Json.writeTime(json, "maintenanceUntil", until);
                          json.writeEndObject();
                        })))
        .onFailure(visit::fail);
  }
}
