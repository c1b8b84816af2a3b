package io.floodmark.api.sensors.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.desk.SensorDesk.Answer;
import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.api.sensors.register.SensorStore;
import io.floodmark.api.sensors.register.SensorToken;
import io.floodmark.sensor.SensorCode;
import io.floodmark.staff.Right;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/sensors} for staff and their programs: register, change, retire. */
final class SensorDataRoutes {
  private static final String ALL = "/api/v1/sensors";
  private static final String ONE = ALL + "/:code";
  private static final BodyLimit BODY = new BodyLimit(64 * 1024, 0);
  private static final int REASON_CHARS_MAX = 500;
  private static final int PAGE = 100;

  private final SensorDesk desk;

  SensorDataRoutes(SensorDesk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    Guard manage = Guard.of(Right.MANAGE_SENSORS);
    routes.data(HttpMethod.POST, ALL, manage, BODY, this::create);
    routes.data(HttpMethod.PUT, ONE, manage, BODY, this::replace);
    routes.data(HttpMethod.DELETE, ONE, manage, BODY, this::retire);
    routes.data(HttpMethod.POST, ONE + "/token", manage, BODY, this::token);
    routes.get(ONE + "/registration", manage, this::registration);
    routes.get(ONE + "/rejected", manage, this::rejected);
  }

  private void create(Visit visit, Buffer body) {
    Map<String, String> cells = SensorJson.cells(SensorJson.object(body));
    desk.end(
        visit,
        connection -> {
          SensorChange.Outcome outcome =
              desk.change(connection, visit).create(cells, desk.random());
          SensorJson.refuse(outcome.faults());
          return Answer.of(
              registration(connection, visit, cells.get("code"), outcome.token()), 201);
        });
  }

  private void replace(Visit visit, Buffer body) {
    String code = SensorRoutes.codeIn(visit.context());
    JsonNode json = SensorJson.object(body);
    String version = json.path("version").asText("");
    if (version.isEmpty()) {
      throw new ProblemException(
          Problem.invalid(
              "version",
              "Send the version that you have seen at /api/v1/sensors/" + code + "/registration."));
    }
    Map<String, String> cells = SensorJson.cells(json);
    desk.end(
        visit,
        connection -> {
          SensorChange.Outcome outcome =
              desk.change(connection, visit).edit(new SensorCode(code), version, cells);
          SensorJson.refuse(outcome.faults());
          return done(connection, visit, code, outcome);
        });
  }

  private void retire(Visit visit, Buffer body) {
    String code = SensorRoutes.codeIn(visit.context());
    String reason = SensorJson.object(body).path("reason").asText("").strip();
    if (reason.isEmpty() || reason.length() > REASON_CHARS_MAX || reason.indexOf('\0') >= 0) {
      throw new ProblemException(
          Problem.invalid("reason", "Say why, in at most 500 characters: {\"reason\": \"...\"}."));
    }
    desk.end(
        visit,
        connection ->
            done(
                connection,
                visit,
                code,
                desk.change(connection, visit).retire(new SensorCode(code), reason)));
  }

  private void token(Visit visit, Buffer body) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.end(
        visit,
        connection ->
            done(
                connection,
                visit,
                code,
                desk.change(connection, visit).replaceToken(new SensorCode(code), desk.random())));
  }

  private static Answer done(
      Connection connection, Visit visit, String code, SensorChange.Outcome outcome)
      throws SQLException {
    SensorDesk.require(outcome, code);
    return Answer.of(registration(connection, visit, code, outcome.token()), 200);
  }

  private void registration(Visit visit) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.send(visit, connection -> registration(connection, visit, code, Optional.empty()));
  }

  private static Representation registration(
      Connection connection, Visit visit, String code, Optional<SensorToken> token)
      throws SQLException {
    return Representation.computed(
        "application/json",
        SensorJson.registration(held(connection, code), token),
        visit.acceptEncoding());
  }

  private static SensorStore.Held held(Connection connection, String code) throws SQLException {
    return new SensorStore(connection)
        .find(new SensorCode(code))
        .orElseThrow(() -> SensorRoutes.unknown(code));
  }

  private void rejected(Visit visit) {
    QueryParameters query = new QueryParameters(visit.context().queryParams(), "cursor");
    String code = SensorRoutes.codeIn(visit.context());
    RejectedRows.Asked asked =
        new RejectedRows.Asked(Optional.of(code), Optional.empty(), query.text("cursor"));
    desk.send(
        visit,
        connection -> {
          held(connection, code);
          return Representation.computed(
              "application/json",
              SensorJson.rejected(RejectedRows.page(connection, asked, PAGE)),
              visit.acceptEncoding());
        });
  }
}
