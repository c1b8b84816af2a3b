package io.floodmark.api.sensors.desk;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Representation;
import io.floodmark.api.quality.JudgedSensors;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.api.sensors.desk.SensorDesk.Answer;
import io.floodmark.api.sensors.page.ChartView;
import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.api.sensors.register.SensorStore;
import io.floodmark.sensor.SensorCode;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /staff/sensors/{code}}: one sensor, its token, its end. */
final class SensorPages {
  private static final String ONE = SensorDesk.HOME + "/:code";
  private static final int REASON_CHARS_MAX = 500;
  private static final int REJECTED_SHOWN = 3;

  private final SensorDesk desk;

  SensorPages(SensorDesk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    Guard manage = Guard.of(Right.MANAGE_SENSORS);
    routes.get(ONE, Guard.of(Right.SEE_REGISTER), this::one);
    routes.form(ONE + "/token", manage, BodyLimit.FIELDS, this::token);
    routes.form(ONE + "/retire", manage, BodyLimit.FIELDS, this::retire);
  }

  private void one(Visit visit) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.send(visit, connection -> page(connection, visit, code, FormShown.EMPTY));
  }

  /** The page with what was typed of how the sensor measures, and what is wrong with it. */
  Representation withMeasuring(Connection connection, Visit visit, String code, FormShown measuring)
      throws SQLException {
    return page(connection, visit, code, FormShown.EMPTY, Optional.of(measuring));
  }

  /** The page; {@code retiring} is the form at its end. */
  private Representation page(Connection connection, Visit visit, String code, FormShown retiring)
      throws SQLException {
    return page(connection, visit, code, retiring, Optional.empty());
  }

  private Representation page(
      Connection connection,
      Visit visit,
      String code,
      FormShown retiring,
      Optional<FormShown> measuring)
      throws SQLException {
    SensorView sensor =
        SensorRows.ofCode(connection, code).orElseThrow(() -> SensorRoutes.unknown(code));
    SensorStore.Held held = new SensorStore(connection).find(new SensorCode(code)).orElseThrow();
    MeasuringShown measured = MeasuringShown.of(connection, code);
    SensorWords words = desk.words(visit);
    SensorStanding standing =
        new SensorStanding(
            sensor,
            sensor.stateAt(words.now()),
            JudgedSensors.lacking(connection, words.now(), sensor.id()),
            SensorChange.cells(held.sensor()),
            // What staff wrote and what devices sent is for those who manage them.
            visit.caller().may(Right.MANAGE_SENSORS)
                ? Optional.of(past(connection, sensor, words))
                : Optional.empty());
    return desk.named(
        visit,
        sensor.name(),
        "one.jte",
        Map.of(
            "standing", standing,
            "words", words,
            "retiring", retiring,
            "measuring", measuring.orElseGet(() -> MeasuringShown.form(measured.held())),
            "measured", measured,
            "chart", ChartView.of(connection, desk.now(visit, sensor), range(visit)),
            "health", desk.health(connection, visit, sensor)));
  }

  private static Optional<String> range(Visit visit) {
    return Optional.ofNullable(visit.request().getParam("range"));
  }

  private static SensorStanding.Past past(
      Connection connection, SensorView sensor, SensorWords words) throws SQLException {
    List<SensorStanding.Line> story =
        SensorStory.of(connection, sensor.code()).stream()
            .map(
                entry ->
                    new SensorStanding.Line(
                        words.action(entry.action()),
                        words.actor(entry.actor()),
                        words.at(entry.at()),
                        words.changes(entry)))
            .toList();
    RejectedRows.Asked newest =
        new RejectedRows.Asked(Optional.of(sensor.code()), Optional.empty(), Optional.empty());
    return new SensorStanding.Past(
        RejectedRows.tally(connection, sensor.id(), words.now()),
        RejectedRows.page(connection, newest, REJECTED_SHOWN).messages(),
        story);
  }

  private void token(Visit visit, Form form) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.end(
        visit,
        connection -> {
          SensorChange.Outcome outcome =
              desk.change(connection, visit).replaceToken(new SensorCode(code), desk.random());
          SensorDesk.require(outcome, code);
          return Answer.of(TokenPage.of(desk, visit, connection, code, outcome.token()), 200);
        });
  }

  private void retire(Visit visit, Form form) {
    String code = SensorRoutes.codeIn(visit.context());
    FormReading reading = new FormReading(form);
    String reason = reading.needed("why", REASON_CHARS_MAX);
    desk.end(
        visit,
        connection -> {
          if (!reading.isGood()) {
            return Answer.of(page(connection, visit, code, reading.shown()), 422);
          }
          SensorDesk.require(
              desk.change(connection, visit).retire(new SensorCode(code), reason), code);
          return Answer.goOn(SensorDesk.HOME + "/" + code + "?done=retired");
        });
  }
}
