package io.floodmark.api.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Admission;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code /api/v1/reports}: filing by programs, the inbox for staff, confirmed floods for all. */
final class ReportApiRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> FILTERS =
      List.of("state", "category", "group", "mine", "overdue", "q");

  private final Reports reports;

  ReportApiRoutes(Reports reports) {
    this.reports = reports;
  }

  void addTo(Routes routes) {
    // Everybody gets the confirmed floods; the rest is refused below, for the path is one.
    routes.get("/api/v1/reports", Guard.EVERYBODY, this::list);
    routes.formOrData(
        "/api/v1/reports",
        Guard.EVERYBODY,
        FormRoutes.LIMIT,
        Reports::door,
        (visit, form) -> file(visit, form::text, form.uploads("photos")),
        (visit, body) -> file(visit, fields(body), List.of()));
    routes.get("/api/v1/reports/:number", Guard.of(Right.SEE_REPORTS), this::one);
    routes.formOrData(
        "/api/v1/reports/:number/steps",
        Guard.of(Right.HANDLE_REPORTS),
        FormRoutes.LIMIT,
        Admission.ALL,
        (visit, form) -> answer(visit, InboxRoutes.take(reports, visit, form)),
        (visit, body) ->
            answer(visit, InboxRoutes.take(reports, visit, StepForm.of(fields(body)), List.of())));
  }

  private void list(Visit visit) {
    Instant now = reports.clock.instant();
    if ("map".equals(visit.request().getParam("shown"))) {
      new QueryParameters(visit.request().params(), "shown");
      reports
          .database
          .read(connection -> ConfirmedFloods.geoJson(connection, now))
          .onSuccess(
              body ->
                  Representation.computed("application/geo+json", body, visit.acceptEncoding())
                      .send(visit.request(), "no-cache"))
          .onFailure(visit::fail);
      return;
    }
    requireSight(visit);
    QueryParameters query =
        new QueryParameters(
            visit.request().params(),
            "state",
            "category",
            "group",
            "mine",
            "overdue",
            "q",
            "cursor",
            "limit");
    Map<String, String> asked = new LinkedHashMap<>();
    FILTERS.forEach(name -> query.text(name).ifPresent(value -> asked.put(name, value)));
    int limit = query.integer("limit", 1, 500).orElse(100);
    reports
        .database
        .read(
            connection ->
                ReportInbox.page(
                    connection,
                    visit.caller(),
                    InboxRoutes.filter(asked),
                    query.text("cursor"),
                    limit,
                    now))
        .onSuccess(
            page -> send(visit, ReportJson.page(page, visit.caller().may(Right.HANDLE_REPORTS))))
        .onFailure(visit::fail);
  }

  private static void requireSight(Visit visit) {
    if (!visit.caller().isSomebody()) {
      throw new ProblemException(
          Problem.unauthorized(
              "Reports are for staff. Confirmed floods are for all: ask with shown=map."));
    }
    if (!visit.caller().may(Right.SEE_REPORTS) || visit.caller().mustChangePassword()) {
      throw new ProblemException(Problem.forbidden("Your account is not allowed to read reports."));
    }
  }

  private void one(Visit visit) {
    String number = visit.context().pathParam("number");
    reports
        .database
        .read(
            connection -> {
              ReportRow report = ReportDesk.find(connection, visit.caller(), number);
              return ReportJson.one(
                  report,
                  ReportRows.events(connection, report.id()),
                  ReportRows.messages(connection, report.id()),
                  visit.caller().may(Right.HANDLE_REPORTS));
            })
        .onSuccess(body -> send(visit, body))
        .onFailure(visit::fail);
  }

  private void file(
      Visit visit, Function<String, Optional<String>> field, List<Form.Upload> uploads) {
    Filing filing = Filing.of(field, !uploads.isEmpty());
    if (filing.isTrapped()) {
      created(visit, reports.file.pretended());
      return;
    }
    if (uploads.size() > ReportPhotos.AT_ONCE_MAX) {
      throw new ProblemException(
          Problem.invalid("photos", reports.texts(visit).of("error.photos.many")));
    }
    Instant now = reports.clock.instant();
    checked(visit, filing, now)
        .compose(
            good -> reports.photos.take(uploads).compose(taken -> store(visit, good, taken, now)))
        .onSuccess(filed -> created(visit, filed))
        .onFailure(visit::fail);
  }

  private Future<ReportFile.Filed> store(
      Visit visit, Filing good, ReportPhotos.Taken taken, Instant now) {
    if (taken.refused().isPresent()) {
      return Future.failedFuture(
          new ProblemException(
              Problem.invalid("photos", reports.sentence(visit, taken.refused().get()))));
    }
    return withoutError(visit, FormRoutes.placed(good, taken))
        .compose(
            placed ->
                reports.database.transaction(
                    connection ->
                        reports.file.file(
                            connection,
                            placed,
                            taken.photos(),
                            visit.address(),
                            visit.language(),
                            now)));
  }

  /** The filing with its code looked up, if nothing but its place may be wrong with it. */
  private Future<Filing> checked(Visit visit, Filing filing, Instant now) {
    Texts texts = reports.texts(visit);
    return reports
        .database
        .read(
            connection -> {
              Filing found =
                  filing.hasCode()
                      ? FormRoutes.find(connection, filing, visit.address(), texts, now).filing()
                      : filing;
              if (found.errors().isEmpty()) {
                ReportFile.requireFree(connection, found, visit.address(), now);
              }
              return found;
            })
        .compose(found -> withoutError(visit, found));
  }

  /** The filing, or a 422 that names the first field that is wrong. */
  private Future<Filing> withoutError(Visit visit, Filing filing) {
    return filing.errors().entrySet().stream()
        .findFirst()
        .map(
            error ->
                Future.<Filing>failedFuture(
                    new ProblemException(
                        Problem.invalid(
                            error.getKey(), reports.texts(visit).of(error.getValue())))))
        .orElseGet(() -> Future.succeededFuture(filing));
  }

  private static void created(Visit visit, ReportFile.Filed filed) {
    visit
        .request()
        .response()
        .setStatusCode(201)
        .putHeader("Location", "/r/" + filed.secret().value())
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(ReportJson.filed(filed)));
  }

  private static void answer(Visit visit, Future<String> step) {
    step.onSuccess(
            action ->
                send(
                    visit,
                    Json.bytes(
                        json -> {
                          json.writeStartObject();
                          json.writeStringField("done", action);
                          json.writeEndObject();
                        })))
        .onFailure(visit::fail);
  }

  private static void send(Visit visit, byte[] json) {
    visit.send(Representation.computed("application/json", json, visit.acceptEncoding()));
  }

  /** The members of a flat JSON object, as text. */
  private static Function<String, Optional<String>> fields(Buffer body) {
    try {
      JsonNode object = MAPPER.readTree(body.getBytes());
      if (object == null || !object.isObject()) {
        throw new ProblemException(Problem.badRequest("The body must be a JSON object."));
      }
      return name ->
          Optional.ofNullable(object.get(name))
              .filter(value -> value.isValueNode() && !value.isNull())
              .filter(value -> !value.isBoolean() || value.booleanValue())
              .map(JsonNode::asText)
              .map(String::strip)
              .filter(text -> !text.isEmpty());
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.badRequest("The body is no JSON: " + e.getOriginalMessage() + "."));
    } catch (IOException e) {
      throw new ProblemException(Problem.badRequest("The body cannot be read as JSON."));
    }
  }
}
