package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.Change;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /staff/assets/import}: a file, its columns, a dry run, all rows or none. */
public final class ImportRoutes {
  private static final String PATH = "/staff/assets/import";

  /** The file, and a little of the form around it. */
  private static final BodyLimit UPLOAD = new BodyLimit(ListFiles.BYTES_MAX + 64 * 1024, 1);

  private static final String REFRESH_S = "2";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final PageKit kit;
  private final ImportWorker worker;
  private final ListFiles files;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /**
   * Routes that hand work to {@code worker}.
   *
   * @param zone the ward's clock
   * @param folder for copies of files while they are looked at
   */
  public ImportRoutes(
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      PageKit kit,
      ImportWorker worker,
      Path folder) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.kit = kit;
    this.worker = worker;
    this.files = new ListFiles(folder);
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "assets", "files", "exchange"));
    }
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    Guard guard = Guard.of(Right.IMPORT_REGISTER);
    routes.get(PATH, guard, this::list);
    routes.form(PATH, guard, UPLOAD, this::upload);
    routes.get(PATH + "/:id", guard, this::one);
    routes.form(PATH + "/:id/check", guard, BodyLimit.FIELDS, this::check);
    routes.form(PATH + "/:id/go", guard, BodyLimit.FIELDS, this::go);
    routes.form(PATH + "/:id/cancel", guard, BodyLimit.FIELDS, this::cancel);
    routes.get(PATH + "/:id/problems.csv", guard, this::problems);
  }

  private Texts texts(Visit visit) {
    return texts.get(visit.language());
  }

  private void list(Visit visit) {
    database
        .read(connection -> listPage(visit, connection, ""))
        .onSuccess(page -> page.send(visit))
        .onFailure(visit::fail);
  }

  /** A page, with how it is answered; headers are set on the event loop. */
  private record Page(Representation body, int status, boolean follows) {
    void send(Visit visit) {
      visit.request().response().setStatusCode(status);
      if (follows) {
        // So that the page follows without a script.
        visit.request().response().putHeader("Refresh", REFRESH_S);
      }
      visit.send(body);
    }
  }

  /** The page of all imports; 422 with a problem of the file that was just sent. */
  private Page listPage(Visit visit, Connection connection, String problem) throws SQLException {
    ImportStore store = new ImportStore(connection);
    store.tidy(clock.instant());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("imports", store.list(visit.caller()));
    model.put("kinds", AssetKinds.load(connection).enabled());
    model.put("problem", problem);
    model.put("zone", zone);
    var frame = kit.frame(visit, "exchange.title", "assets", texts(visit));
    Representation body = kit.page(visit, "exchange/imports.jte", frame, model);
    return new Page(body, problem.isEmpty() ? 200 : 422, false);
  }

  private void upload(Visit visit, Form form) {
    List<Form.Upload> sent = form.uploads("file");
    Optional<String> kind = form.text("kind");
    database
        .transaction(
            connection -> {
              if (sent.isEmpty()) {
                return Uploaded.refused(
                    listPage(visit, connection, texts(visit).of("exchange.upload.none")));
              }
              Buffer content = sent.get(0).content();
              String problem = files.unreadable(content, texts(visit));
              if (!problem.isEmpty()) {
                return Uploaded.refused(listPage(visit, connection, problem));
              }
              if (kind.isPresent() && AssetKinds.load(connection).find(kind.get()).isEmpty()) {
                throw new ProblemException(
                    Problem.invalid("kind", "There is no kind \"" + kind.get() + "\"."));
              }
              Instant now = clock.instant();
              long id =
                  new ImportStore(connection)
                      .add(
                          visit.caller(),
                          ListFiles.name(sent.get(0).name()),
                          new ByteArrayInputStream(content.getBytes()),
                          content.length(),
                          kind,
                          now);
              AuditLog.add(
                  connection,
                  now,
                  visit.caller(),
                  "asset.upload",
                  "import:" + id,
                  Optional.of(visit.address()),
                  Map.of());
              return new Uploaded(id, Optional.empty());
            })
        .onSuccess(
            done ->
                done.page()
                    .ifPresentOrElse(
                        page -> page.send(visit), () -> visit.seeOther(PATH + "/" + done.id())))
        .onFailure(visit::fail);
  }

  private record Uploaded(long id, Optional<Page> page) {
    static Uploaded refused(Page page) {
      return new Uploaded(0, Optional.of(page));
    }
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    boolean again = visit.request().params().contains("columns");
    Optional<String> sheet = Optional.ofNullable(visit.request().getParam("sheet"));
    database
        .read(
            connection -> {
              ImportStore store = new ImportStore(connection);
              store.tidy(clock.instant());
              ImportEntry entry = store.get(visit.caller(), id);
              boolean choosing =
                  entry.hasFile()
                      && (entry.state() == ImportState.UPLOADED || (again && entry.canCheck()));
              return choosing
                  ? mappingPage(visit, connection, entry, sheet)
                  : statePage(visit, entry);
            })
        .onSuccess(page -> page.send(visit))
        .onFailure(visit::fail);
  }

  private Page statePage(Visit visit, ImportEntry entry) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("entry", entry);
    model.put("zone", zone);
    var frame = kit.frame(visit, "exchange.title." + entry.stateKey(), "assets", texts(visit));
    Representation body = kit.page(visit, "exchange/import.jte", frame, model);
    return new Page(body, 200, entry.isRunning());
  }

  private Page mappingPage(
      Visit visit, Connection connection, ImportEntry entry, Optional<String> sheet)
      throws SQLException {
    Optional<String> chosen = sheet.or(() -> entry.mapping().flatMap(ColumnMapping::sheet));
    try {
      FilePreview preview = files.preview(connection, entry.id(), chosen);
      List<AssetKind> kinds = kinds(connection, entry);
      ColumnMapping mapping =
          entry
              .mapping()
              .filter(m -> m.sheet().equals(chosen))
              .orElseGet(() -> MappingForm.guessed(preview, kinds));
      return mappingPage(visit, connection, entry, preview, mapping, chosen, List.<String>of());
    } catch (FileProblemException e) {
      return listPage(visit, connection, ImportProblem.of(e).sentence(texts(visit)));
    }
  }

  private Page mappingPage(
      Visit visit,
      Connection connection,
      ImportEntry entry,
      FilePreview preview,
      ColumnMapping mapping,
      Optional<String> sheet,
      List<String> problems)
      throws SQLException {
    List<AssetKind> kinds = kinds(connection, entry);
    List<ColumnChoice> groups =
        AssetGroups.load(connection).within(visit.caller()).stream()
            .map(group -> new ColumnChoice(group.code(), group.name()))
            .toList();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("entry", entry);
    model.put("columns", MappingForm.columns(preview, mapping));
    model.put("choices", ColumnChoice.of(kinds, texts(visit), visit.language()));
    model.put(
        "constants", MappingForm.constants(kinds, groups, mapping, texts(visit), visit.language()));
    model.put("absent", preview.absent());
    model.put("mapping", mapping);
    model.put("sheets", preview.sheets());
    model.put("sheet", sheet.orElse(""));
    model.put("problems", problems);
    var frame = kit.frame(visit, "exchange.title.uploaded", "assets", texts(visit));
    Representation body = kit.page(visit, "exchange/mapping.jte", frame, model);
    return new Page(body, problems.isEmpty() ? 200 : 422, false);
  }

  private static List<AssetKind> kinds(Connection connection, ImportEntry entry)
      throws SQLException {
    AssetKinds kinds = AssetKinds.load(connection);
    return entry.kind().map(code -> List.of(kinds.get(code))).orElseGet(kinds::all);
  }

  /** What came of a form: to be gone on with, or shown again. */
  private record Mapped(Optional<ImportEntry> entry, Optional<Page> page) {}

  private void check(Visit visit, Form form) {
    long id = visit.id("id");
    Optional<String> sheet = form.text("sheet");
    database
        .transaction(
            connection -> {
              ImportStore store = new ImportStore(connection);
              ImportEntry entry = store.get(visit.caller(), id);
              if (!entry.canCheck()) {
                throw notNow();
              }
              try {
                FilePreview preview = files.preview(connection, id, sheet);
                ColumnMapping mapping = MappingForm.read(form, preview, sheet);
                List<String> problems = MappingForm.problems(mapping, preview, texts(visit));
                if (!problems.isEmpty()) {
                  return new Mapped(
                      Optional.empty(),
                      Optional.of(
                          mappingPage(
                              visit, connection, entry, preview, mapping, sheet, problems)));
                }
                if (!store.map(id, mapping, clock.instant())) {
                  throw notNow();
                }
                return new Mapped(store.find(id), Optional.empty());
              } catch (FileProblemException e) {
                String problem = ImportProblem.of(e).sentence(texts(visit));
                return new Mapped(
                    Optional.empty(), Optional.of(listPage(visit, connection, problem)));
              }
            })
        .onSuccess(
            mapped ->
                mapped
                    .page()
                    .ifPresentOrElse(
                        page -> page.send(visit),
                        () ->
                            follow(
                                visit,
                                id,
                                worker.check(
                                    mapped.entry().orElseThrow(), visit.caller(), texts(visit)))))
        .onFailure(visit::fail);
  }

  private void go(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .read(connection -> new ImportStore(connection).get(visit.caller(), id))
        .onSuccess(
            entry -> {
              if (!entry.canGo()) {
                visit.fail(notNow());
                return;
              }
              Change change =
                  new Change(
                      visit.caller(),
                      clock.instant(),
                      Optional.of(visit.address()),
                      Optional.of(entry.fileName()));
              follow(visit, id, worker.write(entry, change));
            })
        .onFailure(visit::fail);
  }

  private static void follow(Visit visit, long id, CompletableFuture<ImportWorker.Begun> begun) {
    Future.fromCompletionStage(begun, visit.context().vertx().getOrCreateContext())
        .onSuccess(
            answer -> {
              if (answer == ImportWorker.Begun.YES) {
                visit.seeOther(PATH + "/" + id);
              } else if (answer == ImportWorker.Begun.BUSY) {
                visit.seeOther(PATH + "/" + id + "?columns=1&done=busy");
              } else {
                visit.fail(notNow());
              }
            })
        .onFailure(visit::fail);
  }

  private void cancel(Visit visit, Form form) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              ImportStore store = new ImportStore(connection);
              store.get(visit.caller(), id);
              return store.cancel(id, clock.instant());
            })
        .onSuccess(cancelled -> visit.seeOther(PATH + "/" + id))
        .onFailure(visit::fail);
  }

  private static ProblemException notNow() {
    return new ProblemException(
        Problem.conflict(
            "This import has moved on meanwhile, or its file is gone. Look at it again."));
  }

  private void problems(Visit visit) {
    long id = visit.id("id");
    database
        .read(
            connection -> {
              ImportStore store = new ImportStore(connection);
              store.get(visit.caller(), id);
              return store
                  .report(id)
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              Problem.gone(
                                  "The list of problems goes with the file, after 24 h.")));
            })
        .onSuccess(
            packed ->
                visit
                    .request()
                    .response()
                    .putHeader("Content-Type", "text/csv; charset=utf-8")
                    .putHeader("Content-Encoding", "gzip")
                    .putHeader("Cache-Control", "private, no-store")
                    .putHeader(
                        "Content-Disposition", "attachment; filename=\"import-" + id + ".csv\"")
                    .end(Buffer.buffer(packed)))
        .onFailure(visit::fail);
  }
}
