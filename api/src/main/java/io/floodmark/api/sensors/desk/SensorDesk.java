package io.floodmark.api.sensors.desk;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.api.sensors.health.HealthRows;
import io.floodmark.api.sensors.health.HealthWords;
import io.floodmark.api.sensors.page.NowWords;
import io.floodmark.api.sensors.preview.PreviewRows;
import io.floodmark.api.sensors.preview.PreviewWords;
import io.floodmark.api.sensors.register.MeasuringChange;
import io.floodmark.api.sensors.register.SensorChange;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /staff/sensors} and the writing half of {@code /api/v1/sensors}: what their routes share.
 * Immutable, made for one event loop. Whoever sees the register may look; only those with the right
 * {@code sensors.manage} change anything or read what was rejected.
 */
public final class SensorDesk {
  /** The list. */
  static final String HOME = "/staff/sensors";

  /** The empty form; not below the list, where it would hide a sensor whose code is "new". */
  static final String NEW = "/staff/new-sensor";

  /** What was rejected, of all sensors or of one. */
  static final String REJECTED = "/staff/rejected";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final SecureRandom random;
  private final Pages pages;
  private final Optional<String> publicUrl;
  private final int mqttPort;

  /**
   * A desk over {@code database}.
   *
   * @param random what tokens are drawn from
   * @param publicUrl under which residents reach us, whose host devices are told; where none is
   *     set, they are told the one that staff use
   * @param mqttPort where sensors connect, which devices are told
   */
  public SensorDesk(
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      SecureRandom random,
      PageKit kit,
      Optional<String> publicUrl,
      int mqttPort) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.random = random;
    this.pages =
        new Pages(kit, "sensors", "picker", "doubts", "sensors", "sensorpage", "passability");
    this.publicUrl = publicUrl;
    this.mqttPort = mqttPort;
  }

  /** Registers its pages and data. */
  public void addTo(Routes routes) {
    new SensorListPage(this).addTo(routes);
    new SensorForms(this).addTo(routes);
    new TrialPage(this).addTo(routes);
    SensorPages one = new SensorPages(this);
    one.addTo(routes);
    new MeasuringRoutes(this, one).addTo(routes);
    new RejectedPage(this).addTo(routes);
    new SensorDataRoutes(this).addTo(routes);
  }

  /** How a form ended: gone on, or answered with a page. */
  record Answer(String location, Optional<Representation> page, int status) {
    static Answer goOn(String location) {
      return new Answer(location, Optional.empty(), 303);
    }

    static Answer of(Representation page, int status) {
      return new Answer("", Optional.of(page), status);
    }
  }

  SecureRandom random() {
    return random;
  }

  DeviceSetup setup(Visit visit) {
    return DeviceSetup.of(visit, publicUrl, mqttPort);
  }

  SensorWords words(Visit visit) {
    return new SensorWords(pages.texts(visit), visit.language(), zone, clock.instant());
  }

  /** How the water stands at {@code sensor}, in words. */
  NowWords now(Visit visit, SensorView sensor) {
    return new NowWords(sensor, pages.texts(visit), visit.language(), zone, clock.instant());
  }

  /** How {@code sensor} is doing as a device, in words. */
  HealthWords health(Connection connection, Visit visit, SensorView sensor) throws SQLException {
    return new HealthWords(
        HealthRows.of(connection, sensor, clock.instant()), pages.texts(visit), visit.language());
  }

  /** What a changed sensor would have raised, in words. */
  PreviewWords preview(Connection connection, Visit visit, SensorChange.Typed typed)
      throws SQLException {
    return new PreviewWords(
        PreviewRows.of(
            connection, typed.entry().orElseThrow(), typed.policy().orElseThrow(), clock.instant()),
        pages.texts(visit),
        visit.language(),
        zone);
  }

  /** What {@code visit} changes, in the transaction of {@code connection}. */
  SensorChange change(Connection connection, Visit visit) {
    return new SensorChange(connection, author(visit));
  }

  /** What {@code visit} changes of how a sensor measures, likewise. */
  MeasuringChange measuring(Connection connection, Visit visit) {
    return new MeasuringChange(connection, author(visit));
  }

  private SensorChange.Author author(Visit visit) {
    return new SensorChange.Author(visit.caller(), Optional.of(visit.address()), clock.instant());
  }

  Representation page(
      Visit visit, String titleKey, String template, Map<String, ? extends Object> model) {
    return pages.page(visit, titleKey, "sensors/" + template, model);
  }

  /** A page named after what it shows. */
  Representation named(
      Visit visit, String name, String template, Map<String, ? extends Object> model) {
    return pages.named(visit, name, "sensors/" + template, model);
  }

  /** Reads, then sends. */
  void send(Visit visit, DatabaseCalls.Read<Representation> page) {
    database.read(page).onSuccess(visit::send).onFailure(visit::fail);
  }

  /** Writes, then answers; what throws leaves nothing written. */
  void end(Visit visit, DatabaseCalls.Read<Answer> work) {
    database
        .transaction(work)
        .onSuccess(
            answer -> {
              if (answer.page().isEmpty()) {
                visit.seeOther(answer.location());
              } else {
                visit.request().response().setStatusCode(answer.status());
                visit.send(answer.page().get());
              }
            })
        .onFailure(visit::fail);
  }

  /** Throws the problem of an outcome that is neither success nor the fault of a field. */
  static void require(SensorChange.Outcome outcome, String code) {
    require(outcome.ending(), code);
  }

  /** The same of an ending alone. */
  static void require(SensorChange.Ending ending, String code) {
    switch (ending) {
      case UNKNOWN -> throw SensorRoutes.unknown(code);
      case RETIRED ->
          throw new ProblemException(
              Problem.conflict("Sensor " + code + " is retired, and stays so."));
      case STALE ->
          throw new ProblemException(
              Problem.conflict(
                  "Somebody else changed this sensor meanwhile. Read it again, then send your"
                      + " change with its version."));
      case DONE, FAULTY -> {}
    }
  }
}
