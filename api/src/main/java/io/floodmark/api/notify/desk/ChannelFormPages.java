package io.floodmark.api.notify.desk;

import io.floodmark.api.access.SecretToken;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.ChannelStore;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /staff/channels/new} and {@code edit}: how a channel is set up. Made for one event loop.
 */
final class ChannelFormPages {
  private static final String NEW = ChannelPages.LIST + "/new";
  private static final String EDIT = ChannelPages.ONE + "/edit";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ChannelDesk desk;

  /**
   * Pages over {@code database}.
   *
   * @param random what keys of webhooks are drawn from
   */
  ChannelFormPages(
      DatabaseCalls database, InstantSource clock, SecureRandom random, ChannelDesk desk) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.desk = desk;
  }

  /** Registers them. */
  void addTo(Routes routes) {
    routes.get(NEW, ChannelPages.ADMIN, this::fresh);
    routes.form(NEW, ChannelPages.ADMIN, BodyLimit.FIELDS, this::add);
    routes.get(EDIT, ChannelPages.ADMIN, this::edit);
    routes.form(EDIT, ChannelPages.ADMIN, BodyLimit.FIELDS, this::change);
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
            desk.publicUrl().orElse(""),
            "words",
            desk.words(visit));
    return before.isPresent()
        ? desk.pages().named(visit, before.get().name(), "channels/form.jte", model)
        : desk.pages().page(visit, "channels.new." + kind.code(), "channels/form.jte", model);
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
              desk.audit(connection, visit, "channel.add", id, setup.kind().code());
              return id;
            })
        .onSuccess(
            id -> {
              if (isDrawn) {
                handed(visit, id, setup.secret());
              } else {
                visit.seeOther(ChannelPages.LIST + "/" + id + "?done=added");
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
        desk.pages()
            .page(
                visit,
                "channels.handed",
                "channels/handed.jte",
                Map.of("id", id, "secret", secret)));
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

  private void edit(Visit visit) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              ChannelSetup setup = ChannelDesk.get(connection, id);
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
        .read(connection -> ChannelDesk.get(connection, id))
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
              desk.audit(connection, visit, "channel.change", before.id(), before.kind().code());
              return true;
            })
        .onSuccess(done -> visit.seeOther(ChannelPages.LIST + "/" + before.id() + "?done=changed"))
        .onFailure(visit::fail);
  }
}
