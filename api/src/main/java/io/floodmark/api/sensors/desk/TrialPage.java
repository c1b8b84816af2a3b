package io.floodmark.api.sensors.desk;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.preview.PreviewWords;
import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.api.sensors.register.SensorRow;
import io.floodmark.api.sensors.register.SensorStore;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /staff/sensors/{code}/preview}: what other thresholds would have raised, for those who
 * handle alerts and know the streets. It only reads, so what is tried stands in the address and can
 * be sent to whoever may save it.
 */
final class TrialPage {
  private static final String PATH = SensorDesk.HOME + "/:code/preview";

  private final SensorDesk desk;

  TrialPage(SensorDesk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(PATH, Guard.of(Right.HANDLE_ALERTS), this::trial);
  }

  /** What can be tried. */
  private static List<String> columns() {
    List<String> columns = new ArrayList<>(SensorRow.THRESHOLDS);
    columns.add("low_point_delta_mm");
    columns.add(SensorRow.CLEAR_DELAY);
    return columns;
  }

  private void trial(Visit visit) {
    String code = SensorRoutes.codeIn(visit.context());
    desk.end(visit, connection -> trial(connection, visit, code));
  }

  private SensorDesk.Answer trial(Connection connection, Visit visit, String code)
      throws SQLException {
    SensorStore.Held held =
        new SensorStore(connection)
            .find(new SensorCode(code))
            .orElseThrow(() -> SensorRoutes.unknown(code));
    if (held.sensor().entry().kind() == SensorKind.RAIN) {
      throw new ProblemException(Problem.notFound("A rain gauge has no thresholds."));
    }
    Map<String, String> cells = new HashMap<>(SensorChange.cells(held.sensor()));
    boolean asked = false;
    for (String column : columns()) {
      String typed = visit.request().getParam(column);
      if (typed != null) {
        asked = true;
        cells.put(column, typed.strip());
      }
    }
    FormShown form = FormShown.of(cells);
    if (!asked) {
      return SensorDesk.Answer.of(page(visit, code, form, Optional.empty()), 200);
    }
    cells.values().removeIf(String::isEmpty);
    SensorChange.Typed typed = SensorChange.typed(new SensorCode(code), cells);
    return typed.faults().isEmpty()
        ? SensorDesk.Answer.of(
            page(visit, code, form, Optional.of(desk.preview(connection, visit, typed))), 200)
        : SensorDesk.Answer.of(
            page(visit, code, SensorForms.shown(cells, typed.faults()), Optional.empty()), 422);
  }

  private Representation page(
      Visit visit, String code, FormShown form, Optional<PreviewWords> preview) {
    return desk.page(
        visit,
        "preview.trial",
        "trial.jte",
        Map.of("form", form, "code", code, "columns", columns(), "preview", preview));
  }
}
