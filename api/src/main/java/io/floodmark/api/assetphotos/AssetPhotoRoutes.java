package io.floodmark.api.assetphotos;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.AssetHistory;
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
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /staff/assets/:id/photos}: upload, publish, take back, remove. */
public final class AssetPhotoRoutes {
  private static final Guard SEE = Guard.of(Right.SEE_REGISTER);
  private static final Guard EDIT = Guard.of(Right.EDIT_REGISTER);
  private static final String HOME = "/staff/assets/:id/photos";
  private static final int CAPTION_CHARS_MAX = 200;

  /** The one field of the form that takes files. */
  private static final String FILES = "photos";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final PhotoUploads uploads;
  private final PhotoStore photos;
  private final Pages pages;

  /**
   * Routes that take photos in by {@code uploads} and keep them by {@code photos}; {@code zone} is
   * the ward's.
   */
  public AssetPhotoRoutes(
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
    this.pages = new Pages(kit, "assets", "photos", "assetphotos");
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(HOME, SEE, visit -> show(visit, FormShown.EMPTY, ""));
    routes.form(HOME, EDIT, BodyLimit.PHOTOS, this::upload);
    routes.form(HOME + "/:photo/public", EDIT, BodyLimit.FIELDS, this::publish);
    routes.form(HOME + "/:photo/remove", EDIT, BodyLimit.FIELDS, this::remove);
  }

  /**
   * Shows the page.
   *
   * @param refusal why a photo was not taken; empty if none was refused
   */
  private void show(Visit visit, FormShown form, String refusal) {
    database
        .read(
            connection -> {
              AssetAtHand asset = asset(connection, visit);
              return pages.page(
                  visit,
                  "photos.title",
                  "assetphotos/list.jte",
                  Map.of(
                      "asset", asset,
                      "photos", new AssetPhotoStore(connection).ofAsset(asset.id()),
                      "form", form,
                      "zone", zone,
                      "refusal", refusal));
            })
        .onSuccess(page -> Pages.send(visit, page, form.hasProblems()))
        .onFailure(visit::fail);
  }

  private void upload(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    Optional<String> caption = reading.text("caption", CAPTION_CHARS_MAX);
    boolean isPublic = form.text("public").filter("yes"::equals).isPresent();
    List<Form.Upload> files = form.uploads(FILES);
    if (files.isEmpty()) {
      reading.wrong(FILES, "problem.noPhoto");
    }
    if (!reading.isGood()) {
      show(visit, reading.shown(), "");
      return;
    }
    // Whether the asset is theirs is asked before seconds are spent on the photos.
    database
        .read(connection -> asset(connection, visit))
        .compose(asset -> uploads.accept(files))
        .onSuccess(
            outcome -> {
              if (outcome.refusal().isPresent()) {
                reading.wrong(FILES, "problem.photoRefused");
                show(visit, reading.shown(), outcome.sentence(pages.texts(visit)));
              } else {
                keep(visit, outcome.photos(), caption, isPublic);
              }
            })
        .onFailure(visit::fail);
  }

  private void keep(Visit visit, List<Photo> taken, Optional<String> caption, boolean isPublic) {
    database
        .transaction(
            connection -> {
              AssetAtHand asset = asset(connection, visit);
              Instant now = clock.instant();
              AssetPhotoStore store = new AssetPhotoStore(connection);
              for (Photo photo : taken) {
                long id = photos.insert(connection, photo, visit.caller().staffId(), now).id();
                store.add(asset.id(), id, caption, isPublic);
                note(
                    connection,
                    visit,
                    now,
                    asset,
                    id,
                    Optional.empty(),
                    isPublic ? "public" : "private");
              }
              return asset.id();
            })
        .onSuccess(id -> visit.seeOther("/staff/assets/" + id + "/photos?done=photoAdded"))
        .onFailure(visit::fail);
  }

  private void publish(Visit visit, Form form) {
    boolean isPublic = form.text("public").filter("yes"::equals).isPresent();
    change(
        visit,
        isPublic ? "photoPublic" : "photoPrivate",
        isPublic ? "private" : "public",
        isPublic ? "public" : "private",
        (store, assetId, photoId) -> store.setPublic(assetId, photoId, isPublic));
  }

  private void remove(Visit visit, Form form) {
    if (!form.isTicked("sure")) {
      throw new ProblemException(
          Problem.invalid("sure", "Tick the box that says that the photo is to be removed."));
    }
    change(visit, "photoRemoved", "kept", "removed", AssetPhotoStore::remove);
  }

  /** One change of one photo within a transaction; false where the asset has no such photo. */
  @FunctionalInterface
  private interface Step {
    boolean make(AssetPhotoStore store, long assetId, long photoId) throws SQLException;
  }

  private void change(Visit visit, String done, String before, String after, Step step) {
    long photoId = visit.id("photo");
    database
        .transaction(
            connection -> {
              AssetAtHand asset = asset(connection, visit);
              if (!step.make(new AssetPhotoStore(connection), asset.id(), photoId)) {
                throw AssetAtHand.notFound();
              }
              note(connection, visit, clock.instant(), asset, photoId, Optional.of(before), after);
              return asset.id();
            })
        .onSuccess(id -> visit.seeOther("/staff/assets/" + id + "/photos?done=" + done))
        .onFailure(visit::fail);
  }

  private static void note(
      Connection connection,
      Visit visit,
      Instant at,
      AssetAtHand asset,
      long photoId,
      Optional<String> before,
      String after)
      throws SQLException {
    AssetHistory.add(
        connection,
        asset.id(),
        new AssetPhotoStore(connection).version(asset.id()),
        "photo",
        new Change(visit.caller(), at, Optional.of(visit.address()), Optional.empty()),
        Map.of("photo:" + photoId, new AssetHistory.Diff(before, Optional.of(after))));
    AuditLog.add(
        connection,
        at,
        visit.caller(),
        "asset.photo",
        asset.subject(),
        Optional.of(visit.address()),
        Map.of("photo", Long.toString(photoId), "state", after));
  }

  private static AssetAtHand asset(Connection connection, Visit visit) throws SQLException {
    return AssetAtHand.get(connection, visit.caller(), visit.language(), visit.id("id"));
  }
}
