package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.AssetCursor;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.AssetState;
import io.floodmark.api.assets.files.FileFormat;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.WorkerBody;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/assets.csv}, {@code .geojson}, {@code .xlsx}, and the page that leads to them. */
public final class ExportRoutes {
  private static final Logger log = LoggerFactory.getLogger(ExportRoutes.class);
  private static final Duration STALL_MAX = Duration.ofSeconds(60);

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final PageKit kit;
  private final Semaphore downloads;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /**
   * Routes that read from {@code database}.
   *
   * @param downloads one for each that may run at once, whichever event loop began it: each holds a
   *     database thread for as long as it lasts
   */
  public ExportRoutes(
      DatabaseCalls database, InstantSource clock, PageKit kit, Semaphore downloads) {
    this.database = database;
    this.clock = clock;
    this.kit = kit;
    this.downloads = downloads;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "assets", "exchange"));
    }
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    Guard guard = Guard.of(Right.SEE_REGISTER);
    routes.get("/staff/assets/export", guard, this::page);
    for (FileFormat format : FileFormat.values()) {
      routes.get("/api/v1/assets." + format.extension(), guard, visit -> download(visit, format));
    }
  }

  private void page(Visit visit) {
    database
        .read(
            connection -> {
              var frame =
                  kit.frame(visit, "exchange.export.title", "assets", texts.get(visit.language()));
              return kit.page(
                  visit,
                  "exchange/export.jte",
                  frame,
                  Map.of(
                      "kinds",
                      AssetKinds.load(connection).all(),
                      "groups",
                      AssetGroups.load(connection).within(visit.caller())));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private void download(Visit visit, FileFormat format) {
    QueryParameters query =
        new QueryParameters(visit.context().queryParams(), "kind", "group", "state", "q", "lang");
    if (visit.request().method().equals(HttpMethod.HEAD)) {
      visit.request().response().putHeader("Content-Type", format.mediaType()).end();
      return;
    }
    if (!downloads.tryAcquire()) {
      throw new ProblemException(
          Problem.tooManyClients("Other downloads are under way. Try again in a minute."));
    }
    Context context = Vertx.currentContext();
    database
        .transaction(
            connection -> {
              AssetCursor.Filter filter = filter(connection, query, visit.caller());
              AuditLog.add(
                  connection,
                  clock.instant(),
                  visit.caller(),
                  "asset.export",
                  format.extension(),
                  Optional.of(visit.address()),
                  Map.of());
              try {
                WorkerBody body = open(visit, context, format);
                AssetExport.write(connection, filter, format, body);
                // Only here: what is closed on the way out of a failure would look whole.
                body.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return format;
            })
        .onComplete(done -> downloads.release())
        .onFailure(failure -> cutShort(visit, failure));
  }

  /** The filters of the list of assets, within the caller's groups. */
  private static AssetCursor.Filter filter(
      Connection connection, QueryParameters query, Caller caller) throws SQLException {
    Optional<String> kind = given(query, "kind");
    if (kind.isPresent() && AssetKinds.load(connection).find(kind.get()).isEmpty()) {
      throw bad("kind", "There is no kind \"" + kind.get() + "\".");
    }
    Collection<Integer> groups = caller.groups();
    Optional<String> code = given(query, "group");
    if (code.isPresent()) {
      AssetGroups.Group group =
          AssetGroups.load(connection)
              .find(code.get())
              .filter(found -> caller.covers(OptionalInt.of(found.id())))
              .orElseThrow(
                  () -> bad("group", "There is no residential group \"" + code.get() + "\"."));
      groups = List.of(group.id());
    }
    Optional<String> state = given(query, "state");
    if (state.isPresent() && AssetState.find(state.get()).isEmpty()) {
      throw bad("state", "Parameter \"state\" must be planned, in_use or removed.");
    }
    return new AssetCursor.Filter(kind, groups, state.flatMap(AssetState::find), given(query, "q"));
  }

  /** A form sends its empty fields, too. */
  private static Optional<String> given(QueryParameters query, String name) {
    return query.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static ProblemException bad(String parameter, String sentence) {
    return new ProblemException(Problem.badParameter(parameter, sentence));
  }

  private static WorkerBody open(Visit visit, Context context, FileFormat format) {
    HttpServerResponse response = visit.request().response();
    response
        .setChunked(true)
        .putHeader("Content-Type", format.mediaType())
        .putHeader(
            "Content-Disposition", "attachment; filename=\"assets." + format.extension() + "\"")
        .putHeader("Cache-Control", "private, no-store");
    return new WorkerBody(context, response, STALL_MAX);
  }

  private static void cutShort(Visit visit, Throwable failure) {
    if (failure instanceof UncheckedIOException) {
      log.debug("An export ended early: {}", failure.getMessage());
      visit.request().connection().close();
    } else {
      visit.fail(failure);
    }
  }
}
