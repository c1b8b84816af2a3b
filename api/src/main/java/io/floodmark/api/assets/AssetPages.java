package io.floodmark.api.assets;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /staff/assets}: the register as staff read it, and the small changes on an asset's page.
 */
public final class AssetPages {
  private static final int HISTORY_MAX = 200;
  private static final int SEARCH_MAX = 100;

  private final PageKit kit;
  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);
  private final Map<Language, Texts> reportWords = new EnumMap<>(Language.class);

  /** Pages over {@code database}; times on them are those of {@code zone}. */
  public AssetPages(PageKit kit, DatabaseCalls database, InstantSource clock, ZoneId zone) {
    this.kit = kit;
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "picker", "assets"));
      reportWords.put(language, Texts.load(language, "reports"));
    }
  }

  /** Registers them; paths with a word before those with an asset's number. */
  public void addTo(Routes routes) {
    Guard see = Guard.of(Right.SEE_REGISTER);
    Guard edit = Guard.of(Right.EDIT_REGISTER);
    routes.get("/staff/assets", see, this::list);
    new AssetFormPages(this).addTo(routes);
    new AssetMergePages(this).addTo(routes);
    new KindPages(this).addTo(routes);
    routes.get("/staff/assets/:id", see, this::one);
    routes.form("/staff/assets/:id/verify", edit, BodyLimit.FIELDS, this::verify);
    routes.form("/staff/assets/:id/remove", edit, BodyLimit.FIELDS, this::remove);
  }

  DatabaseCalls database() {
    return database;
  }

  Texts texts(Visit visit) {
    return texts.get(visit.language());
  }

  Frame frame(Visit visit, String titleKey) {
    return kit.frame(visit, titleKey, "assets", texts(visit));
  }

  Representation page(Visit visit, String template, Frame frame, Map<String, Object> model) {
    return kit.page(visit, template, frame, model);
  }

  Change change(Visit visit, Optional<String> reason) {
    return new Change(visit.caller(), clock.instant(), Optional.of(visit.address()), reason);
  }

  AssetView view(Connection connection, Visit visit, Asset asset) throws SQLException {
    return view(visit, asset, AssetKinds.load(connection), AssetGroups.load(connection));
  }

  AssetView view(Visit visit, Asset asset, AssetKinds kinds, AssetGroups groups) {
    return new AssetView(asset, kinds.get(asset.kind()), groups, visit.language(), zone);
  }

  /** A parameter of a page's address; what cannot be meant is ignored, for people mistype. */
  static Optional<String> asked(Visit visit, String name) {
    String text = visit.request().getParam(name);
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(t -> !t.isEmpty() && t.indexOf('\0') < 0 && t.length() <= SEARCH_MAX);
  }

  private void list(Visit visit) {
    Optional<AssetState> state = asked(visit, "state").flatMap(AssetState::find);
    AssetFilter filter =
        new AssetFilter(
            Optional.empty(),
            asked(visit, "kind"),
            asked(visit, "group"),
            asked(visit, "condition"),
            state,
            asked(visit, "q").orElse(""),
            List.of(AssetScope.groups(visit.caller())),
            false);
    AssetList.Sort sort = AssetList.Sort.find(asked(visit, "sort").orElse(""));
    Optional<String> cursor = Optional.ofNullable(visit.request().getParam("cursor"));
    database
        .read(connection -> listPage(connection, visit, filter, sort, cursor))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Representation listPage(
      Connection connection,
      Visit visit,
      AssetFilter filter,
      AssetList.Sort sort,
      Optional<String> cursor)
      throws SQLException {
    AssetList.Page page = AssetList.page(connection, filter, sort, cursor);
    AssetKinds kinds = AssetKinds.load(connection);
    AssetGroups groups = AssetGroups.load(connection);
    List<AssetView> rows =
        page.assets().stream().map(asset -> view(visit, asset, kinds, groups)).toList();
    Map<String, String> asked = new LinkedHashMap<>();
    filter.kind().ifPresent(word -> asked.put("kind", word));
    filter.group().ifPresent(word -> asked.put("group", word));
    filter.condition().ifPresent(word -> asked.put("condition", word));
    filter.state().ifPresent(word -> asked.put("state", word.key()));
    if (!filter.search().isEmpty()) {
      asked.put("q", filter.search());
    }
    String query = query(asked);
    return page(
        visit,
        "assets/list.jte",
        frame(visit, "assets.title"),
        Map.of(
            "rows", rows,
            "total", page.total(),
            "kinds", kinds,
            "conditions", conditions(kinds, filter.kind()),
            "groups", groups.within(visit.caller()),
            "asked", asked,
            "sort", sort,
            "query", query,
            "next", page.next().map(c -> "cursor=" + encode(c)).orElse("")));
  }

  /** Those of the kind that is asked for, or of all kinds: the first that names a value wins. */
  private static List<AssetField.Option> conditions(AssetKinds kinds, Optional<String> kind) {
    Map<String, AssetField.Option> options = new LinkedHashMap<>();
    kinds.all().stream()
        .filter(k -> kind.isEmpty() || k.code().equals(kind.get()))
        .flatMap(k -> k.field("condition").stream())
        .flatMap(field -> field.options().stream())
        .forEach(option -> options.putIfAbsent(option.value(), option));
    return List.copyOf(options.values());
  }

  static String query(Map<String, String> asked) {
    return asked.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    database
        .read(connection -> onePage(connection, visit, id, ""))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Representation onePage(Connection connection, Visit visit, long id, String problem)
      throws SQLException {
    Asset asset = AssetScope.get(connection, visit.caller(), id);
    AssetView view = view(connection, visit, asset);
    AssetStore store = new AssetStore(connection);
    Set<Long> family = store.familyOf(id);
    List<AssetStory.Line> story =
        AssetStory.of(AssetHistory.of(connection, family, HISTORY_MAX), view, texts(visit));
    return page(
        visit,
        "assets/one.jte",
        frame(visit, "assets.one").titled(view.title()),
        Map.of(
            "view",
            view,
            "story",
            story,
            "ties",
            AssetTies.of(connection, family, visit.caller()),
            "reportWords",
            reportWords.get(visit.language()),
            "head",
            store.headOf(id),
            "problem",
            problem));
  }

  private void verify(Visit visit, Form form) {
    long id = visit.id("id");
    after(
        visit,
        id,
        "verified",
        connection ->
            new AssetStore(connection)
                .verify(id, version(form), change(visit, form.text("reason"))));
  }

  private void remove(Visit visit, Form form) {
    long id = visit.id("id");
    if (form.text("reason").isEmpty()) {
      refuse(visit, id, "assets.problem.noReason", 422);
      return;
    }
    after(
        visit,
        id,
        "removed",
        connection ->
            new AssetStore(connection)
                .remove(id, version(form), change(visit, form.text("reason"))));
  }

  private void after(
      Visit visit, long id, String done, DatabaseCalls.Read<AssetStore.Written> work) {
    database
        .transaction(
            connection -> {
              AssetScope.get(connection, visit.caller(), id);
              return work.from(connection);
            })
        .onSuccess(
            written -> {
              if (written == AssetStore.Written.DONE) {
                visit.seeOther("/staff/assets/" + id + "?done=" + done);
              } else {
                refuse(visit, id, "assets.stale", 409);
              }
            })
        .onFailure(visit::fail);
  }

  private void refuse(Visit visit, long id, String problemKey, int status) {
    database
        .read(connection -> onePage(connection, visit, id, texts(visit).of(problemKey)))
        .onSuccess(
            page -> {
              visit.request().response().setStatusCode(status);
              visit.send(page);
            })
        .onFailure(visit::fail);
  }

  static int version(Form form) {
    return form.text("version")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }
}
