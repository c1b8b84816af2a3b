package io.floodmark.api.groups;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Json;
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
import io.vertx.ext.web.RoutingContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code /staff/groups} and {@code /api/v1/groups}. The public learns codes and names; the people
 * in charge are shown to staff whose scope takes in their group.
 */
public final class GroupRoutes {
  private static final Guard SEE = Guard.of(Right.SEE_REGISTER);
  private static final Guard CHANGE = Guard.of(Right.MANAGE_STAFF);
  private static final String CODE = "[A-Za-z0-9][A-Za-z0-9_-]{0,31}";
  private static final int NAME_CHARS_MAX = 120;
  private static final int PHONE_CHARS_MAX = 40;
  private static final String HOME = "/staff/groups";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final Pages pages;

  /** Routes that read from and write to {@code database}. */
  public GroupRoutes(DatabaseCalls database, InstantSource clock, PageKit kit) {
    this.database = database;
    this.clock = clock;
    this.pages = new Pages(kit, "assets", "groups");
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.read("/api/v1/groups", this::names);
    routes.get(HOME, SEE, visit -> showAll(visit, FormShown.EMPTY));
    routes.form(HOME, CHANGE, BodyLimit.FIELDS, this::add);
    routes.get(HOME + "/:id", SEE, visit -> showOne(visit, Shown.NOTHING));
    routes.form(HOME + "/:id", CHANGE, BodyLimit.FIELDS, this::rename);
    routes.form(HOME + "/:id/retire", CHANGE, BodyLimit.FIELDS, this::retire);
    routes.form(HOME + "/:id/people", CHANGE, BodyLimit.FIELDS, this::addPerson);
    routes.form(HOME + "/:id/people/:person", CHANGE, BodyLimit.FIELDS, this::changePerson);
    routes.form(HOME + "/:id/people/:person/remove", CHANGE, BodyLimit.FIELDS, this::removePerson);
  }

  /**
   * What stands in the forms of a group's page.
   *
   * @param name the form of its name, where that was sent
   * @param personId whose form {@code person} is, 0 for the one that adds
   * @param person the form of a person, where that was sent
   */
  public record Shown(Optional<FormShown> name, int personId, FormShown person) {
    /** Nothing was sent. */
    static final Shown NOTHING = new Shown(Optional.empty(), 0, FormShown.EMPTY);

    /** Whether one of them has to be sent again. */
    public boolean hasProblems() {
      return person.hasProblems() || name.map(FormShown::hasProblems).orElse(false);
    }
  }

  private void names(RoutingContext request) {
    Optional<String> acceptEncoding =
        Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
    database
        .read(
            connection -> {
              Map<String, String> names = new GroupStore(connection).publicNames();
              byte[] body =
                  Json.bytes(
                      json -> {
                        json.writeStartObject();
                        json.writeArrayFieldStart("groups");
                        for (Map.Entry<String, String> group : names.entrySet()) {
                          json.writeStartObject();
                          json.writeStringField("code", group.getKey());
                          json.writeStringField("name", group.getValue());
                          json.writeEndObject();
                        }
                        json.writeEndArray();
                        json.writeEndObject();
                      });
              return Representation.computed("application/json", body, acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), "no-cache"))
        .onFailure(request::fail);
  }

  private void showAll(Visit visit, FormShown form) {
    database
        .read(
            connection -> {
              GroupStore store = new GroupStore(connection);
              return pages.page(
                  visit,
                  "groups.title",
                  "groups/list.jte",
                  Map.of(
                      "groups", store.all(),
                      "people", store.people(visit.caller()),
                      "form", form));
            })
        .onSuccess(page -> Pages.send(visit, page, form.hasProblems()))
        .onFailure(visit::fail);
  }

  private void showOne(Visit visit, Shown shown) {
    int id = id(visit, "id");
    database
        .read(
            connection -> {
              GroupStore store = new GroupStore(connection);
              ResidentialGroup group = store.get(id);
              List<GroupPerson> people = store.people(visit.caller()).getOrDefault(id, List.of());
              return pages.page(
                  visit,
                  "groups.one",
                  "groups/one.jte",
                  Map.of("group", group, "people", people, "shown", shown));
            })
        .onSuccess(page -> Pages.send(visit, page, shown.hasProblems()))
        .onFailure(visit::fail);
  }

  private void add(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    String code = reading.needed("code", 32);
    String name = reading.needed("name", NAME_CHARS_MAX);
    if (!code.isEmpty() && !code.matches(CODE)) {
      reading.wrong("code", "problem.code");
    }
    if (!reading.isGood()) {
      showAll(visit, reading.shown());
      return;
    }
    database
        .transaction(
            connection -> {
              Optional<Integer> id = new GroupStore(connection).add(code, name, clock.instant());
              if (id.isPresent()) {
                audit(connection, visit, "group.add", "group:" + code, Map.of("name", name));
              }
              return id;
            })
        .onSuccess(
            id -> {
              if (id.isPresent()) {
                visit.seeOther(HOME + "/" + id.get() + "?done=groupAdded");
              } else {
                reading.wrong("code", "problem.codeTaken");
                showAll(visit, reading.shown());
              }
            })
        .onFailure(visit::fail);
  }

