package io.floodmark.api.sensors.page;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** {@code GET /sensors/{code}}: one sensor for everybody, facts only. */
public final class SensorPage {
  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Pages pages;

  /** A page over {@code database}, by the ward's clock. */
  public SensorPage(DatabaseCalls database, InstantSource clock, ZoneId zone, PageKit kit) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.pages = new Pages(kit, "sensors", "doubts", "sensors", "sensorpage", "passability");
  }

  /** Registers it. */
  public void addTo(Routes routes) {
    routes.get("/sensors/:code", Guard.EVERYBODY, this::one);
  }

  private void one(Visit visit) {
    String code = SensorRoutes.codeIn(visit.context());
    database
        .read(
            connection -> {
              SensorView sensor =
                  SensorRows.ofCode(connection, code).orElseThrow(() -> SensorRoutes.unknown(code));
              NowWords words =
                  new NowWords(sensor, pages.texts(visit), visit.language(), zone, clock.instant());
              Optional<String> range = Optional.ofNullable(visit.request().getParam("range"));
              return pages.named(
                  visit,
                  sensor.name(),
                  "sensors/open.jte",
                  Map.of("chart", ChartView.of(connection, words, range)));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }
}
