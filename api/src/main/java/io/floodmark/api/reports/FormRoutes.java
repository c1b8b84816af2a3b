package io.floodmark.api.reports;

import io.floodmark.api.access.Guard;
import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.access.GuessLimit.Kind;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.photos.Photo;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.plate.PlateCode;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /report}: the form for everybody, complete without JavaScript and without an account. */
public final class FormRoutes {
  /** More files than are taken still reach the form, which then says so and keeps the text. */
  static final BodyLimit LIMIT = new BodyLimit(BodyLimit.PHOTOS.bytesMax(), 10);

  private final Reports reports;

  FormRoutes(Reports reports) {
    this.reports = reports;
  }

  void addTo(Routes routes) {
    routes.get("/report", Guard.EVERYBODY, this::empty);
    routes.form("/report", Guard.EVERYBODY, LIMIT, Reports::door, this::submit);
  }

  /**
   * What the form shows beside what was typed.
   *
   * @param tagged what the plate hangs on
   * @param photoError what is wrong with a photo; empty if nothing is
   * @param refusal why the whole is not taken now; empty if it is
   */
  public record View(Optional<ReportPlaces.Tagged> tagged, String photoError, String refusal) {
    static final View PLAIN = new View(Optional.empty(), "", "");
  }

  private void empty(Visit visit) {
    Filing asked = Filing.of(name -> Optional.ofNullable(visit.request().getParam(name)), true);
    Filing shown = asked.errors().containsKey("code") ? asked : asked.withoutErrors();
    lookUp(visit, shown)
        .onSuccess(found -> visit.send(page(visit, found.filing(), found.view())))
        .onFailure(visit::fail);
  }

  private void submit(Visit visit, Form form) {
    List<Form.Upload> uploads = form.uploads("photos");
    boolean tooMany = uploads.size() > ReportPhotos.AT_ONCE_MAX;
    Filing filing = Filing.of(form::text, !uploads.isEmpty());
    if (filing.isTrapped()) {
      visit.seeOther("/r/" + reports.file.pretended().secret().value());
      return;
    }
    lookUp(visit, filing)
        .compose(
            found -> {
              boolean isWrong = tooMany || !found.filing().errors().isEmpty();
              return isWrong && !uploads.isEmpty()
                  ? again(
                      visit,
                      found,
                      tooMany ? reports.texts(visit).of("error.photos.many") : "",
                      "",
                      422)
                  : takeIn(visit, found, uploads);
            })
        .onFailure(visit::fail);
  }

  /** Photos are decoded last: whatever else is wrong costs less to find. */
  private Future<Void> takeIn(Visit visit, Found found, List<Form.Upload> uploads) {
    Instant now = reports.clock.instant();
    Future<Void> free =
        uploads.isEmpty()
            ? Future.succeededFuture()
            : reports.database.read(
                connection -> {
                  ReportFile.requireFree(connection, found.filing(), visit.address(), now);
                  return null;
                });
    return free.compose(yes -> reports.photos.take(uploads))
        .compose(
            taken -> {
              String photoError =
                  taken.refused().map(why -> reports.sentence(visit, why)).orElse("");
              Found placed = new Found(placed(found.filing(), taken), found.view());
              return placed.filing().errors().isEmpty() && photoError.isEmpty()
                  ? store(visit, placed, taken.photos())
                  : again(visit, placed, photoError, "", 422);
            })
        .recover(failure -> later(visit, found, failure));
  }

  /**
   * A report that says nowhere where is placed where its first photo was taken. What is said of a
   * plate needs no more than what stands on it.
   */
  static Filing placed(Filing filing, ReportPhotos.Taken taken) {
    if (filing.hasPlace()) {
      return filing;
    }
    return taken
        .place()
        .map(filing::at)
        .orElseGet(() -> filing.isAboutPlate() ? filing : filing.withError("place", "error.place"));
  }

  private Future<Void> store(Visit visit, Found found, List<Photo> pictures) {
    return reports
        .database
        .transaction(
            connection ->
                reports.file.file(
                    connection,
                    found.filing(),
                    pictures,
                    visit.address(),
                    visit.language(),
                    reports.clock.instant()))
        .<Void>map(
            filed -> {
              visit.seeOther("/r/" + filed.secret().value() + "?done=filed");
              return null;
            });
  }

  /** Who has filed too much reads when to send it again, in the form that they filled in. */
  private Future<Void> later(Visit visit, Found found, Throwable failure) {
    return failure instanceof ProblemException problem && problem.problem().status() == 429
        ? again(visit, found, "", wait(visit, problem), 429)
        : Future.failedFuture(failure);
  }

  private String wait(Visit visit, ProblemException problem) {
    int seconds = problem.problem().retryAfterS().orElse(60);
    visit.request().response().putHeader("Retry-After", Integer.toString(seconds));
    return reports.texts(visit).of("error.tooMany", "minutes", (seconds + 59) / 60);
  }

  private Future<Void> again(
      Visit visit, Found found, String photoError, String refusal, int status) {
    visit.request().response().setStatusCode(status);
    visit.send(page(visit, found.filing(), new View(found.view().tagged(), photoError, refusal)));
    return Future.succeededFuture();
  }

  /** A filing, with what its plate hangs on. */
  record Found(Filing filing, View view) {}

  private Future<Found> lookUp(Visit visit, Filing filing) {
    if (!filing.hasCode()) {
      return Future.succeededFuture(new Found(filing, View.PLAIN));
    }
    Instant now = reports.clock.instant();
    Texts texts = reports.texts(visit);
    return reports.database.read(
        connection -> find(connection, filing, visit.address(), texts, now));
  }

  /**
   * Codes are guessed here as well as on their own pages, so wrong ones count the same. A report
   * about a plate is taken with any code: the forged, revoked or blank plate is what it tells of.
   */
  static Found find(Connection connection, Filing filing, String address, Texts texts, Instant now)
      throws SQLException {
    Optional<Duration> wait = GuessLimit.check(connection, Kind.PLATE_BY_ADDRESS, address, now);
    if (wait.isPresent()) {
      // Not looked up, so that nobody learns by it which codes there are.
      return filing.isAboutPlate()
          ? asWords(filing, texts, "report.code")
          : new Found(filing.withError("code", "error.code.wait"), View.PLAIN);
    }
    Optional<ReportPlaces.Tagged> tagged =
        filing.code().isPresent()
            ? ReportPlaces.tagged(connection, filing.code().get())
            : Optional.empty();
    if (tagged.isPresent()) {
      return new Found(filing, new View(tagged, "", ""));
    }
    boolean isKnown =
        filing.code().isPresent() && ReportPlaces.isPlate(connection, filing.code().get());
    if (filing.isAboutPlate() && isKnown) {
      return asWords(filing, texts, "report.code");
    }
    GuessLimit.fail(connection, Kind.PLATE_BY_ADDRESS, address, now);
    return filing.isAboutPlate()
        ? asWords(filing, texts, "report.code.unknown")
        : new Found(filing.withError("code", "error.code"), View.PLAIN);
  }

  private static Found asWords(Filing filing, Texts texts, String textKey) {
    String code = filing.code().map(PlateCode::printed).orElse(filing.typed("code"));
    return new Found(filing.withCodeAsWords(texts.of(textKey, "code", code)), View.PLAIN);
  }

  private Representation page(Visit visit, Filing filing, View view) {
    return reports.kit.page(
        visit,
        "reports/form.jte",
        reports.frame(visit, "form.title", ""),
        Map.of("filing", filing, "view", view));
  }
}
