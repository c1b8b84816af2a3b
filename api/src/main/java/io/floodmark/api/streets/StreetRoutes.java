package io.floodmark.api.streets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorFeature;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.staff.Right;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code /api/v1/streets}: stretches for everybody to read, and for programs of staff to change.
 */
final class StreetRoutes {
  static final BodyLimit FILE = new BodyLimit(StretchFile.BYTES_MAX, 1);
  private static final String API = "/api/v1/streets";
  private static final int FAULTS_SAID = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final Texts english = Texts.load(Language.EN, "streets");

  StreetRoutes(DatabaseCalls database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  void addTo(Routes routes) {
    Guard edit = Guard.of(Right.EDIT_REGISTER);
    routes.read(API, this::list);
    routes.data(
        HttpMethod.POST,
        API,
        Guard.of(Right.IMPORT_REGISTER),
        FILE,
        (visit, body) -> add(visit, body));
    routes.data(HttpMethod.PUT, API + "/:id", edit, BodyLimit.FIELDS, this::change);
    routes.data(HttpMethod.DELETE, API + "/:id", edit, BodyLimit.FIELDS, this::remove);
  }

  private void list(RoutingContext request) {
    new QueryParameters(request.queryParams());
    Optional<String> acceptEncoding =
        Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
    database
        .read(
            connection -> {
              Instant now = clock.instant();
              Map<String, SensorView> sensors =
                  StretchDesk.byCode(SensorRows.inService(connection));
              List<StretchNow> stretches =
                  new StretchStore(connection)
                      .all().stream().map(one -> StretchNow.of(one, sensors, now)).toList();
              return Representation.computed(
                  SensorFeature.CONTENT_TYPE,
                  StreetFeature.collection(stretches, TravelLimitStore.rules(connection)),
                  acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), "no-cache"))
        .onFailure(request::fail);
  }

  private void add(Visit visit, Buffer body) {
    byte[] file = body.getBytes();
    database
        .transaction(
            connection -> {
              StretchDesk desk = new StretchDesk(connection, visit, clock.instant());
              StretchDesk.Checked checked = desk.check(file);
              if (!checked.isGood()) {
                throw refused(checked.faults());
              }
              return added(desk.take(checked), checked.known());
            })
        .onSuccess(
            answer -> {
              visit.request().response().setStatusCode(201);
              visit.send(
                  Representation.computed("application/json", answer, visit.acceptEncoding()));
            })
        .onFailure(visit::fail);
  }

  private ProblemException refused(List<StretchFault> faults) {
    String said =
        faults.stream()
            .limit(FAULTS_SAID)
            .map(
                fault ->
                    (fault.feature() > 0 ? "Feature " + fault.feature() + ": " : "")
                        + fault.sentence(english))
            .collect(Collectors.joining(" "));
    int first = faults.get(0).feature();
    return new ProblemException(
        Problem.invalid(
            first > 0 ? "features[" + (first - 1) + "]" : "body", "Nothing was added. " + said));
  }

  private static byte[] added(List<Integer> ids, int known) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeNumberField("added", ids.size());
          json.writeNumberField("known", known);
          json.writeArrayFieldStart("ids");
          for (int id : ids) {
            json.writeNumber(id);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void change(Visit visit, Buffer body) {
    long id = visit.id("id");
    JsonNode json = object(body);
    String name = json.path("name").asText("").strip();
    if (name.isEmpty() || name.length() > StretchPages.NAME_CHARS_MAX || name.indexOf(0) >= 0) {
      throw new ProblemException(Problem.invalid("name", "A name has 1 to 120 characters."));
    }
    if (!json.path("version").isInt()) {
      throw new ProblemException(
          Problem.invalid("version", "Send the version that you have read, a number."));
    }
    if (!json.path("sensors").isArray()) {
      throw new ProblemException(
          Problem.invalid("sensors", "Send the codes of its sensors, [] for none."));
    }
    List<String> codes = new ArrayList<>();
    json.get("sensors").forEach(code -> codes.add(code.asText()));
    database
        .transaction(
            connection -> {
              StretchDesk desk = new StretchDesk(connection, visit, clock.instant());
              desk.change(
                  id, json.get("version").intValue(), name, codes.stream().distinct().toList());
              return feature(connection, desk.get(id));
            })
        .onSuccess(
            feature ->
                visit.send(
                    Representation.computed(
                        SensorFeature.CONTENT_TYPE, feature, visit.acceptEncoding())))
        .onFailure(visit::fail);
  }

  private byte[] feature(Connection connection, Stretch stretch) throws SQLException {
    Map<String, SensorView> sensors = StretchDesk.byCode(SensorRows.inService(connection));
    return StreetFeature.bytes(StretchNow.of(stretch, sensors, clock.instant()));
  }

  private static JsonNode object(Buffer body) {
    try {
      JsonNode json = JSON.readTree(new String(body.getBytes(), StandardCharsets.UTF_8));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.badRequest("The body is no JSON: " + e.getOriginalMessage() + "."));
    }
    throw new ProblemException(Problem.badRequest("The body must be a JSON object."));
  }

  private void remove(Visit visit, Buffer body) {
    long id = visit.id("id");
    database
        .transaction(
            connection -> {
              new StretchDesk(connection, visit, clock.instant()).remove(id);
              return id;
            })
        .onSuccess(removed -> visit.request().response().setStatusCode(204).end())
        .onFailure(visit::fail);
  }
}
