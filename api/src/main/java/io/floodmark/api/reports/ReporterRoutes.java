package io.floodmark.api.reports;

import io.floodmark.api.access.Guard;
import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.access.GuessLimit.Kind;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /r/SECRET}: the reporter's own page. Who has the link is the reporter. */
public final class ReporterRoutes {
  private final Reports reports;

  ReporterRoutes(Reports reports) {
    this.reports = reports;
  }

  void addTo(Routes routes) {
    routes.get("/r/:secret", Guard.EVERYBODY, this::show);
    routes.get("/r/:secret/photos/:key", Guard.EVERYBODY, this::photo);
    routes.form("/r/:secret/message", Guard.EVERYBODY, FormRoutes.LIMIT, this::admit, this::add);
    routes.form("/r/:secret/withdraw", Guard.EVERYBODY, BodyLimit.FIELDS, this::withdraw);
    routes.form("/r/:secret/erase", Guard.EVERYBODY, BodyLimit.FIELDS, this::erase);
    routes.get("/api/v1/reports/link/:secret", Guard.EVERYBODY, this::json);
  }

  /** Everything of a report that its reporter sees. */
  public record View(
      ReportRow report,
      List<ReportRows.Event> events,
      List<ReportRows.Message> messages,
      List<ReportRows.Attached> photos,
      String secret,
      String error) {}

  /** The report behind a link; or how it is to be answered, once the wrong guess is stored. */
  private record Opened<T>(Optional<T> value, Optional<ProblemException> problem) {}

  private interface Work<T> {
    T with(Connection connection, ReportRow report) throws SQLException;
  }

  private <T> Future<T> open(Visit visit, boolean locked, Work<T> work) {
    protect(visit);
    String secret = visit.context().pathParam("secret");
    Instant now = reports.clock.instant();
    return reports
        .database
        .<Opened<T>>transaction(
            connection -> {
              Optional<Duration> wait =
                  GuessLimit.check(connection, Kind.LINK_BY_ADDRESS, visit.address(), now);
              if (wait.isPresent()) {
                return new Opened<>(Optional.empty(), Optional.of(tooMany(wait.get())));
              }
              Optional<ReportRow> report =
                  locked
                      ? ReportRows.lockedBySecret(connection, secret)
                      : ReportRows.bySecret(connection, secret);
              if (report.isEmpty()) {
                GuessLimit.fail(connection, Kind.LINK_BY_ADDRESS, visit.address(), now);
                return new Opened<>(
                    Optional.empty(),
                    Optional.of(
                        new ProblemException(
                            Problem.notFound(
                                "There is no report at this link. Check that it was copied"
                                    + " whole."),
                            "report-link")));
              }
              return new Opened<>(
                  Optional.of(work.with(connection, report.get())), Optional.empty());
            })
        .map(
            opened -> {
              opened
                  .problem()
                  .ifPresent(
                      problem -> {
                        throw problem;
                      });
              return opened.value().orElseThrow();
            });
  }

  private static ProblemException tooMany(Duration wait) {
    return new ProblemException(
        Problem.tooManyRequests(
            "Too many wrong links came from here. Wait a little, then open yours again.",
            GuessLimit.retryAfterS(wait)),
        "report-link-wait");
  }

  /** The address is the secret: it is to stand in no index, no cache and no Referer. */
  private static void protect(Visit visit) {
    visit
        .request()
        .response()
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Robots-Tag", "noindex, nofollow");
  }

  private void show(Visit visit) {
    open(visit, false, (connection, report) -> view(visit, connection, report, ""))
        .onSuccess(view -> visit.send(page(visit, view)))
        .onFailure(visit::fail);
  }

  private void json(Visit visit) {
    open(
            visit,
            false,
            (connection, report) ->
                ReportJson.ofReporter(
                    report,
                    ReportRows.events(connection, report.id()),
                    ReportRows.messages(connection, report.id())))
        .onSuccess(
            body ->
                visit.send(
                    Representation.computed("application/json", body, visit.acceptEncoding())))
        .onFailure(visit::fail);
  }

  private void photo(Visit visit) {
    String key = visit.context().pathParam("key");
    boolean preview = "small".equals(visit.request().getParam("size"));
    open(
            visit,
            false,
            (connection, report) -> reports.photos.find(connection, report.id(), key, preview))
        .onSuccess(jpeg -> sendPhoto(visit, jpeg))
        .onFailure(visit::fail);
  }

