package io.floodmark.api.notify.desk;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.access.SecretToken;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.ChannelStore;
import io.floodmark.api.notify.Outbox;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code /staff/channels}. Made for one event loop. */
public final class ChannelPages {
  private static final String LIST = "/staff/channels";
  private static final String NEW = LIST + "/new";
  private static final String ONE = LIST + "/:id";
  private static final Guard ADMIN = Guard.of(Right.MANAGE_CHANNELS);

  /** How often it is looked whether a test has ended, and how many times. */
  private static final long LOOK_MILLIS = 200;

  private static final int LOOKS_MAX = 25;

  private final Vertx vertx;
  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final SecureRandom random;
  private final Pages pages;
  private final Optional<String> publicUrl;

  /**
   * Pages over {@code database}.
   *
   * @param random what keys of webhooks are drawn from
   */
  public ChannelPages(
      Vertx vertx,
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      SecureRandom random,
      PageKit kit,
      Optional<String> publicUrl) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.random = random;
    this.pages = new Pages(kit, "channels", "channels");
    this.publicUrl = publicUrl;
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(LIST, ADMIN, this::list);
    routes.get(NEW, ADMIN, this::fresh);
    routes.form(NEW, ADMIN, BodyLimit.FIELDS, this::add);
    routes.get(ONE, ADMIN, this::one);
    routes.get(ONE + "/edit", ADMIN, this::edit);
    routes.form(ONE + "/edit", ADMIN, BodyLimit.FIELDS, this::change);
    routes.form(ONE + "/test", ADMIN, BodyLimit.FIELDS, this::test);
    routes.form(ONE + "/again", ADMIN, BodyLimit.FIELDS, this::again);
    routes.form(ONE + "/remove", ADMIN, BodyLimit.FIELDS, this::remove);
  }

  private ChannelWords words(Visit visit) {
    return new ChannelWords(pages.texts(visit), zone);
  }

  private void list(Visit visit) {
    database
        .read(
            connection ->
                pages.page(
                    visit,
                    "channels.title",
                    "channels/list.jte",
                    Map.of(
                        "setups", new ChannelStore(connection).all(),
                        "standings", ChannelRows.standings(connection, clock.instant()),
                        "words", words(visit))))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void fresh(Visit visit) {
    ChannelKind kind = kind(visit.request().getParam("kind"));
    database
        .read(
            connection ->
                form(
                    connection,
                    visit,
                    kind,
                    Optional.empty(),
                    ChannelForm.fresh(kind),
                    Set.of("flood"),
                    Set.of()))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private static ChannelKind kind(String code) {
    return ChannelKind.find(code == null ? "" : code).orElse(ChannelKind.WEBHOOK);
  }

  private Representation form(
      Connection connection,
      Visit visit,
      ChannelKind kind,
      Optional<ChannelSetup> before,
      FormShown form,
      Set<String> kinds,
      Set<String> zones)
      throws SQLException {
    // A zone that no sensor belongs to any more can still be taken off.
    Set<String> known = new TreeSet<>(ChannelRows.zones(connection));
    known.addAll(zones);
    Map<String, Object> model =
        Map.of(
            "kind",
            kind,
            "id",
            before.map(ChannelSetup::id).orElse(0),
            "form",
            form,
            "kinds",
            kinds,
            "zones",
            zones,
            "known",
            List.copyOf(known),
            "publicUrl",
            publicUrl.orElse(""),
            "words",
            words(visit));
    return before.isPresent()
        ? pages.named(visit, before.get().name(), "channels/form.jte", model)
        : pages.page(visit, "channels.new." + kind.code(), "channels/form.jte", model);
  }

  private void add(Visit visit, Form form) {
    ChannelKind kind = kind(form.text("kind").orElse(""));
    ChannelForm reading = new ChannelForm(form, kind);
    Optional<ChannelSetup> read = reading.read(Optional.empty());
    if (read.isEmpty()) {
      showAgain(visit, kind, Optional.empty(), form, reading.shown());
      return;
    }
    boolean isDrawn = kind == ChannelKind.WEBHOOK && read.get().secret().isEmpty();
    ChannelSetup setup = isDrawn ? withSecret(read.get()) : read.get();
    database
        .transaction(
            connection -> {
              ChannelStore store = new ChannelStore(connection);
              if (kind == ChannelKind.CAP
                  && store.all().stream().anyMatch(other -> other.kind() == ChannelKind.CAP)) {
                throw secondFeed();
              }
              int id = store.add(setup, clock.instant());
              audit(connection, visit, "channel.add", id, setup.kind().code());
              return id;
            })
        .onSuccess(
            id -> {
              if (isDrawn) {
                handed(visit, id, setup.secret());
              } else {
                visit.seeOther(LIST + "/" + id + "?done=added");
              }
            })
        .onFailure(visit::fail);
  }

  private ChannelSetup withSecret(ChannelSetup setup) {
    return new ChannelSetup(
        setup.id(),
        setup.kind(),
        setup.name(),
        setup.settings(),
        SecretToken.draw(random).value(),
        setup.enabled(),
        setup.minLevel(),
        setup.kinds(),
        setup.zones(),
        setup.quiet(),
        setup.language(),
        setup.maxPerHour(),
        setup.version());
  }

  private static ProblemException secondFeed() {
    return new ProblemException(
        Problem.conflict(
            "There is a CAP channel already, and one feed has one sender: change it."));
  }

  /** Shown once: whoever has the page open later does not get it. */
  private void handed(Visit visit, int id, String secret) {
    visit.send(
        pages.page(
            visit, "channels.handed", "channels/handed.jte", Map.of("id", id, "secret", secret)));
  }

  private void showAgain(
      Visit visit, ChannelKind kind, Optional<ChannelSetup> before, Form form, FormShown shown) {
    database
        .read(
            connection ->
                form(
                    connection,
                    visit,
                    kind,
                    before,
                    shown,
                    Set.copyOf(form.all("kinds")),
                    Set.copyOf(form.all("zones"))))
        .onSuccess(page -> Pages.send(visit, page, true))
        .onFailure(visit::fail);
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              ChannelSetup setup = find(connection, id);
              return pages.named(
                  visit,
                  setup.name(),
                  "channels/one.jte",
                  Map.of(
                      "setup", setup,
                      "standing",
                          ChannelRows.standings(connection, clock.instant())
                              .getOrDefault(setup.id(), ChannelRows.Standing.NOTHING),
                      "dead", ChannelRows.letters(connection, setup.id(), "dead"),
                      "waiting", ChannelRows.letters(connection, setup.id(), "waiting"),
                      "log", ChannelRows.log(connection, setup.id()),
                      "publicUrl", publicUrl.orElse(""),
                      "words", words(visit)));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void edit(Visit visit) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              ChannelSetup setup = find(connection, id);
              return form(
                  connection,
                  visit,
                  setup.kind(),
                  Optional.of(setup),
                  ChannelForm.of(setup),
                  Set.copyOf(setup.kinds()),
                  Set.copyOf(setup.zones()));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void change(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .read(connection -> find(connection, id))
        .onSuccess(before -> change(visit, form, before))
        .onFailure(visit::fail);
  }

  private void change(Visit visit, Form form, ChannelSetup before) {
    ChannelForm reading = new ChannelForm(form, before.kind());
    Optional<ChannelSetup> read = reading.read(Optional.of(before));
    if (read.isEmpty()) {
      showAgain(visit, before.kind(), Optional.of(before), form, reading.shown());
      return;
    }
    database
        .transaction(
            connection -> {
              if (!new ChannelStore(connection).change(read.get(), clock.instant())) {
                throw new ProblemException(
                    Problem.conflict(
                        "Somebody else changed this channel meanwhile. Open it again, then change"
                            + " it."));
              }
              audit(connection, visit, "channel.change", before.id(), before.kind().code());
              return true;
            })
        .onSuccess(done -> visit.seeOther(LIST + "/" + before.id() + "?done=changed"))
        .onFailure(visit::fail);
  }

  private void test(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .transaction(
            connection -> {
              ChannelSetup setup = find(connection, id);
              audit(connection, visit, "channel.test", setup.id(), setup.kind().code());
              return Outbox.test(connection, setup.id(), clock.instant());
            })
        .onSuccess(row -> awaitTest(visit, id, row, LOOKS_MAX))
        .onFailure(visit::fail);
  }

  /** The sender is another thread, or another process: whoever asked wants to see how it went. */
  private void awaitTest(Visit visit, long id, long row, int looksLeft) {
    database
        .read(connection -> ChannelRows.state(connection, row))
        .onSuccess(
            state -> {
              if (state.getKey().equals("waiting") && looksLeft > 0) {
                vertx.setTimer(LOOK_MILLIS, timer -> awaitTest(visit, id, row, looksLeft - 1));
              } else {
                visit.seeOther(LIST + "/" + id + "?done=test-" + state.getKey());
              }
            })
        .onFailure(visit::fail);
  }

  private void again(Visit visit, Form form) {
    long id = visit.id("id");
    long row =
        form.text("row").filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
    database
        .transaction(
            connection -> {
              ChannelSetup setup = find(connection, id);
              if (!Outbox.sendAgain(
                  connection, setup.id(), row, visit.caller().actor(), clock.instant())) {
                throw new ProblemException(
                    Problem.conflict("This message was not given up, or is being sent again."));
              }
              audit(connection, visit, "channel.again", setup.id(), setup.kind().code());
              return true;
            })
        .onSuccess(done -> visit.seeOther(LIST + "/" + id + "?done=again"))
        .onFailure(visit::fail);
  }

  private void remove(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .transaction(
            connection -> {
              ChannelSetup setup = find(connection, id);
              new ChannelStore(connection).remove(id, clock.instant());
              audit(connection, visit, "channel.remove", setup.id(), setup.kind().code());
              return true;
            })
        .onSuccess(done -> visit.seeOther(LIST + "?done=removed"))
        .onFailure(visit::fail);
  }

  private static ChannelSetup find(Connection connection, long id) throws SQLException {
    return new ChannelStore(connection)
        .find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound("There is no channel with this number: see " + LIST + ".")));
  }

  private void audit(Connection connection, Visit visit, String action, int id, String kind)
      throws SQLException {
    AuditLog.add(
        connection,
        clock.instant(),
        visit.caller(),
        action,
        "channel:" + id,
        Optional.of(visit.address()),
        Map.of("channel", kind));
  }
}
