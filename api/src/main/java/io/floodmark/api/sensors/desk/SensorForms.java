package io.floodmark.api.sensors.desk;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Representation;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.desk.SensorDesk.Answer;
import io.floodmark.api.sensors.preview.PreviewWords;
import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.api.sensors.register.SensorFault;
import io.floodmark.api.sensors.register.SensorRow;
import io.floodmark.api.sensors.register.SensorStore;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.staff.Right;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form in which a sensor is registered or changed. */
final class SensorForms {
  private static final String DELTA = "low_point_delta_mm";

  private final SensorDesk desk;

  SensorForms(SensorDesk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    Guard manage = Guard.of(Right.MANAGE_SENSORS);
    String edit = SensorDesk.HOME + "/:code/edit";
    routes.get(SensorDesk.NEW, manage, visit -> visit.send(form(visit, blank(), "")));
    routes.form(SensorDesk.NEW, manage, BodyLimit.FIELDS, this::create);
    routes.get(edit, manage, this::filled);
    routes.form(edit, manage, BodyLimit.FIELDS, this::edit);
  }

  private static FormShown blank() {
    Map<String, String> values = new HashMap<>();
    values.put("kind", SensorKind.DISTANCE.code());
    values.put(DELTA, "0");
    values.put("report_interval_s", "60");
    for (int i = 0; i < AlertPolicy.LEVEL_MAX; i++) {
      values.put(
          SensorRow.THRESHOLDS.get(i), Integer.toString(AlertPolicy.DEFAULT_THRESHOLDS_MM.get(i)));
    }
    values.put(SensorRow.CLEAR_DELAY, Long.toString(AlertPolicy.DEFAULT_CLEAR_DELAY.toSeconds()));
    return FormShown.of(values);
  }

  private Representation form(Visit visit, FormShown form, String code) {
    return form(visit, form, code, false, Optional.empty());
  }

  /**
   * The form.
   *
   * @param code empty for a new sensor
   * @param stale whether somebody else changed the sensor meanwhile
   * @param preview what it would have raised as it stands in the form, if that was asked
   */
  private Representation form(
      Visit visit, FormShown form, String code, boolean stale, Optional<PreviewWords> preview) {
    SensorWords words = desk.words(visit);
    return desk.page(
        visit,
        code.isEmpty() ? "sensors.new" : "sensors.edit",
        "form.jte",
        Map.of(
            "form", form,
            "code", code,
            "stale", stale,
            "preview", preview,
            "words", words,
            "lowest", lowest(words, form)));
  }

  /** What the sensor will see, by what stands in the form; empty where that cannot be told. */
  private static String lowest(SensorWords words, FormShown form) {
    List<Integer> thresholdsMm = new ArrayList<>();
    for (String column : SensorRow.THRESHOLDS) {
      number(form.value(column)).ifPresent(thresholdsMm::add);
    }
    Optional<Integer> deltaMm = number(form.value(DELTA));
    boolean readable =
        form.problems().keySet().stream()
            .noneMatch(field -> field.equals(DELTA) || SensorRow.THRESHOLDS.contains(field));
    return readable && deltaMm.isPresent() && thresholdsMm.size() == AlertPolicy.LEVEL_MAX
        ? words.lowest(form.value("kind"), deltaMm.get(), thresholdsMm)
        : "";
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** By the columns of a list. A decimal comma is what people here type. */
  private static Map<String, String> cells(Form form) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String column : SensorChange.columns()) {
      boolean degrees = column.equals("lon") || column.equals("lat");
      form.text(column)
          .ifPresent(text -> cells.put(column, degrees ? text.replace(',', '.') : text));
    }
    return cells;
  }

  static FormShown shown(Map<String, String> cells, List<SensorFault> faults) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (SensorFault fault : faults) {
      problems.putIfAbsent(
          fault.column(), fault.missing() ? "problem.missing" : "problem." + fault.column());
    }
    return new FormShown(cells, problems);
  }

  private void create(Visit visit, Form form) {
    Map<String, String> cells = cells(form);
    desk.end(
        visit,
        connection -> {
          SensorChange.Outcome outcome =
              desk.change(connection, visit).create(cells, desk.random());
          return outcome.ending() == SensorChange.Ending.DONE
              ? Answer.of(
                  TokenPage.of(desk, visit, connection, cells.get("code"), outcome.token()), 200)
              : Answer.of(form(visit, shown(cells, outcome.faults()), ""), 422);
        });
  }

  private void filled(Visit visit) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.send(
        visit,
        connection -> {
          SensorStore.Held held =
              new SensorStore(connection)
                  .find(new SensorCode(code))
                  .orElseThrow(() -> SensorRoutes.unknown(code));
          Map<String, String> values = new HashMap<>(SensorChange.cells(held.sensor()));
          values.put("version", held.version());
          return form(visit, FormShown.of(values), code);
        });
  }

  private void edit(Visit visit, Form form) {
    String code = SensorRoutes.codeIn(visit.context());
    String version = form.text("version").orElse("");
    Map<String, String> typed = cells(form);
    if (form.text("step").equals(Optional.of("preview"))) {
      preview(visit, code, version, typed);
      return;
    }
    desk.end(
        visit,
        connection -> {
          SensorChange.Outcome outcome =
              desk.change(connection, visit).edit(new SensorCode(code), version, typed);
          typed.put("version", version);
          if (outcome.ending() == SensorChange.Ending.FAULTY) {
            return Answer.of(form(visit, shown(typed, outcome.faults()), code), 422);
          }
          if (outcome.ending() == SensorChange.Ending.STALE) {
            return Answer.of(form(visit, FormShown.of(typed), code, true, Optional.empty()), 409);
          }
          SensorDesk.require(outcome, code);
          return Answer.goOn(SensorDesk.HOME + "/" + code + "?done=edited");
        });
  }

  /** Shows the form again, with what it would have raised; nothing is saved. */
  private void preview(Visit visit, String code, String version, Map<String, String> cells) {
    SensorChange.Typed typed = SensorChange.typed(new SensorCode(code), cells);
    Map<String, String> shown = new HashMap<>(cells);
    shown.put("version", version);
    desk.end(
        visit,
        connection -> {
          if (!typed.faults().isEmpty()) {
            return Answer.of(form(visit, shown(shown, typed.faults()), code), 422);
          }
          PreviewWords preview = desk.preview(connection, visit, typed);
          FormShown form = FormShown.of(shown);
          return Answer.of(form(visit, form, code, false, Optional.of(preview)), 200);
        });
  }
}
