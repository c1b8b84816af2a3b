package io.floodmark.api.households;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.pages.PageKit;
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

/**
 * {@code /staff/assets/:id/households}. Its page shows nothing, not even how many there are, until
 * a reason is sent; the answer to that shows the entries once, and the audit log says so. A change
 * leads back to the closed page.
 */
public final class HouseholdRoutes {
  private static final Guard SEE = Guard.of(Right.SEE_HOUSEHOLDS);
  private static final String HOME = "/staff/assets/:id/households";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Pages pages;

  /** Routes that read from and write to {@code database}; {@code zone} is the ward's. */
  public HouseholdRoutes(DatabaseCalls database, InstantSource clock, ZoneId zone, PageKit kit) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.pages = new Pages(kit, "assets", "households");
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(HOME, SEE, visit -> showClosed(visit, FormShown.EMPTY));
    routes.form(HOME, SEE, BodyLimit.FIELDS, this::look);
    routes.form(HOME + "/add", SEE, BodyLimit.FIELDS, this::add);
    routes.form(HOME + "/:entry/edit", SEE, BodyLimit.FIELDS, this::edit);
    routes.form(HOME + "/:entry/erase", SEE, BodyLimit.FIELDS, this::erase);
  }

  /**
   * A household on the page, with the form that changes it.
   *
   * @param household as it is
   * @param form filled with it
   */
  public record Shown(Household household, FormShown form) {}

  private void showClosed(Visit visit, FormShown reason) {
    database
        .read(
            connection ->
                pages.page(
                    visit,
                    "households.title",
                    "households/closed.jte",
                    Map.of("asset", house(connection, visit), "form", reason)))
        .onSuccess(page -> Pages.send(visit, page, reason.hasProblems()))
        .onFailure(visit::fail);
  }

  private void look(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    String reason = HouseholdForm.reason(reading);
    if (!reading.isGood()) {
      showClosed(visit, reading.shown());
      return;
    }
    database
        .transaction(
            connection -> {
              AssetAtHand house = house(connection, visit);
              List<Household> found = new HouseholdStore(connection).ofHouse(house.id());
              HouseholdAudit.look(
                  connection,
                  visit,
                  clock.instant(),
                  "household.see",
                  house.subject(),
                  reason,
                  found);
              return pages.page(
                  visit,
                  "households.title",
                  "households/open.jte",
                  Map.of(
                      "asset",
                      house,
                      "reason",
                      reason,
                      "households",
                      found.stream().map(h -> new Shown(h, HouseholdForm.shown(h))).toList()));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void add(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    Household household = HouseholdForm.read(reading, 0, today());
    if (!reading.isGood()) {
      showAgain(visit, 0, reading.shown());
      return;
    }
    change(
        visit,
        "householdAdded",
        (store, house, at, connection) -> {
          long id = store.add(house.id(), household, at);
          HouseholdAudit.change(connection, visit, at, "household.add", house.subject(), id);
        });
  }

  private void edit(Visit visit, Form form) {
    long id = visit.id("entry");
    FormReading reading = new FormReading(form);
    Household household = HouseholdForm.read(reading, id, today());
    if (!reading.isGood()) {
      showAgain(visit, id, reading.shown());
      return;
    }
    change(
        visit,
        "householdChanged",
        (store, house, at, connection) -> {
          if (!store.change(house.id(), household, at)) {
            throw new ProblemException(
                Problem.conflict(
                    "This entry was changed or erased by somebody else meanwhile. Look at it again"
                        + " and repeat the change."));
          }
          HouseholdAudit.change(connection, visit, at, "household.edit", house.subject(), id);
        });
  }

  private void erase(Visit visit, Form form) {
    long id = visit.id("entry");
    if (!form.isTicked("sure")) {
      throw new ProblemException(
          Problem.invalid("sure", "Tick the box that says that the entry is to be erased."));
    }
    change(
        visit,
        "householdErased",
        (store, house, at, connection) -> {
          if (!store.erase(house.id(), id)) {
            throw AssetAtHand.notFound();
          }
          HouseholdAudit.change(connection, visit, at, "household.erase", house.subject(), id);
        });
  }

  /** The one form that failed, with what was typed into it; nothing else of the house. */
  private void showAgain(Visit visit, long id, FormShown form) {
    database
        .read(
            connection ->
                pages.page(
                    visit,
                    "households.title",
                    "households/again.jte",
                    Map.of("asset", house(connection, visit), "entry", id, "form", form)))
        .onSuccess(page -> Pages.send(visit, page, true))
        .onFailure(visit::fail);
  }

  /** One change within a transaction. */
  @FunctionalInterface
  private interface Change {
    void make(HouseholdStore store, AssetAtHand house, Instant at, Connection connection)
        throws SQLException;
  }

  private void change(Visit visit, String done, Change change) {
    database
        .transaction(
            connection -> {
              AssetAtHand house = house(connection, visit);
              change.make(new HouseholdStore(connection), house, clock.instant(), connection);
              return "/staff/assets/" + house.id() + "/households?done=" + done;
            })
        .onSuccess(visit::seeOther)
        .onFailure(visit::fail);
  }

  private static AssetAtHand house(Connection connection, Visit visit) throws SQLException {
    AssetAtHand asset =
        AssetAtHand.get(connection, visit.caller(), visit.language(), visit.id("id"));
    if (!asset.isOf(AssetAtHand.HOUSE)) {
      throw AssetAtHand.notFound();
    }
    return asset;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }
}
