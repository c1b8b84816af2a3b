package io.floodmark.api.sensors.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.desk.SensorDesk.Answer;
import io.floodmark.api.sensors.register.Measuring;
import io.floodmark.api.sensors.register.MeasuringStore;
import io.floodmark.api.sensors.register.SensorChange.Ending;
import io.floodmark.sensor.SensorCode;
import io.floodmark.staff.Right;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How a sensor measures: as data and as forms of its page. */
final class MeasuringRoutes {
  private static final String DATA = "/api/v1/sensors/:code/measuring";
  private static final String OFFSET_DATA = "/api/v1/sensors/:code/offset";
  private static final String PAGE = SensorDesk.HOME + "/:code";
  private static final BodyLimit BODY = new BodyLimit(64 * 1024, 0);

  private final SensorDesk desk;
  private final SensorPages pages;

  MeasuringRoutes(SensorDesk desk, SensorPages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    Guard manage = Guard.of(Right.MANAGE_SENSORS);
    // What an offset does is seen on the street: for those who keep the register.
    Guard operate = Guard.of(Right.EDIT_REGISTER);
    routes.get(DATA, Guard.of(Right.SEE_REGISTER), this::data);
    routes.data(HttpMethod.PUT, DATA, manage, BODY, this::replace);
    routes.data(HttpMethod.POST, OFFSET_DATA, operate, BODY, this::decide);
    routes.form(PAGE + "/measuring", manage, BodyLimit.FIELDS, this::form);
    routes.form(PAGE + "/offset", operate, BodyLimit.FIELDS, this::decideByForm);
  }

  private void data(Visit visit) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.send(visit, connection -> data(connection, visit, code));
  }

  private static Representation data(Connection connection, Visit visit, String code)
      throws SQLException {
    MeasuringStore store = new MeasuringStore(connection);
    MeasuringStore.Held held = held(store, code);
    return Representation.computed(
        "application/json",
        MeasuringJson.bytes(held, store.offsets(held.sensorId())),
        visit.acceptEncoding());
  }

  private static MeasuringStore.Held held(MeasuringStore store, String code) throws SQLException {
    return store.find(new SensorCode(code)).orElseThrow(() -> SensorRoutes.unknown(code));
  }

  private void replace(Visit visit, Buffer body) {
    String code = SensorRoutes.codeIn(visit.context());
    JsonNode json = SensorJson.object(body);
    Measuring measuring = MeasuringJson.read(json);
    String version = json.path("version").asText("");
    desk.end(
        visit,
        connection -> {
          refuseUnknown(connection, measuring.neighbours().orElse(List.of()));
          SensorDesk.require(
              desk.measuring(connection, visit).set(new SensorCode(code), version, measuring),
              code);
          return Answer.of(data(connection, visit, code), 200);
        });
  }

  private static void refuseUnknown(Connection connection, List<String> neighbours)
      throws SQLException {
    List<String> unknown = new MeasuringStore(connection).unknown(neighbours);
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          Problem.invalid("neighbours", "There is no sensor " + String.join(", ", unknown) + "."));
    }
  }

  private void decide(Visit visit, Buffer body) {
    String code = SensorRoutes.codeIn(visit.context());
    JsonNode json = SensorJson.object(body);
    if (!json.path("id").isIntegralNumber() || !json.path("accept").isBoolean()) {
      throw new ProblemException(
          Problem.invalid(
              "id", "Send {\"id\": 5, \"accept\": true}, the id being the proposal's."));
    }
    desk.end(
        visit,
        connection -> {
          SensorDesk.require(
              desk.measuring(connection, visit)
                  .decide(
                      new SensorCode(code),
                      json.path("id").longValue(),
                      json.path("accept").booleanValue()),
              code);
          return Answer.of(data(connection, visit, code), 200);
        });
  }

  private void form(Visit visit, Form form) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.end(
        visit,
        connection -> {
          FormReading reading = new FormReading(form);
          MeasuringStore store = new MeasuringStore(connection);
          Measuring measuring =
              MeasuringForm.read(form, reading, held(store, code).measuring(), store);
          if (!reading.isGood()) {
            return Answer.of(pages.withMeasuring(connection, visit, code, reading.shown()), 422);
          }
          SensorDesk.require(
              desk.measuring(connection, visit)
                  .set(new SensorCode(code), form.text("version").orElse(""), measuring),
              code);
          return Answer.goOn(SensorDesk.HOME + "/" + code + "?done=edited");
        });
  }

  private void decideByForm(Visit visit, Form form) {
    String code = SensorRoutes.codeIn(visit.context());
    String id = form.text("offset").filter(text -> text.matches("\\d{1,18}")).orElse("0");
    boolean accept = form.text("decision").equals(Optional.of("accept"));
    desk.end(
        visit,
        connection -> {
          Ending ending =
              desk.measuring(connection, visit)
                  .decide(new SensorCode(code), Long.parseLong(id), accept);
          SensorDesk.require(ending, code);
          return Answer.goOn(
              SensorDesk.HOME + "/" + code + "?done=" + (accept ? "offset" : "offsetRejected"));
        });
  }
}