  private void rename(Visit visit, Form form) {
    int id = id(visit, "id");
    FormReading reading = new FormReading(form);
    String name = reading.needed("name", NAME_CHARS_MAX);
    if (!reading.isGood()) {
      showOne(visit, new Shown(Optional.of(reading.shown()), 0, FormShown.EMPTY));
      return;
    }
    change(
        visit,
        "groupRenamed",
        (store, connection) -> {
          ResidentialGroup group = store.get(id);
          store.rename(id, name);
          audit(
              connection,
              visit,
              "group.rename",
              group.subject(),
              Map.of("from", group.name(), "to", name));
        });
  }

  private void retire(Visit visit, Form form) {
    int id = id(visit, "id");
    boolean retire = form.text("retired").filter("yes"::equals).isPresent();
    change(
        visit,
        retire ? "groupRetired" : "groupBack",
        (store, connection) -> {
          ResidentialGroup group = store.get(id);
          store.setRetired(id, retire ? Optional.of(clock.instant()) : Optional.empty());
          audit(
              connection, visit, retire ? "group.retire" : "group.back", group.subject(), Map.of());
        });
  }

  private void addPerson(Visit visit, Form form) {
    int id = id(visit, "id");
    FormReading reading = new FormReading(form);
    GroupPerson person = person(reading, 0);
    if (!reading.isGood()) {
      showOne(visit, new Shown(Optional.empty(), 0, reading.shown()));
      return;
    }
    change(
        visit,
        "personAdded",
        (store, connection) -> {
          ResidentialGroup group = store.get(id);
          int personId = store.addPerson(id, person);
          auditPerson(connection, visit, "group.person.add", group, personId);
        });
  }

  private void changePerson(Visit visit, Form form) {
    int id = id(visit, "id");
    int personId = id(visit, "person");
    FormReading reading = new FormReading(form);
    GroupPerson person = person(reading, personId);
    if (!reading.isGood()) {
      showOne(visit, new Shown(Optional.empty(), personId, reading.shown()));
      return;
    }
    change(
        visit,
        "personChanged",
        (store, connection) -> {
          ResidentialGroup group = store.get(id);
          if (!store.changePerson(id, person)) {
            throw AssetAtHand.notFound();
          }
          auditPerson(connection, visit, "group.person.edit", group, personId);
        });
  }

  private void removePerson(Visit visit, Form form) {
    int id = id(visit, "id");
    int personId = id(visit, "person");
    change(
        visit,
        "personRemoved",
        (store, connection) -> {
          ResidentialGroup group = store.get(id);
          if (!store.removePerson(id, personId)) {
            throw AssetAtHand.notFound();
          }
          auditPerson(connection, visit, "group.person.remove", group, personId);
        });
  }

  private static GroupPerson person(FormReading reading, int id) {
    String phone = reading.text("phone", PHONE_CHARS_MAX).orElse("");
    if (!phone.matches("[0-9+() .-]*")) {
      reading.wrong("phone", "problem.phone");
    }
    return new GroupPerson(
        id,
        reading.needed("personName", NAME_CHARS_MAX),
        reading.needed("duty", NAME_CHARS_MAX),
        phone);
  }

  /** One change of a group within a transaction. */
  @FunctionalInterface
  private interface Change {
    void make(GroupStore store, Connection connection) throws SQLException;
  }

  private void change(Visit visit, String done, Change change) {
    // The people in charge of other groups are not theirs to see, so not theirs to change.
    if (!visit.caller().covers(OptionalInt.of(id(visit, "id")))) {
      throw AssetAtHand.notFound();
    }
    database
        .transaction(
            connection -> {
              change.make(new GroupStore(connection), connection);
              return done;
            })
        .onSuccess(key -> visit.seeOther(HOME + "/" + id(visit, "id") + "?done=" + key))
        .onFailure(visit::fail);
  }

  /** Says that a person was changed, and not what of them: that is personal data. */
  private void auditPerson(
      Connection connection, Visit visit, String action, ResidentialGroup group, int personId)
      throws SQLException {
    audit(connection, visit, action, group.subject(), Map.of("person", Integer.toString(personId)));
  }

  private void audit(
      Connection connection, Visit visit, String action, String subject, Map<String, String> detail)
      throws SQLException {
    AuditLog.add(
        connection,
        clock.instant(),
        visit.caller(),
        action,
        subject,
        Optional.of(visit.address()),
        detail);
  }

  private static int id(Visit visit, String name) {
    long id = visit.id(name);
    if (id > Integer.MAX_VALUE) {
      throw AssetAtHand.notFound();
    }
    return (int) id;
  }
}
