package io.floodmark.api.streets;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.records.Days;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /staff/streets}: the stretches, and one of them with its sensors. */
public final class StretchPages {
  static final String HOME = "/staff/streets";
  static final int NAME_CHARS_MAX = 120;

  /** Over that, one sensor speaks for more street than it can know. */
  private static final double LONG_M = 1_000;

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Pages pages;

  StretchPages(DatabaseCalls database, InstantSource clock, ZoneId zone, Pages pages) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    Guard see = Guard.of(Right.SEE_REGISTER);
    Guard edit = Guard.of(Right.EDIT_REGISTER);
    routes.get(HOME, see, this::list);
    routes.form(HOME + "/accept", edit, BodyLimit.FIELDS, this::accept);
    routes.get(HOME + "/:id", see, visit -> one(visit, Optional.empty()));
    routes.form(HOME + "/:id", edit, BodyLimit.FIELDS, this::save);
    routes.form(HOME + "/:id/remove", edit, BodyLimit.FIELDS, this::remove);
  }

  /**
   * A stretch on the list.
   *
   * @param now how it stands
   * @param sensors its sensors, as far as they are known
   * @param proposals who may speak for it, while nobody has decided
   */
  public record Row(
      StretchNow now, List<Optional<SensorView>> sensors, List<StretchProposal> proposals) {
    /** Copies the lists. */
    public Row {
      sensors = List.copyOf(sensors);
      proposals = List.copyOf(proposals);
    }

    /** The stretch. */
    public Stretch stretch() {
      return now.stretch();
    }

    /** Its length in whole metres. */
    public long lengthM() {
      return Math.round(stretch().lines().lengthM());
    }

    /** Whether a sensor of it is retired. */
    public boolean hasRetired() {
      return sensors.stream().anyMatch(one -> one.isEmpty() || one.get().retiredAt().isPresent());
    }

    /** What is accepted by who accepts all that is proposed: {@code 12:1:bvd-01,bvd-03}. */
    public String pair() {
      return stretch().id()
          + ":"
          + stretch().version()
          + ":"
          + String.join(",", proposals.stream().map(p -> p.sensor().code()).toList());
    }
  }

  /**
   * A sensor that can be ticked.
   *
   * @param reason the text that says why it is offered first; empty for the others
   */
  public record Choice(SensorView sensor, long metres, String reason, boolean ticked) {}

  private void list(Visit visit) {
    database
        .read(
            connection -> {
              Instant now = clock.instant();
              List<SensorView> all = SensorRows.all(connection);
              Map<String, SensorView> sensors = StretchDesk.byCode(all);
              List<Row> rows =
                  new StretchStore(connection)
                      .all().stream().map(one -> row(one, all, sensors, now)).toList();
              return pages.page(visit, "streets.title", "streets/list.jte", Map.of("rows", rows));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private static Row row(
      Stretch stretch, List<SensorView> all, Map<String, SensorView> sensors, Instant now) {
    return new Row(
        StretchNow.of(stretch, sensors, now),
        stretch.sensors().stream().map(code -> Optional.ofNullable(sensors.get(code))).toList(),
        stretch.sensorsSet().isPresent()
            ? List.of()
            : StretchProposal.of(stretch.name(), stretch.lines(), all));
  }

  private void one(Visit visit, Optional<FormShown> sent) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              Stretch stretch =
                  new StretchStore(connection).find(id).orElseThrow(StretchDesk::unknown);
              List<SensorView> all = SensorRows.all(connection);
              Row row = row(stretch, all, StretchDesk.byCode(all), clock.instant());
              List<Choice> choices = choices(stretch, all, sent);
              FormShown form =
                  sent.orElseGet(
                      () ->
                          FormShown.of(
                              Map.of("name", stretch.name(), "version", "" + stretch.version())));
              String decided =
                  stretch
                      .sensorsSet()
                      .map(
                          set ->
                              pages
                                  .texts(visit)
                                  .of(
                                      "streets.decided",
                                      "who",
                                      set.by(),
                                      "when",
                                      Days.shown(set.at(), zone, visit.language())))
                      .orElse("");
              return pages.named(
                  visit,
                  stretch.name(),
                  "streets/one.jte",
                  Map.of(
                      "row", row,
                      "choices", choices,
                      "form", form,
                      "decided", decided,
                      "isLong", stretch.lines().lengthM() > LONG_M));
            })
        .onSuccess(page -> Pages.send(visit, page, sent.isPresent()))
        .onFailure(visit::fail);
  }

  /** What is ticked and what is proposed first, the rest by distance. */
  private static List<Choice> choices(
      Stretch stretch, List<SensorView> all, Optional<FormShown> sent) {
    List<Choice> choices = new ArrayList<>();
    List<StretchProposal> proposals = StretchProposal.of(stretch.name(), stretch.lines(), all);
    for (SensorView sensor : all) {
      boolean own = stretch.sensors().contains(sensor.code());
      if (!own && !StretchProposal.measuresWater(sensor)) {
        continue;
      }
      Optional<StretchProposal> proposal =
          proposals.stream().filter(one -> one.sensor().code().equals(sensor.code())).findFirst();
      String reason =
          sensor.retiredAt().isPresent()
              ? "streets.retired"
              : proposal
                  .map(one -> one.sameStreet() ? "streets.sameStreet" : "streets.near")
                  .orElse("");
      choices.add(
          new Choice(
              sensor,
              Math.round(stretch.lines().metresTo(sensor.lon(), sensor.lat())),
              reason,
              sent.isPresent() ? sent.get().values().containsKey("sensor-" + sensor.code()) : own));
    }
    choices.sort(
        Comparator.comparing((Choice choice) -> !choice.ticked())
            .thenComparing(choice -> choice.reason().isEmpty())
            .thenComparing(Choice::metres));
    return choices;
  }

  private void save(Visit visit, Form form) {
    long id = visit.id("id");
    FormReading reading = new FormReading(form);
    String name = reading.needed("name", NAME_CHARS_MAX);
    int version = reading.number("version", 0, Integer.MAX_VALUE).orElse(0);
    List<String> codes =
        form.fields().keySet().stream()
            .filter(field -> field.startsWith("sensor-"))
            .map(field -> field.substring("sensor-".length()))
            .sorted()
            .toList();
    if (!reading.isGood()) {
      one(visit, Optional.of(reading.shown()));
      return;
    }
    database
        .transaction(
            connection -> {
              desk(connection, visit).change(id, version, name, codes);
              return id;
            })
        .onSuccess(saved -> visit.seeOther(HOME + "/" + id + "?done=saved"))
        .onFailure(
            failure -> {
              if (failure instanceof ProblemException known && known.problem().status() == 409) {
                reading.wrong("name", "problem.changed");
                one(visit, Optional.of(reading.shown()));
              } else {
                visit.fail(failure);
              }
            });
  }

  /** Takes over what the list proposed, as it was seen; what has changed meanwhile stays. */
  private void accept(Visit visit, Form form) {
    List<String> pairs = form.all("pair");
    database
        .transaction(
            connection -> {
              StretchDesk desk = desk(connection, visit);
              StretchStore store = new StretchStore(connection);
              int accepted = 0;
              for (String pair : pairs) {
                if (acceptOne(desk, store, pair.split(":", 3))) {
                  accepted++;
                }
              }
              return accepted;
            })
        .onSuccess(
            accepted -> visit.seeOther(HOME + "?done=" + (accepted > 0 ? "accepted" : "changed")))
        .onFailure(visit::fail);
  }

  private static boolean acceptOne(StretchDesk desk, StretchStore store, String[] parts)
      throws SQLException {
    if (parts.length != 3 || !parts[0].matches("\\d{1,9}") || !parts[1].matches("\\d{1,9}")) {
      return false;
    }
    Optional<Stretch> stretch = store.find(Long.parseLong(parts[0]));
    List<String> codes = List.of(parts[2].split(",", -1));
    boolean asSeen =
        stretch.isPresent()
            && stretch.get().sensorsSet().isEmpty()
            && stretch.get().version() == Integer.parseInt(parts[1])
            && desk.canSpeak(codes);
    if (asSeen) {
      desk.change(stretch.get().id(), stretch.get().version(), stretch.get().name(), codes);
    }
    return asSeen;
  }

  private void remove(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .transaction(
            connection -> {
              desk(connection, visit).remove(id);
              return id;
            })
        .onSuccess(removed -> visit.seeOther(HOME + "?done=removed"))
        .onFailure(visit::fail);
  }

  private StretchDesk desk(Connection connection, Visit visit) {
    return new StretchDesk(connection, visit, clock.instant());
  }
}
