package io.floodmark.api.sensors.desk;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /staff/rejected}: messages that were no readings, with the reason of each. */
final class RejectedPage {
  private static final int PAGE = 25;

  private final SensorDesk desk;

  RejectedPage(SensorDesk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(SensorDesk.REJECTED, Guard.of(Right.MANAGE_SENSORS), this::list);
  }

  private void list(Visit visit) {
    QueryParameters query =
        new QueryParameters(visit.request().params(), "sensor", "reason", "cursor", "lang", "done");
    List<String> reasons = new ArrayList<>(RejectedRows.REASONS);
    reasons.add(0, "");
    String reason = query.choice("reason", reasons);
    Optional<String> code = query.text("sensor").map(String::strip).filter(text -> !text.isEmpty());
    RejectedRows.Asked asked =
        new RejectedRows.Asked(
            code, Optional.of(reason).filter(text -> !text.isEmpty()), query.text("cursor"));
    desk.send(
        visit,
        connection ->
            desk.page(
                visit,
                "rejected.title",
                "rejected.jte",
                Map.of(
                    "page", RejectedRows.page(connection, asked, PAGE),
                    "code", code.orElse(""),
                    "reason", reason,
                    "reasons", RejectedRows.REASONS,
                    "words", desk.words(visit))));
  }
}
