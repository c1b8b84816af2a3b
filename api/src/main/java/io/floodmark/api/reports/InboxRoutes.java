package io.floodmark.api.reports;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.photos.Photo;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.report.ReportState;
import io.floodmark.report.ReportStep;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /staff/reports}: the inbox and one report of it. */
public final class InboxRoutes {
  private static final int PAGE = 50;

  private static final List<String> FILTERS =
      List.of("state", "category", "group", "mine", "overdue", "q");

  private final Reports reports;

  InboxRoutes(Reports reports) {
    this.reports = reports;
  }

  void addTo(Routes routes) {
    routes.get("/staff/reports", Guard.of(Right.SEE_REPORTS), this::inbox);
    routes.get("/staff/reports/:number", Guard.of(Right.SEE_REPORTS), this::one);
    routes.get("/staff/reports/:number/photos/:key", Guard.of(Right.SEE_REPORTS), this::photo);
    routes.form(
        "/staff/reports/:number/steps",
        Guard.of(Right.HANDLE_REPORTS),
        FormRoutes.LIMIT,
        this::step);
    routes.form(
        "/staff/reports/:number/photos/:key",
        Guard.of(Right.HANDLE_REPORTS),
        BodyLimit.FIELDS,
        this::publish);
  }

  /**
   * The inbox as it is shown.
   *
   * @param asked the filters as they stand in the address
   * @param nextLink to the next page; empty on the last
   */
  public record Inbox(
      ReportInbox.Page page,
      Map<ReportState, Integer> counts,
      List<ReportInbox.Group> groups,
      Map<String, String> asked,
      String nextLink) {
    /** How many wait for somebody. */
    public int open() {
      return ReportState.OPEN.stream().mapToInt(state -> counts.getOrDefault(state, 0)).sum();
    }

    /** A filter as it was asked for, empty if it was not. */
    public String asked(String name) {
      return asked.getOrDefault(name, "");
    }
  }

  /** One report with all that staff see of it; {@code error} says why a step was not taken. */
  public record Detail(
      ReportRow report,
      List<ReportRows.Event> events,
      List<ReportRows.Message> messages,
      List<ReportRows.Attached> photos,
      List<ReportRow> similar,
      List<ReportDesk.Person> people,
      String error,
      String errorField,
      Map<String, String> typed) {
    /** Whether that step can be taken now. */
    public boolean can(ReportStep step) {
      return step.from(report.state()).isPresent();
    }

    /** What was typed into a field of the form that failed. */
    public String typed(String field) {
      return typed.getOrDefault(field, "");
    }

    /**
     * Whether the form for notes holds what was typed: it was sent, or a step that somebody else
     * has made impossible meanwhile, so that its own form is gone.
     */
    public boolean keepsInNote() {
      String step = typed("step");
      return step.equals("note") || ReportStep.find(step).filter(s -> !can(s)).isPresent();
    }
  }

