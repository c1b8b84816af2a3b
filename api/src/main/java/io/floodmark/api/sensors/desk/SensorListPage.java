package io.floodmark.api.sensors.desk;

import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.PlainText;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.quality.Aspect;
import io.floodmark.api.quality.JudgedSensors;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.sensor.SensorCode;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code GET /staff/sensors}: which sensors there are, and how they are. */
final class SensorListPage {
  private static final int PAGE = 100;
  private static final String ANY = "any";

  private final SensorDesk desk;

  SensorListPage(SensorDesk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(SensorDesk.HOME, Guard.of(Right.SEE_REGISTER), this::list);
  }

  private void list(Visit visit) {
    QueryParameters query =
        new QueryParameters(
            visit.request().params(), "q", "state", "lacks", "cursor", "lang", "done");
    SensorListing.Asked asked =
        new SensorListing.Asked(
            query.text("q").orElse(""),
            query.choice("state", states()),
            query.choice("lacks", lacks()));
    Optional<String> after =
        query.text("cursor").map(cursor -> Cursor.read(cursor, SensorCode::isValid));
    SensorWords words = desk.words(visit);
    desk.send(
        visit,
        connection ->
            desk.page(
                visit,
                "sensors.title",
                "list.jte",
                Map.of("list", listing(connection, words.now(), asked, after), "words", words)));
  }

  private static List<String> states() {
    List<String> states = new ArrayList<>();
    states.add("");
    for (SensorState state : SensorState.values()) {
      states.add(state.code());
    }
    return states;
  }

  private static List<String> lacks() {
    List<String> lacks = new ArrayList<>(List.of("", ANY));
    for (Aspect aspect : Aspect.values()) {
      lacks.add(aspect.key());
    }
    return lacks;
  }

  private static SensorListing listing(
      Connection connection, Instant now, SensorListing.Asked asked, Optional<String> after)
      throws SQLException {
    Map<Integer, Set<Aspect>> lacking = JudgedSensors.lacking(connection, now);
    Map<SensorState, Integer> counts = new EnumMap<>(SensorState.class);
    // A ward has some dozens: what a sensor's state is, and its name without accents, is said once,
    // in Java.
    Map<String, SensorListing.Row> rows = new TreeMap<>();
    for (SensorView sensor : SensorRows.all(connection)) {
      SensorState state = sensor.stateAt(now);
      counts.merge(state, 1, Integer::sum);
      SensorListing.Row row =
          new SensorListing.Row(sensor, state, lacking.getOrDefault(sensor.id(), Set.of()));
      if (isAsked(row, asked) && sensor.code().compareTo(after.orElse("")) > 0) {
        rows.put(sensor.code(), row);
      }
    }
    List<SensorListing.Row> page = rows.values().stream().limit(PAGE).toList();
    Optional<String> next =
        rows.size() > PAGE
            ? Optional.of(Cursor.of(page.get(PAGE - 1).sensor().code()))
            : Optional.empty();
    return new SensorListing(page, counts, asked, next);
  }

  private static boolean isAsked(SensorListing.Row row, SensorListing.Asked asked) {
    boolean inState =
        asked.state().isEmpty()
            ? row.state() != SensorState.RETIRED
            : row.state().code().equals(asked.state());
    boolean inQuality =
        asked.lacks().isEmpty()
            || (asked.lacks().equals(ANY)
                ? !row.lacks().isEmpty()
                : Aspect.find(asked.lacks()).filter(row.lacks()::contains).isPresent());
    return inState && inQuality && isFound(row.sensor(), asked.search());
  }

  /** Every word asked for begins a word of the sensor. */
  private static boolean isFound(SensorView sensor, String search) {
    List<String> words =
        PlainText.words(
            String.join(
                " ",
                sensor.code(),
                sensor.name(),
                sensor.street().orElse(""),
                sensor.zone().orElse("")));
    return PlainText.words(search).stream()
        .allMatch(asked -> words.stream().anyMatch(word -> word.startsWith(asked)));
  }
}
