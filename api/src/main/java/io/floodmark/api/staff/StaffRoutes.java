package io.floodmark.api.staff;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import java.util.EnumMap;
import java.util.Map;

/** {@code /staff}: where staff arrive. */
public final class StaffRoutes {
  private final PageKit kit;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /** Routes that render with {@code kit}. */
  public StaffRoutes(PageKit kit) {
    this.kit = kit;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff"));
    }
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get("/staff", Guard.SIGNED_IN, this::home);
  }

  private void home(Visit visit) {
    var frame = kit.frame(visit, "home.title", "", texts.get(visit.language()));
    visit.send(kit.page(visit, "staff/home.jte", frame, Map.of()));
  }
}
