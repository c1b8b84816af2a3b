package io.floodmark.api.alerts;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Admission;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Official bulletins: {@code /api/v1/bulletins} and {@code /staff/alerts/bulletins}. */
public final class BulletinRoutes {
  private static final String API = "/api/v1/bulletins";
  private static final String PAGE = "/staff/alerts/bulletins";
  private static final List<String> FIELDS =
      List.of("what", "place", "source", "link", "validUntil");

  private final Alerts alerts;

  BulletinRoutes(Alerts alerts) {
    this.alerts = alerts;
  }

  void addTo(Routes routes) {
    Guard handle = Guard.of(Right.HANDLE_ALERTS);
    routes.read(API, request -> list(Routes.visitOf(request)));
    routes.formOrData(
        API,
        handle,
        BodyLimit.FIELDS,
        Admission.ALL,
        (visit, form) -> record(visit, Alerts.fields(form)),
        (visit, body) -> record(visit, Alerts.fields(body)));
    routes.formOrData(
        API + "/:id/withdraw",
        handle,
        BodyLimit.FIELDS,
        Admission.ALL,
        (visit, form) -> withdraw(visit),
        (visit, body) -> withdraw(visit));
    routes.get(PAGE, Guard.of(Right.SEE_ALERTS), visit -> page(visit, Shown.NOTHING, 200));
    routes.form(PAGE, handle, BodyLimit.FIELDS, this::record);
    routes.form(
        PAGE + "/:id/withdraw",
        handle,
        BodyLimit.FIELDS,
        (visit, form) -> {
          AlertDesk.Hand hand = alerts.hand(visit);
          long id = visit.id("id");
          alerts
              .database
              .transaction(
                  connection -> {
                    Bulletins.withdraw(connection, hand, id);
                    return id;
                  })
              .onSuccess(done -> visit.seeOther(PAGE + "?done=withdrawn"))
              .onFailure(visit::fail);
        });
  }

  /** A form as it is shown again: what was typed, and what was wrong with it. */
  public record Shown(Map<String, String> typed, String error, String errorField) {
    static final Shown NOTHING = new Shown(Map.of(), "", "");

    /** What was typed into a field. */
    public String typed(String field) {
      return typed.getOrDefault(field, "");
    }

    /** Whether that field is what was wrong. */
    public boolean isWrong(String field) {
      return errorField.equals(field);
    }
  }

  private void list(Visit visit) {
    Instant now = alerts.clock.instant();
    alerts
        .database
        .read(connection -> json(Bulletins.valid(connection, now)))
        .onSuccess(
            body ->
                Representation.computed("application/json", body, visit.acceptEncoding())
                    .send(visit.request(), "no-cache"))
        .onFailure(visit::fail);
  }

  private static byte[] json(List<Bulletin> bulletins) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("bulletins");
          for (Bulletin bulletin : bulletins) {
            json.writeStartObject();
            json.writeNumberField("id", bulletin.id());
            json.writeStringField("scale", bulletin.scale());
            json.writeNumberField("level", bulletin.level());
            json.writeStringField("place", bulletin.place());
            json.writeStringField("source", bulletin.source());
            Json.writeText(json, "link", bulletin.link());
            json.writeStringField("validFrom", Json.time(bulletin.validFrom()));
            json.writeStringField("validUntil", Json.time(bulletin.validUntil()));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void record(Visit visit, Function<String, Optional<String>> fields) {
    AlertDesk.Hand hand = alerts.hand(visit);
    Bulletins.Draft draft = Bulletins.Draft.of(fields, alerts.words(visit).zone(), hand.at());
    alerts
        .database
        .transaction(
            connection -> {
              Bulletins.record(connection, hand, draft);
              return json(Bulletins.valid(connection, hand.at()));
            })
        .onSuccess(body -> Alerts.json(visit, body))
        .onFailure(visit::fail);
  }

  private void withdraw(Visit visit) {
    AlertDesk.Hand hand = alerts.hand(visit);
    long id = visit.id("id");
    alerts
        .database
        .transaction(
            connection -> {
              Bulletins.withdraw(connection, hand, id);
              return json(Bulletins.valid(connection, hand.at()));
            })
        .onSuccess(body -> Alerts.json(visit, body))
        .onFailure(visit::fail);
  }

  private void record(Visit visit, Form form) {
    AlertDesk.Hand hand = alerts.hand(visit);
    Bulletins.Draft draft;
    try {
      draft = Bulletins.Draft.of(form::text, alerts.words(visit).zone(), hand.at());
    } catch (ProblemException e) {
      Map<String, String> typed = new LinkedHashMap<>();
      FIELDS.forEach(name -> form.text(name).ifPresent(value -> typed.put(name, value)));
      page(
          visit,
          new Shown(typed, alerts.sentence(visit, e), e.problem().parameter().orElse("")),
          422);
      return;
    }
    alerts
        .database
        .transaction(connection -> Bulletins.record(connection, hand, draft))
        .onSuccess(id -> visit.seeOther(PAGE + "?done=recorded"))
        .onFailure(visit::fail);
  }

  private void page(Visit visit, Shown shown, int status) {
    AlertWords words = alerts.words(visit);
    alerts
        .database
        .read(connection -> Bulletins.valid(connection, words.now()))
        .onSuccess(
            bulletins -> {
              visit.request().response().setStatusCode(status);
              visit.send(
                  alerts.page(
                      visit,
                      "bulletins.title",
                      "bulletins.jte",
                      Map.of("bulletins", bulletins, "form", shown, "words", words)));
            })
        .onFailure(visit::fail);
  }
}
