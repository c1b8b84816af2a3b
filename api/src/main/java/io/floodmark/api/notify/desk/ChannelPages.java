package io.floodmark.api.notify.desk;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.ChannelStore;
import io.floodmark.api.notify.Outbox;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** {@code /staff/channels}, and what becomes of one channel. Made for one event loop. */
public final class ChannelPages {
  static final String LIST = "/staff/channels";
  static final String ONE = LIST + "/:id";
  static final Guard ADMIN = Guard.of(Right.MANAGE_CHANNELS);

  /** How often it is looked whether a test has ended, and how many times. */
  private static final long LOOK_MILLIS = 200;

  private static final int LOOKS_MAX = 25;

  private final Vertx vertx;
  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ChannelDesk desk;
  private final ChannelFormPages forms;

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
    this.desk = new ChannelDesk(clock, zone, new Pages(kit, "channels", "channels"), publicUrl);
    this.forms = new ChannelFormPages(database, clock, random, desk);
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(LIST, ADMIN, this::list);
    forms.addTo(routes); // before the channels: "new" is none
    routes.get(ONE, ADMIN, this::one);
    routes.form(ONE + "/test", ADMIN, BodyLimit.FIELDS, this::test);
    routes.form(ONE + "/again", ADMIN, BodyLimit.FIELDS, this::again);
    routes.form(ONE + "/remove", ADMIN, BodyLimit.FIELDS, this::remove);
  }

  private void list(Visit visit) {
    database
        .read(
            connection ->
                desk.pages()
                    .page(
                        visit,
                        "channels.title",
                        "channels/list.jte",
                        Map.of(
                            "setups", new ChannelStore(connection).all(),
                            "standings", ChannelRows.standings(connection, clock.instant()),
                            "words", desk.words(visit))))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              ChannelSetup setup = ChannelDesk.get(connection, id);
              return desk.pages()
                  .named(
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
                          "publicUrl", desk.publicUrl().orElse(""),
                          "words", desk.words(visit)));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void test(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .transaction(
            connection -> {
              ChannelSetup setup = ChannelDesk.get(connection, id);
              desk.audit(connection, visit, "channel.test", setup.id(), setup.kind().code());
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
              ChannelSetup setup = ChannelDesk.get(connection, id);
              if (!Outbox.sendAgain(
                  connection, setup.id(), row, visit.caller().actor(), clock.instant())) {
                throw new ProblemException(
                    Problem.conflict("This message was not given up, or is being sent again."));
              }
              desk.audit(connection, visit, "channel.again", setup.id(), setup.kind().code());
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
              ChannelSetup setup = ChannelDesk.get(connection, id);
              new ChannelStore(connection).remove(id, clock.instant());
              desk.audit(connection, visit, "channel.remove", setup.id(), setup.kind().code());
              return true;
            })
        .onSuccess(done -> visit.seeOther(LIST + "?done=removed"))
        .onFailure(visit::fail);
  }
}
