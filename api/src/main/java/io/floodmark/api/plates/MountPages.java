package io.floodmark.api.plates;

import io.floodmark.api.access.Guard;
import io.floodmark.api.assetphotos.PhotoUploads;
import io.floodmark.api.assets.Change;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Representation;
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
import io.floodmark.plate.PlateStep;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@code /staff/plates/:code/mount} and {@code /check}: for somebody who stands before the plate
 * with a phone, which has read the code with its own camera. The first step takes the position, by
 * a script or not at all; the second is the form, which the server writes knowing the position.
 */
final class MountPages {
  private static final Guard MOUNT = Guard.of(Right.MOUNT_PLATES);
  private static final int NOTE_CHARS_MAX = 500;
  private static final String PHOTO = "photo";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final PhotoUploads uploads;
  private final PhotoStore photos;
  private final Pages pages;

  MountPages(
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      PhotoUploads uploads,
      PhotoStore photos,
      Pages pages) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.uploads = uploads;
    this.photos = photos;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    for (PlateStep step : List.of(PlateStep.MOUNT, PlateStep.CHECK)) {
      String path = "/staff/plates/:code/" + step.key();
      routes.get(path, MOUNT, visit -> show(visit, step, asked(visit), FormShown.EMPTY, "", 200));
      routes.form(path, MOUNT, BodyLimit.PHOTOS, (visit, form) -> take(visit, step, form));
    }
  }

  /**
   * What is known of the place so far.
   *
   * @param spot of the phone
   * @param without whether the reader goes on without one
   * @param search words for the asset that a blank plate is mounted on
   */
  private record Asked(Optional<Spot> spot, boolean without, String search) {}

  private static Asked asked(Visit visit) {
    Optional<Spot> spot =
        Spot.parse(
            PlatePages.parameter(visit, "lon").orElse(""),
            PlatePages.parameter(visit, "lat").orElse(""),
            PlatePages.parameter(visit, "accuracy").orElse(""));
    return new Asked(
        spot,
        PlatePages.parameter(visit, "position").filter("no"::equals).isPresent(),
        PlatePages.parameter(visit, "q").orElse(""));
  }

  private void show(
      Visit visit, PlateStep step, Asked asked, FormShown form, String refusal, int status) {
    database
        .read(connection -> page(connection, visit, step, asked, form, refusal))
        .onSuccess(
            page -> {
              visit.request().response().setStatusCode(status);
              visit.send(page);
            })
        .onFailure(visit::fail);
  }

  private Representation page(
      Connection connection,
      Visit visit,
      PlateStep step,
      Asked asked,
      FormShown form,
      String refusal)
      throws SQLException {
    Plate plate = PlateLookUp.get(connection, visit, clock.instant());
    boolean possible = step.from(plate.state()).isPresent();
    OptionalInt distance = OptionalInt.empty();
    if (!plate.isBlank() && asked.spot().isPresent()) {
      Spot registered = PlateSites.of(connection, plate.assetId().getAsLong());
      distance =
          OptionalInt.of(
              (int) Math.round(asked.spot().get().distanceM(registered.lon(), registered.lat())));
    }
    Map<String, Object> model = new HashMap<>();
    model.put("plate", plate);
    model.put("step", step);
    model.put("spot", asked.spot().map(Spot::query).orElse(""));
    model.put("accuracyM", asked.spot().map(s -> (int) Math.round(s.accuracyM())).orElse(0));
    model.put("placed", asked.spot().isPresent() || asked.without() || form.hasProblems());
    model.put("distance", distance);
    model.put("far", distance.isPresent() && Spot.isFar(distance.getAsInt()));
    model.put("search", asked.search());
    model.put(
        "sites",
        plate.isBlank() && possible
            ? PlateSites.withoutPlate(connection, visit.caller(), asked.spot(), asked.search())
            : List.of());
    model.put("lastPhoto", lastPhoto(connection, plate));
    model.put("form", form);
    model.put("zone", zone);
    model.put(
        "refusal",
        refusal.isEmpty() && !possible
            ? PlateWords.refusal(PlateRefused.step(step, plate.state()), pages.texts(visit))
            : refusal);
    model.put("possible", possible);
    return pages.page(visit, "plates." + step.key(), "plates/onsite.jte", model);
  }

  /** The newest photo of the plate at its place, to compare with; empty if there is none. */
  private static String lastPhoto(Connection connection, Plate plate) throws SQLException {
    return PlateRows.events(connection, plate.code()).stream()
        .flatMap(event -> event.photoKey().stream())
        .findFirst()
        .orElse("");
  }

  private void take(Visit visit, PlateStep step, Form form) {
    FormReading reading = new FormReading(form);
    Optional<String> note = reading.text("note", NOTE_CHARS_MAX);
    Optional<Spot> spot =
        Spot.parse(
            form.text("lon").orElse(""),
            form.text("lat").orElse(""),
            form.text("accuracy").orElse(""));
    if (spot.isEmpty() && note.isEmpty()) {
      reading.wrong("note", "problem.noPosition");
    }
    List<Form.Upload> files = form.uploads(PHOTO);
    if (files.size() > 1) {
      reading.wrong(PHOTO, "problem.onePhoto");
    }
    OptionalLong asset =
        form.text("asset")
            .filter(text -> text.matches("\\d{1,18}"))
            .map(text -> OptionalLong.of(Long.parseLong(text)))
            .orElse(OptionalLong.empty());
    Asked asked = new Asked(spot, spot.isEmpty(), form.text("q").orElse(""));
    if (!reading.isGood()) {
      show(visit, step, asked, reading.shown(), "", 422);
      return;
    }
    database
        // Whether the plate is theirs is asked before seconds are spent on the photo.
        .read(connection -> PlateLookUp.get(connection, visit, clock.instant()))
        .compose(
            plate ->
                uploads
                    .accept(files)
                    .compose(
                        outcome -> {
                          if (outcome.refusal().isPresent()) {
                            reading.wrong(PHOTO, "problem.photoRefused");
                            show(
                                visit,
                                step,
                                asked,
                                reading.shown(),
                                outcome.sentence(pages.texts(visit)),
                                422);
                            return Future.succeededFuture(Optional.<String>empty());
                          }
                          return keep(visit, step, plate, asset, spot, outcome.photos(), note)
                              .map(Optional::of);
                        }))
        .onSuccess(place -> place.ifPresent(visit::seeOther))
        .onFailure(failure -> refused(visit, step, asked, reading, failure));
  }

  private Future<String> keep(
      Visit visit,
      PlateStep step,
      Plate plate,
      OptionalLong asset,
      Optional<Spot> spot,
      List<Photo> taken,
      Optional<String> note) {
    return database.transaction(
        connection -> {
          Instant now = clock.instant();
          Change change =
              new Change(visit.caller(), now, PlatePages.address(visit), Optional.empty());
          OptionalLong photoId = OptionalLong.empty();
          for (Photo photo : taken) {
            photoId =
                OptionalLong.of(
                    photos.insert(connection, photo, visit.caller().staffId(), now).id());
          }
          Sighting seen = new Sighting(spot, photoId, note);
          PlateStore store = new PlateStore(connection);
          if (step == PlateStep.MOUNT) {
            store.mount(plate.code(), target(connection, visit, plate, asset), seen, change);
          } else {
            store.take(plate.code(), step, seen, change);
          }
          return "/staff/plates/"
              + plate.code()
              + "?done="
              + (step == PlateStep.MOUNT ? "plateMounted" : "plateChecked");
        });
  }

  /** What a plate made ahead is to be mounted on, if the caller may see that. */
  private static OptionalLong target(
      Connection connection, Visit visit, Plate plate, OptionalLong asset) throws SQLException {
    return plate.isBlank() && asset.isPresent()
        ? OptionalLong.of(
            AssetAtHand.get(connection, visit.caller(), visit.language(), asset.getAsLong()).id())
        : OptionalLong.empty();
  }

  private void refused(
      Visit visit, PlateStep step, Asked asked, FormReading reading, Throwable failure) {
    if (failure instanceof PlateRefused refused) {
      if (refused.key().equals("noAsset")) {
        reading.wrong("asset", "problem.noAsset");
      }
      String sentence = PlateWords.refusal(refused, pages.texts(visit));
      show(visit, step, asked, reading.shown(), sentence, reading.isGood() ? 409 : 422);
    } else {
      visit.fail(failure);
    }
  }
}
