package io.floodmark.api.staff;

import io.floodmark.api.access.Guard;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** {@code /staff}: where staff arrive, and everything about their accounts. */
public final class StaffRoutes {
  private final StaffParts parts;
  private final OwnAddress ownAddress;

  /** Routes made of {@code parts}. */
  public StaffRoutes(StaffParts parts, OwnAddress ownAddress) {
    this.parts = parts;
    this.ownAddress = ownAddress;
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get("/staff", Guard.SIGNED_IN, this::home);
    new SignInRoutes(parts, ownAddress).addTo(routes);
    new OwnAccountRoutes(parts).addTo(routes);
    new PeopleRoutes(parts).addTo(routes);
    new PeopleJsonRoutes(parts).addTo(routes);
    new TokenRoutes(parts).addTo(routes);
    new AuditRoutes(parts).addTo(routes);
  }

  private void home(Visit visit) {
    Instant now = parts.clock().instant();
    LocalDate today = LocalDate.ofInstant(now, parts.zone());
    parts
        .database()
        .read(connection -> WaitingWork.of(connection, visit.caller(), now, today))
        .onSuccess(
            work ->
                parts.show(
                    visit,
                    "staff/home.jte",
                    parts.frame(visit, "home.title", ""),
                    Map.of("work", work, "time", parts.time())))
        .onFailure(visit::fail);
  }
}
