package io.floodmark.api.alerts;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertLife;
import io.floodmark.alert.AlertStep;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code /staff/alerts}: the inbox and one alert with its history and its steps. */
public final class AlertPages {
  /** A page shows no more of those that stand under an alert. */
  private static final int UNDER_MAX = 50;

  private static final int SHOWN_MAX = 200;
  private static final int PAGE = 50;
  private static final List<String> TYPED =
      List.of("note", "reason", "remark", "minutes", "to", "toName");

  /** The parts of the inbox, in the order of their tabs. */
  private static final List<AlertFilter.State> TABS =
      List.of(
          AlertFilter.State.INBOX,
          AlertFilter.State.SHELVED,
          AlertFilter.State.SUPPRESSED,
          AlertFilter.State.ENDED,
          AlertFilter.State.CLOSED);

  private final Alerts alerts;

  AlertPages(Alerts alerts) {
    this.alerts = alerts;
  }

  void addTo(Routes routes) {
    routes.get("/staff/alerts", Guard.of(Right.SEE_ALERTS), this::inbox);
    routes.get("/staff/alerts/:id", Guard.of(Right.SEE_ALERTS), this::one);
    routes.form(
        "/staff/alerts/:id/:step", Guard.of(Right.HANDLE_ALERTS), BodyLimit.FIELDS, this::take);
  }

  /** A tab, as it is shown: its key and how many alerts lie there; empty where that is endless. */
  public record Tab(String key, Optional<Integer> count, boolean isCurrent) {}

  /**
   * The inbox as it is shown.
   *
   * @param kind asked for; empty for all
   * @param unseen how many of those shown nobody has acknowledged
   * @param next address of the next page; empty on the last
   * @param bulletins what the authorities say now
   */
  public record Inbox(
      List<AlertView> alerts,
      List<Tab> tabs,
      String tab,
      String kind,
      long unseen,
      String next,
      List<Bulletin> bulletins) {
    /** The kinds to choose from. */
    public List<String> kinds() {
      return List.of(AlertKind.values()).stream().map(AlertKind::key).toList();
    }
  }

  /** One alert as it is shown; {@code error} says why a step was not taken. */
  public record Detail(
      AlertView alert,
      List<AlertStory.Entry> story,
      List<AlertView> under,
      List<AlertDesk.Colleague> colleagues,
      Instant now,
      String error,
      String errorField,
      Map<String, String> typed) {
    /** Whether that step can be taken now; an end of a shelf can always be found. */
    public boolean can(AlertStep step) {
      return alert.life().refusal(step, Optional.of(now.plus(AlertLife.SHELF_MIN)), now).isEmpty();
    }

    /** What was typed into the form of {@code step}, which failed. */
    public String typed(AlertStep step, String field) {
      return typed.getOrDefault("step", "").equals(step.key()) ? typed.getOrDefault(field, "") : "";
    }

    /** Whether the form of {@code step} is the one that failed. */
    public boolean failed(AlertStep step) {
      return !error.isEmpty() && typed.getOrDefault("step", "").equals(step.key());
    }

    /** Whether that field is what was wrong. */
    public boolean isWrong(AlertStep step, String field) {
      return failed(step) && errorField.equals(field);
    }
  }