  private void inbox(Visit visit) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (String name : FILTERS) {
      String value = visit.request().getParam(name);
      if (value != null && !value.isBlank()) {
        asked.put(name, value.strip());
      }
    }
    Optional<String> cursor = Optional.ofNullable(visit.request().getParam("cursor"));
    Instant now = reports.clock.instant();
    reports
        .database
        .transaction(
            connection -> {
              ReportFile.housekeep(connection, now);
              ReportInbox.Page page =
                  ReportInbox.page(connection, visit.caller(), filter(asked), cursor, PAGE, now);
              return new Inbox(
                  page,
                  ReportInbox.counts(connection, visit.caller()),
                  ReportInbox.groups(connection, visit.caller()),
                  asked,
                  page.next().map(next -> link(asked, next)).orElse(""));
            })
        .onSuccess(
            inbox ->
                visit.send(
                    reports.kit.page(
                        visit,
                        "reports/inbox.jte",
                        reports.frame(visit, "inbox.title", "reports"),
                        Map.of("inbox", inbox, "words", reports.words(visit)))))
        .onFailure(visit::fail);
  }

  static ReportInbox.Filter filter(Map<String, String> asked) {
    String state = asked.getOrDefault("state", "open");
    String group = asked.getOrDefault("group", "");
    return new ReportInbox.Filter(
        switch (state) {
          case "open" -> ReportState.OPEN;
          case "all" -> List.of();
          default -> ReportState.find(state).map(List::of).orElse(ReportState.OPEN);
        },
        Optional.ofNullable(asked.get("category")),
        group.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(group)) : OptionalInt.empty(),
        asked.containsKey("mine"),
        asked.containsKey("overdue"),
        Optional.ofNullable(asked.get("q")));
  }

  private static String link(Map<String, String> asked, String cursor) {
    StringBuilder link = new StringBuilder("/staff/reports?cursor=").append(cursor);
    asked.forEach(
        (name, value) ->
            link.append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return link.toString();
  }

  private void one(Visit visit) {
    reports
        .database
        .read(connection -> detail(connection, visit, "", "", Map.of()))
        .onSuccess(detail -> visit.send(page(visit, detail)))
        .onFailure(visit::fail);
  }

  private Detail detail(
      Connection connection,
      Visit visit,
      String error,
      String errorField,
      Map<String, String> typed)
      throws SQLException {
    ReportRow report = ReportDesk.find(connection, visit.caller(), number(visit));
    return new Detail(
        report,
        ReportRows.events(connection, report.id()),
        ReportRows.messages(connection, report.id()),
        ReportRows.photos(connection, report.id()),
        ReportInbox.similar(connection, visit.caller(), report),
        ReportDesk.people(connection, report),
        error,
        errorField,
        typed);
  }

  private Representation page(Visit visit, Detail detail) {
    return reports.kit.page(
        visit,
        "reports/detail.jte",
        reports.frame(visit, "detail.title", "reports"),
        Map.of("detail", detail, "words", reports.words(visit)));
  }

  private void photo(Visit visit) {
    String key = visit.context().pathParam("key");
    boolean preview = "small".equals(visit.request().getParam("size"));
    reports
        .database
        .read(
            connection ->
                reports.photos.find(
                    connection,
                    ReportDesk.find(connection, visit.caller(), number(visit)).id(),
                    key,
                    preview))
        .onSuccess(jpeg -> ReporterRoutes.sendPhoto(visit, jpeg))
        .onFailure(visit::fail);
  }

  private void step(Visit visit, Form form) {
    take(reports, visit, form)
        .onSuccess(action -> visit.seeOther("/staff/reports/" + number(visit) + "?done=" + action))
        .onFailure(
            failure -> {
              if (failure instanceof ProblemException problem
                  && (problem.problem().status() == 422 || problem.problem().status() == 409)) {
                again(visit, form, problem.problem());
              } else {
                visit.fail(failure);
              }
            });
  }

  /** Takes the step that a form asks for; its key comes back. */
  static Future<String> take(Reports reports, Visit visit, Form form) {
    List<Form.Upload> uploads = form.uploads("photos");
    StepForm step;
    try {
      step = StepForm.of(form::text);
      if (uploads.size() > ReportPhotos.AT_ONCE_MAX) {
        throw new ProblemException(
            Problem.invalid("photos", reports.texts(visit).of("error.photos.many")));
      }
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    return reports
        .photos
        .takeEvidence(uploads)
        .compose(
            taken ->
                taken.refused().isPresent()
                    ? Future.failedFuture(
                        new ProblemException(
                            Problem.invalid(
                                "photos", reports.sentence(visit, taken.refused().get()))))
                    : take(reports, visit, step, taken.photos()));
  }

  static Future<String> take(Reports reports, Visit visit, StepForm form, List<Photo> evidence) {
    ReportDesk.Visitor by =
        new ReportDesk.Visitor(visit.caller(), visit.address(), reports.clock.instant());
    ReportDesk.Order order = form.order();
    return reports.database.transaction(
        connection -> {
          switch (form.action()) {
            case "note" -> reports.desk.note(connection, by, number(visit), order);
            case "confirm" -> reports.desk.confirm(connection, by, number(visit), order.version());
            case "hide" -> reports.desk.hide(connection, by, number(visit), order.version());
            default ->
                reports.desk.step(
                    connection,
                    by,
                    number(visit),
                    ReportStep.find(form.action()).orElseThrow(),
                    order,
                    evidence);
          }
          return form.action();
        });
  }

  private void again(Visit visit, Form form, Problem problem) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (String name : List.of("step", "publicNote", "note", "duplicateOf")) {
      form.text(name).ifPresent(value -> typed.put(name, value));
    }
    String field = problem.parameter().orElse("");
    String key = problem.status() == 409 ? "error.conflict" : "error.step." + field;
    String sentence =
        reports.texts(visit).has(key) ? reports.texts(visit).of(key) : problem.detail();
    reports
        .database
        .read(connection -> detail(connection, visit, sentence, field, typed))
        .onSuccess(
            detail -> {
              visit.request().response().setStatusCode(problem.status());
              visit.send(page(visit, detail));
            })
        .onFailure(visit::fail);
  }

  private void publish(Visit visit, Form form) {
    String key = visit.context().pathParam("key");
    boolean isPublic = form.isTicked("public");
    ReportDesk.Visitor by =
        new ReportDesk.Visitor(visit.caller(), visit.address(), reports.clock.instant());
    reports
        .database
        .transaction(
            connection -> {
              reports.desk.publish(connection, by, number(visit), key, isPublic);
              return isPublic;
            })
        .onSuccess(
            done ->
                visit.seeOther(
                    "/staff/reports/"
                        + number(visit)
                        + "?done="
                        + (isPublic ? "photoPublic" : "photoPrivate")))
        .onFailure(visit::fail);
  }

  private static String number(Visit visit) {
    String number = visit.context().pathParam("number");
    if (!number.matches("\\d{8}")) {
      throw new ProblemException(Problem.notFound("There is no report of this number."));
    }
    return number;
  }
}