  static void sendPhoto(Visit visit, Optional<byte[]> jpeg) {
    if (jpeg.isEmpty()) {
      // Not thrown: nobody catches what a future's listener throws.
      visit.fail(new ProblemException(Problem.notFound("This report has no such photo.")));
      return;
    }
    visit
        .request()
        .response()
        .putHeader("Content-Type", "image/jpeg")
        .putHeader("Cache-Control", "private, no-store")
        .end(Buffer.buffer(jpeg.get()));
  }

  /** What is sent to a link that opens nothing is not read. */
  private Future<Void> admit(Visit visit) {
    return open(visit, false, (connection, report) -> report.id())
        .compose(known -> Reports.door(visit));
  }

  private void add(Visit visit, Form form) {
    Optional<String> text =
        form.text("text").map(ReportText::clean).filter(words -> !words.isEmpty());
    List<Form.Upload> uploads = form.uploads("photos");
    boolean tooMany = uploads.size() > ReportPhotos.AT_ONCE_MAX;
    open(
            visit,
            false,
            (connection, report) -> {
              ReportFile.requireRoom(connection, report, tooMany ? 0 : uploads.size());
              return report.state().isOpen();
            })
        .compose(isOpen -> reports.photos.take(isOpen && !tooMany ? uploads : List.of()))
        .onSuccess(
            taken -> {
              String error =
                  tooMany
                      ? reports.texts(visit).of("error.photos.many")
                      : taken
                          .refused()
                          .map(why -> reports.sentence(visit, why))
                          .or(() -> wrong(visit, text, taken))
                          .orElse("");
              open(
                      visit,
                      true,
                      (connection, report) -> {
                        if (!report.state().isOpen()) {
                          return view(
                              visit, connection, report, reports.texts(visit).of("error.over"));
                        }
                        if (error.isEmpty()) {
                          reports.file.add(
                              connection, report, text, taken.photos(), reports.clock.instant());
                        }
                        return view(visit, connection, report, error);
                      })
                  .onSuccess(view -> answer(visit, view, "added"))
                  .onFailure(visit::fail);
            })
        .onFailure(visit::fail);
  }

  private Optional<String> wrong(Visit visit, Optional<String> text, ReportPhotos.Taken taken) {
    if (text.isEmpty() && taken.photos().isEmpty()) {
      return Optional.of(reports.texts(visit).of("error.text"));
    }
    String words = text.orElse("");
    if (words.codePointCount(0, words.length()) > ReportText.TEXT_MAX) {
      return Optional.of(reports.texts(visit).of("error.text.long"));
    }
    return ReportText.isPlain(words)
        ? Optional.empty()
        : Optional.of(reports.texts(visit).of("error.plain"));
  }

  private void withdraw(Visit visit, Form form) {
    open(
            visit,
            true,
            (connection, report) -> {
              reports.file.withdraw(connection, report, reports.clock.instant());
              return view(visit, connection, report, "");
            })
        .onSuccess(view -> answer(visit, view, "withdrawn"))
        .onFailure(visit::fail);
  }

  private void erase(Visit visit, Form form) {
    String error = form.isTicked("sure") ? "" : reports.texts(visit).of("error.sure");
    open(
            visit,
            true,
            (connection, report) -> {
              if (error.isEmpty()) {
                reports.file.erase(connection, report, reports.clock.instant());
              }
              return view(visit, connection, report, error);
            })
        .onSuccess(view -> answer(visit, view, "erased"))
        .onFailure(visit::fail);
  }

  private void answer(Visit visit, View view, String done) {
    if (view.error().isEmpty()) {
      visit.seeOther("/r/" + view.secret() + "?done=" + done);
    } else {
      visit.request().response().setStatusCode(422);
      visit.send(page(visit, view));
    }
  }

  private static View view(Visit visit, Connection connection, ReportRow report, String error)
      throws SQLException {
    return new View(
        report,
        ReportRows.events(connection, report.id()),
        ReportRows.messages(connection, report.id()),
        ReportRows.photos(connection, report.id()),
        visit.context().pathParam("secret"),
        error);
  }

  private Representation page(Visit visit, View view) {
    return reports.kit.page(
        visit,
        "reports/reporter.jte",
        reports.frame(visit, "reporter.title", ""),
        Map.of("view", view, "words", reports.words(visit)));
  }
}