  private void inbox(Visit visit) {
    String tab = Optional.ofNullable(visit.request().getParam("tab")).orElse("inbox");
    AlertFilter.State state =
        TABS.stream()
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(tab))
            .findFirst()
            .orElse(AlertFilter.State.INBOX);
    Optional<String> kind =
        Optional.ofNullable(visit.request().getParam("kind"))
            .filter(key -> AlertKind.find(key).isPresent());
    Optional<AlertCursor> after =
        Optional.ofNullable(visit.request().getParam("cursor")).flatMap(AlertCursor::find);
    AlertFilter filter =
        new AlertFilter(
            state, kind.map(List::of).orElse(List.of()), Optional.empty(), Optional.empty());
    Instant now = alerts.clock.instant();
    alerts
        .database
        .read(connection -> inbox(connection, filter, kind, after, now))
        .onSuccess(
            inbox ->
                visit.send(
                    alerts.page(
                        visit,
                        "alerts.title",
                        "inbox.jte",
                        Map.of("inbox", inbox, "words", alerts.words(visit)))))
        .onFailure(visit::fail);
  }

  private static Inbox inbox(
      Connection connection,
      AlertFilter filter,
      Optional<String> kind,
      Optional<AlertCursor> after,
      Instant now)
      throws SQLException {
    String tab = filter.state().name().toLowerCase(Locale.ROOT);
    boolean endless =
        filter.state() == AlertFilter.State.CLOSED || filter.state() == AlertFilter.State.ENDED;
    List<AlertView> shown =
        endless
            ? AlertRows.page(connection, filter, after, PAGE + 1, now)
            : AlertRows.byUrgency(connection, filter, SHOWN_MAX, now);
    String next = "";
    if (endless && shown.size() > PAGE) {
      shown = shown.subList(0, PAGE);
      next =
          "/staff/alerts?tab="
              + tab
              + kind.map(key -> "&kind=" + key).orElse("")
              + "&cursor="
              + new AlertCursor(shown.get(PAGE - 1).id()).text();
    }
    Map<AlertFilter.State, Optional<Integer>> counts = new EnumMap<>(AlertFilter.State.class);
    for (AlertFilter.State state : TABS) {
      counts.put(
          state,
          state == AlertFilter.State.CLOSED
              ? Optional.empty()
              : Optional.of(AlertRows.count(connection, AlertFilter.of(state), now)));
    }
    List<Tab> tabs =
        TABS.stream()
            .map(
                state ->
                    new Tab(
                        state.name().toLowerCase(Locale.ROOT),
                        counts.get(state),
                        state == filter.state()))
            .toList();
    long unseen =
        shown.stream().filter(alert -> alert.handling().acknowledgedAt().isEmpty()).count();
    return new Inbox(
        List.copyOf(shown),
        tabs,
        tab,
        kind.orElse(""),
        unseen,
        next,
        Bulletins.valid(connection, now));
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    Instant now = alerts.clock.instant();
    alerts
        .database
        .read(connection -> detail(connection, id, now, "", "", Map.of()))
        .onSuccess(detail -> visit.send(page(visit, detail)))
        .onFailure(visit::fail);
  }

  private static Detail detail(
      Connection connection,
      long id,
      Instant now,
      String error,
      String errorField,
      Map<String, String> typed)
      throws SQLException {
    AlertView alert = AlertDesk.find(connection, id);
    return new Detail(
        alert,
        AlertStory.of(connection, id),
        AlertRows.under(connection, id, UNDER_MAX),
        AlertDesk.colleagues(connection),
        now,
        error,
        errorField,
        typed);
  }

  private Representation page(Visit visit, Detail detail) {
    AlertWords words = alerts.words(visit);
    return alerts.named(
        visit, words.headline(detail.alert()), "one.jte", Map.of("detail", detail, "words", words));
  }

  private void take(Visit visit, Form form) {
    long id = visit.id("id");
    String key = visit.context().pathParam("step");
    Optional<AlertStep> step = AlertStep.find(key);
    if (step.isEmpty()) {
      throw new ProblemException(Problem.notFound("There is no such step."));
    }
    AlertDesk.Hand hand = alerts.hand(visit);
    AlertOrder order;
    try {
      order = AlertOrder.of(step.get(), form::text, hand.at());
    } catch (ProblemException e) {
      again(visit, form, key, e);
      return;
    }
    boolean fromList = form.text("from").filter("inbox"::equals).isPresent();
    alerts
        .database
        .transaction(connection -> AlertDesk.take(connection, hand, id, order))
        .onSuccess(
            alert ->
                visit.seeOther(
                    (fromList ? "/staff/alerts" : "/staff/alerts/" + id) + "?done=" + key))
        .onFailure(
            failure -> {
              if (Alerts.isRefusal(failure)) {
                again(visit, form, key, (ProblemException) failure);
              } else {
                visit.fail(failure);
              }
            });
  }

  private void again(Visit visit, Form form, String step, ProblemException refused) {
    Map<String, String> typed = new LinkedHashMap<>();
    typed.put("step", step);
    for (String name : TYPED) {
      form.text(name).ifPresent(value -> typed.put(name, value));
    }
    String field = refused.problem().parameter().orElse("");
    Instant now = alerts.clock.instant();
    long id = visit.id("id");
    alerts
        .database
        .read(
            connection ->
                detail(connection, id, now, alerts.sentence(visit, refused), field, typed))
        .onSuccess(
            detail -> {
              visit.request().response().setStatusCode(refused.problem().status());
              visit.send(page(visit, detail));
            })
        .onFailure(visit::fail);
  }
}
