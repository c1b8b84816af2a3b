package io.floodmark.api.staff;

import io.floodmark.api.access.Guard;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** {@code /staff/people}: accounts, for administrators. */
public final class PeopleRoutes {
  private static final String LIST = "/staff/people";
  private static final Guard ADMIN = Guard.of(Right.MANAGE_STAFF);

  private final StaffParts parts;
  private final People people;

  PeopleRoutes(StaffParts parts) {
    this.parts = parts;
    this.people = new People(parts);
  }

  void addTo(Routes routes) {
    routes.get(LIST, ADMIN, this::list);
    routes.form(LIST, ADMIN, BodyLimit.FIELDS, this::add);
    routes.get(LIST + "/new", ADMIN, visit -> addPage(visit, Typed.NOTHING, Map.of()));
    routes.get(LIST + "/:id", ADMIN, visit -> onePage(visit, Map.of()));
    routes.form(LIST + "/:id", ADMIN, BodyLimit.FIELDS, this::change);
    post(routes, "disable", people::disable);
    post(routes, "enable", people::enable);
    routes.form(LIST + "/:id/password", ADMIN, BodyLimit.FIELDS, this::resetPassword);
    routes.form(LIST + "/:id/sessions", ADMIN, BodyLimit.FIELDS, this::endSessions);
  }

  /**
   * A form as it was filled in.
   *
   * @param login as typed
   * @param name as typed
   * @param role key of the one chosen
   * @param seesHouseholds whether that box was ticked
   * @param groups ids of those ticked
   */
  public record Typed(
      String login, String name, String role, boolean seesHouseholds, Set<Integer> groups) {
    static final Typed NOTHING = new Typed("", "", Role.OPERATOR.key(), false, Set.of());

    /** Copies the set. */
    public Typed {
      groups = Set.copyOf(groups);
    }

    static Typed of(Form form) {
      return new Typed(
          form.text("login").orElse(""),
          form.text("name").orElse(""),
          form.text("role").orElse(""),
          form.isTicked("households"),
          form.all("group").stream()
              .filter(id -> id.matches("\\d{1,9}"))
              .map(Integer::valueOf)
              .collect(Collectors.toSet()));
    }

    static Typed of(StaffEntry entry) {
      return new Typed(
          entry.login(), entry.name(), entry.role().key(), entry.seesHouseholds(), entry.groups());
    }

    StaffEntry entry(String forLogin) {
      return StaffEntry.of(given(forLogin), given(name), given(role), seesHouseholds, groups);
    }

    private static Optional<String> given(String text) {
      return Optional.of(text).filter(some -> !some.isEmpty());
    }
  }

  private void list(Visit visit) {
    parts
        .database()
        .read(StaffStore::list)
        .onSuccess(
            members ->
                parts.show(
                    visit,
                    "staff/people.jte",
                    parts.frame(visit, "people.title", "people"),
                    Map.of("members", members, "time", parts.time())))
        .onFailure(visit::fail);
  }

  private void addPage(Visit visit, Typed typed, Map<String, String> problems) {
    parts
        .database()
        .read(StaffStore::groups)
        .onSuccess(
            groups ->
                parts.showAgain(
                    visit,
                    problems.isEmpty() ? 200 : 422,
                    "staff/person-new.jte",
                    parts.frame(visit, "people.new", "people"),
                    Map.of("typed", typed, "groups", groups, "problems", problems)))
        .onFailure(visit::fail);
  }

  private void add(Visit visit, Form form) {
    Typed typed = Typed.of(form);
    people
        .add(visit, () -> typed.entry(typed.login()))
        .onSuccess(handed -> showPassword(visit, handed))
        .onFailure(
            failure -> {
              if (failure instanceof StaffRefusal refusal) {
                addPage(visit, typed, parts.sentences(visit, refusal));
              } else {
                visit.fail(failure);
              }
            });
  }

  /** In the answer itself: an address with a password in it would stay in the browser's history. */
  private void showPassword(Visit visit, People.Handed handed) {
    Frame frame = parts.frame(visit, "people.handed", "people");
    parts.show(
        visit,
        "staff/handed.jte",
        frame,
        Map.of("member", handed.member(), "password", handed.password()));
  }

  private record Whole(
      StaffMember member, List<SessionStore.Entry> sessions, Map<Integer, String> groups) {}

  private void onePage(Visit visit, Map<String, String> problems) {
    onePage(visit, Optional.empty(), problems);
  }

  private void onePage(Visit visit, Optional<Typed> typed, Map<String, String> problems) {
    long id = visit.id("id");
    parts
        .database()
        .read(
            connection -> {
              StaffMember member = People.member(connection, id);
              return new Whole(
                  member,
                  SessionStore.active(connection, member.id(), parts.clock().instant()),
                  StaffStore.groups(connection));
            })
        .onSuccess(
            whole -> {
              Map<String, Object> model = new HashMap<>();
              model.put("member", whole.member());
              model.put("typed", typed.orElse(Typed.of(whole.member().entry())));
              model.put("groups", whole.groups());
              model.put("sessions", whole.sessions());
              model.put("problems", problems);
              model.put("time", parts.time());
              parts.showAgain(
                  visit,
                  problems.isEmpty() ? 200 : 422,
                  "staff/person.jte",
                  parts.frame(visit, "people.one", "people"),
                  model);
            })
        .onFailure(visit::fail);
  }

  private void change(Visit visit, Form form) {
    long id = visit.id("id");
    Typed typed = Typed.of(form);
    parts
        .database()
        .read(connection -> typed.entry(People.member(connection, id).entry().login()))
        .compose(entry -> people.change(visit, id, entry))
        .onSuccess(member -> visit.seeOther(LIST + "/" + id + "?done=saved"))
        .onFailure(failure -> refuse(visit, Optional.of(typed), failure));
  }

  private void post(
      Routes routes, String name, BiFunction<Visit, Long, Future<StaffMember>> action) {
    routes.form(
        LIST + "/:id/" + name,
        ADMIN,
        BodyLimit.FIELDS,
        (visit, form) -> {
          long id = visit.id("id");
          action
              .apply(visit, id)
              .onSuccess(member -> visit.seeOther(LIST + "/" + id + "?done=" + name + "d"))
              .onFailure(failure -> refuse(visit, Optional.empty(), failure));
        });
  }

  private void refuse(Visit visit, Optional<Typed> typed, Throwable failure) {
    if (failure instanceof StaffRefusal refusal) {
      onePage(visit, typed, parts.sentences(visit, refusal));
    } else {
      visit.fail(failure);
    }
  }

  private void resetPassword(Visit visit, Form form) {
    people
        .resetPassword(visit, visit.id("id"))
        .onSuccess(handed -> showPassword(visit, handed))
        .onFailure(visit::fail);
  }

  private void endSessions(Visit visit, Form form) {
    long id = visit.id("id");
    people
        .change(
            visit,
            id,
            "staff.endSessions",
            (connection, member, now) -> SessionStore.endAll(connection, member.id(), now))
        .onSuccess(member -> visit.seeOther(LIST + "/" + id + "?done=sessionsEnded"))
        .onFailure(visit::fail);
  }
}
