package io.floodmark.api.care;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.assetphotos.PhotoUploads;
import io.floodmark.api.assets.Change;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.photos.Photo;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.records.AssetAtHand;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /staff/assets/:id/care}: the record, the form that adds to it, the page for paper. */
public final class CareRoutes {
  private static final Guard SEE = Guard.of(Right.SEE_REGISTER);
  private static final Guard EDIT = Guard.of(Right.EDIT_REGISTER);
  private static final String HOME = "/staff/assets/:id/care";

  /** The one field of the form that takes a file. */
  private static final String FILE = "photo";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final PhotoUploads uploads;
  private final PhotoStore photos;
  private final Pages pages;

  /** Routes that read from and write to {@code database}; {@code zone} is the ward's. */
  public CareRoutes(
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      PhotoUploads uploads,
      PhotoStore photos,
      PageKit kit) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.uploads = uploads;
    this.photos = photos;
    this.pages = new Pages(kit, "assets", "photos", "care");
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(HOME, SEE, this::list);
    routes.form(HOME, EDIT, BodyLimit.PHOTOS, this::add);
    routes.get(HOME + "/print", SEE, this::print);
  }

  private void list(Visit visit) {
    OptionalLong corrects = number(Optional.ofNullable(visit.request().getParam("corrects")));
    database
        .read(
            connection -> {
              AssetAtHand asset = asset(connection, visit);
              List<CareEntry> entries = new CareStore(connection).ofAsset(asset.id());
              FormShown form =
                  entries.stream()
                      .filter(e -> corrects.isPresent() && e.id() == corrects.getAsLong())
                      .filter(entry -> entry.correctedBy().isEmpty())
                      .findFirst()
                      .map(CareForm::correcting)
                      .orElse(FormShown.of(Map.of("doneOn", today().toString())));
              return pages.page(
                  visit, "care.title", "care/list.jte", model(visit, asset, entries, form, ""));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void print(Visit visit) {
    database
        .read(
            connection -> {
              AssetAtHand asset = asset(connection, visit);
              List<CareEntry> entries = new CareStore(connection).ofAsset(asset.id());
              return pages.page(
                  visit,
                  asset.isOf(AssetAtHand.TREE) ? "care.bookTree" : "care.book",
                  "care/print.jte",
                  Map.of(
                      "asset", asset,
                      "entries", entries,
                      "choices", AssetChoices.of(asset.kind(), visit.language()),
                      "zone", zone,
                      "printedAt", clock.instant()));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Map<String, Object> model(
      Visit visit, AssetAtHand asset, List<CareEntry> entries, FormShown form, String refusal) {
    return Map.of(
        "asset", asset,
        "entries", entries,
        "choices", AssetChoices.of(asset.kind(), visit.language()),
        "zone", zone,
        "form", form,
        "refusal", refusal);
  }

  private void add(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    OptionalLong corrects = number(form.text("corrects"));
    List<Form.Upload> files = form.uploads(FILE);
    if (files.size() > 1) {
      reading.wrong(FILE, "problem.onePhoto");
    }
    database
        .read(connection -> asset(connection, visit))
        .onSuccess(
            asset -> {
              AssetChoices choices = AssetChoices.of(asset.kind(), visit.language());
              CareEntry.Entered entered = CareForm.read(reading, choices, corrects, today());
              if (!reading.isGood()) {
                showAgain(visit, reading.shown(), "");
              } else {
                takeIn(visit, reading, entered, files);
              }
            })
        .onFailure(visit::fail);
  }

  private void takeIn(
      Visit visit, FormReading reading, CareEntry.Entered entered, List<Form.Upload> files) {
    uploads
        .accept(files)
        .onSuccess(
            outcome -> {
              if (outcome.refusal().isPresent()) {
                reading.wrong(FILE, "problem.photoRefused");
                showAgain(visit, reading.shown(), outcome.sentence(pages.texts(visit)));
              } else {
                keep(visit, entered, outcome.photos().stream().findFirst());
              }
            })
        .onFailure(visit::fail);
  }

  private void showAgain(Visit visit, FormShown form, String refusal) {
    database
        .read(
            connection -> {
              AssetAtHand asset = asset(connection, visit);
              List<CareEntry> entries = new CareStore(connection).ofAsset(asset.id());
              return pages.page(
                  visit,
                  "care.title",
                  "care/list.jte",
                  model(visit, asset, entries, form, refusal));
            })
        .onSuccess(page -> Pages.send(visit, page, true))
        .onFailure(visit::fail);
  }

  private void keep(Visit visit, CareEntry.Entered entered, Optional<Photo> photo) {
    database
        .transaction(
            connection -> {
              Instant now = clock.instant();
              AssetAtHand asset = asset(connection, visit);
              CareStore store = new CareStore(connection);
              store.lock(asset.id());
              List<CareEntry> before = store.ofAsset(asset.id());
              requireCorrectable(entered.corrects(), before);
              OptionalLong photoId =
                  photo.isPresent()
                      ? OptionalLong.of(
                          photos
                              .insert(connection, photo.get(), visit.caller().staffId(), now)
                              .id())
                      : OptionalLong.empty();
              long id = store.add(asset.id(), entered, photoId, visit.caller(), now);
              note(connection, visit, now, asset, entered, id);
              if (speaksForTheAsset(entered, before)) {
                carryOver(connection, visit, now, asset, entered, id);
              }
              return "/staff/assets/" + asset.id() + "/care?done=careAdded#entry-" + id;
            })
        .onSuccess(visit::seeOther)
        .onFailure(visit::fail);
  }

  /** An entry of this record that nothing has corrected yet. */
  private static void requireCorrectable(OptionalLong corrects, List<CareEntry> entries) {
    if (corrects.isEmpty()) {
      return;
    }
    CareEntry entry =
        entries.stream()
            .filter(e -> e.id() == corrects.getAsLong())
            .findFirst()
            .orElseThrow(AssetAtHand::notFound);
    if (entry.correctedBy().isPresent()) {
      throw new ProblemException(
          Problem.conflict(
              "Entry "
                  + entry.id()
                  + " was corrected by entry "
                  + entry.correctedBy().getAsLong()
                  + " already. Correct that one."));
    }
  }

  /** An inspection does, unless a later one that still stands has already said how things are. */
  private static boolean speaksForTheAsset(CareEntry.Entered entered, List<CareEntry> before) {
    return entered.kind().equals(CareKinds.INSPECTION)
        && before.stream()
            .filter(e -> e.correctedBy().isEmpty())
            .filter(e -> !entered.corrects().equals(OptionalLong.of(e.id())))
            .filter(e -> e.entered().kind().equals(CareKinds.INSPECTION))
            .noneMatch(e -> e.entered().doneOn().isAfter(entered.doneOn()));
  }

  private static void carryOver(
      Connection connection,
      Visit visit,
      Instant at,
      AssetAtHand asset,
      CareEntry.Entered entered,
      long id)
      throws SQLException {
    if (entered.condition().isPresent() || entered.risk().isPresent()) {
      InspectedAsset.found(
          connection,
          asset.id(),
          entered.condition(),
          entered.risk(),
          new Change(visit.caller(), at, Optional.of(visit.address()), Optional.of("care:" + id)));
    }
  }

  private static void note(
      Connection connection,
      Visit visit,
      Instant at,
      AssetAtHand asset,
      CareEntry.Entered entered,
      long id)
      throws SQLException {
    AuditLog.add(
        connection,
        at,
        visit.caller(),
        entered.corrects().isPresent() ? "care.correct" : "care.add",
        asset.subject(),
        Optional.of(visit.address()),
        Map.of("entry", Long.toString(id), "kind", entered.kind()));
  }

  private static AssetAtHand asset(Connection connection, Visit visit) throws SQLException {
    return AssetAtHand.get(connection, visit.caller(), visit.language(), visit.id("id"));
  }

  private static OptionalLong number(Optional<String> text) {
    return text.filter(digits -> digits.matches("\\d{1,18}")).map(Long::parseLong).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }
}
