package io.floodmark.api.plates;

import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.AssetFilter;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.Change;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import io.floodmark.staff.Right;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code /staff/plates}: all plates, making new ones, batches to be printed. */
final class PlatePages {
  private static final Guard PRINT = Guard.of(Right.PRINT_PLATES);
  private static final String HOME = "/staff/plates";
  private static final int NOTE_CHARS_MAX = 200;
  private static final int SEARCH_CHARS_MAX = 100;
  private static final List<String> FORMATS =
      Arrays.stream(PlateFormat.values()).map(PlateFormat::key).toList();

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final SecureRandom random;
  private final boolean canPrint;
  private final Pages pages;

  /** Pages over {@code database}; {@code canPrint} is whether plates have an address to lead to. */
  PlatePages(
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      SecureRandom random,
      boolean canPrint,
      Pages pages) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.random = random;
    this.canPrint = canPrint;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    routes.get(HOME, PRINT, this::list);
    routes.get(HOME + "/new", PRINT, visit -> showNew(visit, asked(visit), FormShown.EMPTY));
    routes.form(HOME + "/new", PRINT, BodyLimit.FIELDS, this::make);
    routes.get(HOME + "/batch/:id", PRINT, this::batch);
    routes.form(HOME + "/batch/:id/printed", PRINT, BodyLimit.FIELDS, this::printed);
  }

  private void list(Visit visit) {
    Optional<String> typed = parameter(visit, "q");
    if (typed.isEmpty()) {
      showList(visit, "");
      return;
    }
    database
        .read(c -> PlateLookUp.find(c, visit, typed.get(), clock.instant()))
        .onSuccess(
            plate -> {
              if (plate.isPresent()) {
                visit.seeOther(HOME + "/" + plate.get().code());
              } else {
                showList(visit, typed.get());
              }
            })
        .onFailure(visit::fail);
  }

  /** Shows the list; {@code notFound} is a code that was searched in vain, or empty. */
  private void showList(Visit visit, String notFound) {
    Optional<PlateState> state = parameter(visit, "state").flatMap(PlateState::find);
    Optional<PlateCode> after = parameter(visit, "after").flatMap(PlateCode::parse);
    database
        .read(
            connection -> {
              PlateList plates = new PlateList(connection, visit.caller());
              return pages.page(
                  visit,
                  "plates.title",
                  "plates/list.jte",
                  Map.of(
                      "counts",
                      plates.counts(),
                      "page",
                      plates.page(state, after),
                      "batches",
                      plates.batches(),
                      "state",
                      state,
                      "notFound",
                      notFound,
                      "zone",
                      zone));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  /** The same words that the list of assets is filtered by. */
  private static Map<String, String> asked(Visit visit) {
    Map<String, String> asked = new HashMap<>();
    for (String name : List.of("kind", "group", "q")) {
      parameter(visit, name).ifPresent(word -> asked.put(name, word));
    }
    return asked;
  }

  private static PlatesWanted wanted(Visit visit, Map<String, String> asked) {
    AssetFilter filter =
        new AssetFilter(
            Optional.empty(),
            Optional.ofNullable(asked.get("kind")),
            Optional.ofNullable(asked.get("group")),
            Optional.empty(),
            Optional.empty(),
            asked.getOrDefault("q", ""),
            visit.caller().groups().stream().sorted().toList(),
            false);
    return new PlatesWanted(filter, List.of());
  }

  private void showNew(Visit visit, Map<String, String> asked, FormShown form) {
    database
        .read(
            connection -> {
              return pages.page(
                  visit,
                  "plates.new",
                  "plates/new.jte",
                  Map.of(
                      "asked", asked,
                      "count", wanted(visit, asked).countWithoutPlate(connection),
                      "kinds", AssetKinds.load(connection),
                      "groups", AssetGroups.load(connection).within(visit.caller()),
                      "form", form));
            })
        .onSuccess(page -> Pages.send(visit, page, form.hasProblems()))
        .onFailure(visit::fail);
  }

  private void make(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    boolean blank = form.text("what").filter("blank"::equals).isPresent();
    Optional<PlateFormat> format = reading.choice("format", FORMATS).flatMap(PlateFormat::find);
    if (format.isEmpty()) {
      reading.wrong("format", "problem.choice");
    }
    Optional<String> note = reading.text("note", NOTE_CHARS_MAX);
    OptionalInt count =
        blank ? reading.number("count", 1, PlateMaking.PLATES_MAX) : OptionalInt.of(0);
    if (count.isEmpty()) {
      reading.wrong("count", "problem.missing");
    }
    Map<String, String> asked = new HashMap<>();
    for (String name : List.of("kind", "group", "q")) {
      reading.text(name, SEARCH_CHARS_MAX).ifPresent(word -> asked.put(name, word));
    }
    if (!reading.isGood()) {
      showNew(visit, asked, reading.shown());
      return;
    }
    Change change = new Change(visit.caller(), clock.instant(), address(visit), Optional.empty());
    database
        .transaction(
            connection -> {
              PlateMaking making = new PlateMaking(connection, random);
              return blank
                  ? OptionalLong.of(making.makeBlank(count.getAsInt(), format.get(), note, change))
                  : making.makeFor(wanted(visit, asked), format.get(), note, change);
            })
        .onSuccess(
            batch -> {
              if (batch.isPresent()) {
                visit.seeOther(HOME + "/batch/" + batch.getAsLong() + "?done=platesMade");
              } else {
                reading.wrong("assets", "problem.noAssets");
                showNew(visit, asked, reading.shown());
              }
            })
        .onFailure(visit::fail);
  }

  private void batch(Visit visit) {
    long id = visit.id("id");
    database
        .read(connection -> batchPage(connection, visit, id))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Representation batchPage(Connection connection, Visit visit, long id)
      throws SQLException {
    PlateList plates = new PlateList(connection, visit.caller());
    PlateBatch batch = plates.batch(id).orElseThrow(PlatePages::noBatch);
    return pages.page(
        visit,
        "plates.batch",
        "plates/batch.jte",
        Map.of("batch", batch, "plates", plates.ofBatch(id), "canPrint", canPrint, "zone", zone));
  }

  private void printed(Visit visit, Form form) {
    long id = visit.id("id");
    Change change = new Change(visit.caller(), clock.instant(), address(visit), Optional.empty());
    database
        .transaction(
            connection -> {
              PlateBatch batch =
                  new PlateList(connection, visit.caller())
                      .batch(id)
                      .orElseThrow(PlatePages::noBatch);
              return new PlateMaking(connection, random).markPrinted(batch.id(), change);
            })
        .onSuccess(printed -> visit.seeOther(HOME + "/batch/" + id + "?done=platesPrinted"))
        .onFailure(visit::fail);
  }

  static ProblemException noBatch() {
    return new ProblemException(
        Problem.notFound("There is no such batch of plates, or it is not of your groups."));
  }

  static Optional<String> address(Visit visit) {
    return Optional.of(visit.address());
  }

  /** What cannot be meant is ignored, for people mistype. */
  static Optional<String> parameter(Visit visit, String name) {
    return Optional.ofNullable(visit.request().getParam(name))
        .map(String::strip)
        .filter(
            text -> !text.isEmpty() && text.indexOf('\0') < 0 && text.length() <= SEARCH_CHARS_MAX);
  }
}
