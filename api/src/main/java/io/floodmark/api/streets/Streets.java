package io.floodmark.api.streets;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.Routes;
import java.time.InstantSource;
import java.time.ZoneId;

/** Stretches of streets and the limits of the ways of travelling, wired. */
public final class Streets {
  private final StreetRoutes data;
  private final StretchPages stretches;
  private final StretchImportPages imports;
  private final TravelLimitPage limits;

  /** Pages and data over {@code database}, by the ward's clock. */
  public Streets(DatabaseCalls database, InstantSource clock, ZoneId zone, PageKit kit) {
    Pages pages = new Pages(kit, "sensors", "streets", "passability");
    this.data = new StreetRoutes(database, clock);
    this.stretches = new StretchPages(database, clock, zone, pages);
    this.imports = new StretchImportPages(database, clock, pages);
    this.limits = new TravelLimitPage(database, clock, zone, pages);
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    data.addTo(routes);
    // Before one stretch: "import" is no number.
    imports.addTo(routes);
    stretches.addTo(routes);
    limits.addTo(routes);
  }
}
