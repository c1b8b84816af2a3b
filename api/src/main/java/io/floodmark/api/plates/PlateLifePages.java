package io.floodmark.api.plates;

import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.Change;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Representation;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.plate.PlateState;
import io.floodmark.plate.PlateStep;
import io.floodmark.staff.Right;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** {@code /staff/plates/:code}: the life of one plate, and the steps that need no phone. */
final class PlateLifePages {
  private static final Guard MOUNT = Guard.of(Right.MOUNT_PLATES);
  private static final String HOME = "/staff/plates/:code";
  private static final int REASON_CHARS_MAX = 500;

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final SecureRandom random;
  private final Pages pages;

  PlateLifePages(
      DatabaseCalls database, InstantSource clock, ZoneId zone, SecureRandom random, Pages pages) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.random = random;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    routes.get(HOME, MOUNT, visit -> show(visit, FormShown.EMPTY, "", 200));
    routes.form(HOME + "/lost", MOUNT, BodyLimit.FIELDS, step(PlateStep.LOSE, "plateLost"));
    routes.form(HOME + "/found", MOUNT, BodyLimit.FIELDS, step(PlateStep.FIND, "plateFound"));
    routes.form(HOME + "/revoke", MOUNT, BodyLimit.FIELDS, step(PlateStep.REVOKE, "plateRevoked"));
    routes.form(HOME + "/replace", Guard.of(Right.PRINT_PLATES), BodyLimit.FIELDS, this::replace);
  }

  /**
   * Shows the page.
   *
   * @param refusal why a step could not be taken; empty if none was asked for
   */
  private void show(Visit visit, FormShown form, String refusal, int status) {
    database
        .read(connection -> page(connection, visit, form, refusal))
        .onSuccess(
            page -> {
              visit.request().response().setStatusCode(status);
              visit.send(page);
            })
        .onFailure(visit::fail);
  }

  private Representation page(Connection connection, Visit visit, FormShown form, String refusal)
      throws SQLException {
    Plate plate = PlateLookUp.get(connection, visit, clock.instant());
    List<PlateSites.Site> next =
        plate.state() == PlateState.MOUNTED
            ? PlateSites.toMountNext(
                connection, visit.caller(), PlateSites.of(connection, plate.assetId().getAsLong()))
            : List.of();
    return pages.page(
        visit,
        "plates.one",
        "plates/one.jte",
        Map.of(
            "plate", plate,
            "events", PlateRows.events(connection, plate.code()),
            "next", next,
            "form", form,
            "refusal", refusal,
            "zone", zone));
  }

  /** What a step does within a transaction; the answer is where to go on. */
  @FunctionalInterface
  private interface Taking {
    String take(Connection connection, Plate plate, Change change) throws SQLException;
  }

  private BiConsumer<Visit, Form> step(PlateStep step, String done) {
    return (visit, form) ->
        take(
            visit,
            form,
            (connection, plate, change) -> {
              new PlateStore(connection)
                  .take(plate.code(), step, Sighting.of(change.reason()), change);
              return "/staff/plates/" + plate.code() + "?done=" + done;
            });
  }

  private void replace(Visit visit, Form form) {
    take(
        visit,
        form,
        (connection, plate, change) -> {
          PlateFormat format =
              plate.batchId().isPresent()
                  ? new PlateList(connection, visit.caller())
                      .batch(plate.batchId().getAsLong())
                      .map(PlateBatch::format)
                      .orElse(PlateFormat.L7160)
                  : PlateFormat.L7160;
          PlateMaking making = new PlateMaking(connection, random);
          return "/staff/plates/"
              + making.replace(plate.code(), format, change)
              + "?done=plateReplaced";
        });
  }

  private void take(Visit visit, Form form, Taking taking) {
    FormReading reading = new FormReading(form);
    String reason = reading.needed("reason", REASON_CHARS_MAX);
    if (!reading.isGood()) {
      show(visit, reading.shown(), "", 422);
      return;
    }
    Change change =
        new Change(visit.caller(), clock.instant(), PlatePages.address(visit), Optional.of(reason));
    database
        // Looked up outside of the transaction: a wrong code counts even though nothing is changed.
        .read(connection -> PlateLookUp.get(connection, visit, clock.instant()))
        .compose(
            plate -> database.transaction(connection -> taking.take(connection, plate, change)))
        .onSuccess(visit::seeOther)
        .onFailure(failure -> refused(visit, reading.shown(), failure));
  }

  private void refused(Visit visit, FormShown form, Throwable failure) {
    if (failure instanceof PlateRefused refused) {
      show(visit, form, PlateWords.refusal(refused, pages.texts(visit)), 409);
    } else {
      visit.fail(failure);
    }
  }
}
