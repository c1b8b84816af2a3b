package io.floodmark.api.care;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code /staff/care/due}: what has to be inspected or cared for again, most overdue first. */
public final class DueRoutes {
  private static final int AHEAD_DAYS = 30;

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Pages pages;

  /** Routes that read from {@code database}; {@code zone} is the ward's. */
  public DueRoutes(DatabaseCalls database, InstantSource clock, ZoneId zone, PageKit kit) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.pages = new Pages(kit, "assets", "care");
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get("/staff/care/due", Guard.of(Right.SEE_REGISTER), this::list);
  }

  private void list(Visit visit) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    database
        .read(
            connection -> {
              List<DueEntry> entries =
                  DueEntry.until(connection, visit.caller(), today.plusDays(AHEAD_DAYS));
              return pages.page(
                  visit,
                  "due.title",
                  "care/due.jte",
                  Map.of("entries", entries, "today", today, "most", DueEntry.MOST));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }
}
