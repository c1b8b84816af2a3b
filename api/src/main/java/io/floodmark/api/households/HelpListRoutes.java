package io.floodmark.api.households;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Representation;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * {@code /staff/households}: who needs help in a flood, by group, to look at and as a file. Asked
 * for by POST with a reason, as every look at households; each is audited.
 */
public final class HelpListRoutes {
  private static final Guard SEE = Guard.of(Right.SEE_HOUSEHOLDS);
  private static final String HOME = "/staff/households";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final Pages pages;

  /** Routes that read from {@code database}. */
  public HelpListRoutes(DatabaseCalls database, InstantSource clock, PageKit kit) {
    this.database = database;
    this.clock = clock;
    this.pages = new Pages(kit, "assets", "households");
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(HOME, SEE, visit -> showClosed(visit, FormShown.EMPTY));
    routes.form(HOME, SEE, BodyLimit.FIELDS, this::look);
    routes.form(HOME + "/export", SEE, BodyLimit.FIELDS, this::export);
  }

  /**
   * What was asked for.
   *
   * @param reason why
   * @param groupId of one group; empty for all in the caller's scope
   */
  private record Asked(String reason, OptionalInt groupId) {
    String subject() {
      return groupId.isPresent() ? "group-id:" + groupId.getAsInt() : "groups";
    }
  }

  private void showClosed(Visit visit, FormShown form) {
    database
        .read(
            connection ->
                pages.page(
                    visit,
                    "help.title",
                    "households/helpclosed.jte",
                    Map.of(
                        "groups",
                        new HouseholdStore(connection).groups(visit.caller()),
                        "form",
                        form)))
        .onSuccess(page -> Pages.send(visit, page, form.hasProblems()))
        .onFailure(visit::fail);
  }

  private void look(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    Asked asked = asked(reading);
    if (!reading.isGood()) {
      showClosed(visit, reading.shown());
      return;
    }
    database
        .transaction(
            connection ->
                pages.page(
                    visit,
                    "help.title",
                    "households/help.jte",
                    Map.of(
                        "entries",
                        seen(connection, visit, asked, "household.list"),
                        "form",
                        reading.shown())))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void export(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    Asked asked = asked(reading);
    if (!reading.isGood()) {
      showClosed(visit, reading.shown());
      return;
    }
    database
        .transaction(
            connection -> {
              List<HelpEntry> entries = seen(connection, visit, asked, "household.export");
              return Representation.computed(
                  "text/csv; charset=utf-8",
                  HelpCsv.bytes(entries, pages.texts(visit)),
                  visit.acceptEncoding());
            })
        .onSuccess(
            file -> {
              visit
                  .request()
                  .response()
                  .putHeader("Content-Disposition", "attachment; filename=\"ho-can-ho-tro.csv\"");
              visit.send(file);
            })
        .onFailure(visit::fail);
  }

  private static Asked asked(FormReading reading) {
    return new Asked(HouseholdForm.reason(reading), reading.number("group", 1, Integer.MAX_VALUE));
  }

  private List<HelpEntry> seen(Connection connection, Visit visit, Asked asked, String action)
      throws SQLException {
    if (asked.groupId().isPresent() && !visit.caller().covers(asked.groupId())) {
      throw AssetAtHand.notFound();
    }
    List<HelpEntry> entries =
        new HouseholdStore(connection).inNeed(visit.caller(), asked.groupId());
    HouseholdAudit.look(
        connection,
        visit,
        clock.instant(),
        action,
        asked.subject(),
        asked.reason(),
        entries.stream().map(HelpEntry::household).toList());
    return entries;
  }
}
