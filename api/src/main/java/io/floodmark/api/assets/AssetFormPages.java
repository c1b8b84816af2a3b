package io.floodmark.api.assets;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The form in which assets are made and changed. */
final class AssetFormPages {
  private final AssetPages pages;

  AssetFormPages(AssetPages pages) {
    this.pages = pages;
  }

  void addTo(Routes routes) {
    Guard edit = Guard.of(Right.EDIT_REGISTER);
    routes.get("/staff/assets/new", edit, this::blank);
    routes.form("/staff/assets/new", edit, BodyLimit.FIELDS, this::create);
    routes.get("/staff/assets/:id/edit", edit, this::filled);
    routes.form("/staff/assets/:id/edit", edit, BodyLimit.FIELDS, this::change);
  }

  /** How a form ended: gone on, or shown again. */
  private record Outcome(Optional<String> location, Optional<Representation> page, int status) {
    static Outcome goOn(String location) {
      return new Outcome(Optional.of(location), Optional.empty(), 303);
    }

    static Outcome again(Representation page, int status) {
      return new Outcome(Optional.empty(), Optional.of(page), status);
    }
  }

  private void blank(Visit visit) {
    String code = AssetPages.asked(visit, "kind").orElse("tree");
    Map<String, String> texts = new HashMap<>();
    for (String key : List.of("lon", "lat", "group", "street")) {
      AssetPages.asked(visit, key).ifPresent(text -> texts.put(key, text));
    }
    String replaces = AssetPages.asked(visit, "replaces").orElse("");
    pages
        .database()
        .read(
            connection -> {
              AssetKind kind = kind(connection, code);
              long old = replaces.matches("\\d{1,18}") ? Long.parseLong(replaces) : 0;
              if (old != 0) {
                AssetContent before = AssetScope.get(connection, visit.caller(), old).content();
                texts.putAll(place(before, AssetGroups.load(connection)));
              }
              return page(
                  connection,
                  visit,
                  form(connection, visit, kind, texts, Map.of(), old),
                  List.of());
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  /** What a tree takes over from the one in whose place it is planted. */
  private static Map<String, String> place(AssetContent before, AssetGroups groups) {
    Map<String, String> texts = new HashMap<>();
    texts.put("lon", Double.toString(before.lon()));
    texts.put("lat", Double.toString(before.lat()));
    before.number().ifPresent(text -> texts.put("number", text));
    before.street().ifPresent(text -> texts.put("street", text));
    before.place().ifPresent(text -> texts.put("place", text));
    groups.of(before.groupId()).ifPresent(group -> texts.put("group", group.code()));
    return texts;
  }

  private static AssetKind kind(Connection connection, String code) throws SQLException {
    return AssetKinds.load(connection)
        .find(code)
        .filter(AssetKind::enabled)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "There is no such kind of asset, or it is switched off at"
                            + " /staff/kinds.")));
  }

  private static AssetForm form(
      Connection connection,
      Visit visit,
      AssetKind kind,
      Map<String, String> texts,
      Map<String, String> problems,
      long replaces)
      throws SQLException {
    return new AssetForm(
        "/staff/assets/new",
        kind,
        0,
        texts,
        problems,
        AssetGroups.load(connection).within(visit.caller()),
        replaces);
  }

  private void create(Visit visit, Form form) {
    pages
        .database()
        .transaction(connection -> created(connection, visit, form))
        .onSuccess(outcome -> end(visit, outcome))
        .onFailure(visit::fail);
  }

  private Outcome created(Connection connection, Visit visit, Form form) throws SQLException {
    AssetKind kind = kind(connection, form.text("kind").orElse(""));
    Map<String, String> texts = AssetForm.texts(form, kind);
    long replaces =
        form.text("replaces").filter(t -> t.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
    Checked checked = check(connection, visit, kind, texts);
    if (checked.content().isEmpty()) {
      return again(connection, visit, kind, texts, checked.problems(), replaces, List.of());
    }
    AssetContent content = checked.content().get();
    if (replaces != 0) {
      AssetScope.get(connection, visit.caller(), replaces);
      content = content.replacing(replaces);
    } else if (!form.isTicked("not-the-same")) {
      List<Asset> likely =
          AssetDuplicates.of(connection, content, AssetScope.groups(visit.caller()));
      if (!likely.isEmpty()) {
        return again(connection, visit, kind, texts, Map.of(), 0, likely);
      }
    }
    OptionalLong id =
        new AssetStore(connection).insert(content, false, pages.change(visit, form.text("reason")));
    if (id.isEmpty()) {
      return again(connection, visit, kind, texts, refTaken(visit), replaces, List.of());
    }
    return Outcome.goOn("/staff/assets/" + id.getAsLong() + "?done=created");
  }

  private Outcome again(
      Connection connection,
      Visit visit,
      AssetKind kind,
      Map<String, String> texts,
      Map<String, String> problems,
      long replaces,
      List<Asset> likely)
      throws SQLException {
    AssetForm form = form(connection, visit, kind, texts, problems, replaces);
    return Outcome.again(page(connection, visit, form, likely), likely.isEmpty() ? 422 : 409);
  }

  private record Checked(Optional<AssetContent> content, Map<String, String> problems) {}

  private Checked check(
      Connection connection, Visit visit, AssetKind kind, Map<String, String> texts)
      throws SQLException {
    AssetCheck.Result result =
        new AssetCheck(kind, AssetGroups.load(connection)).check(AssetForm.draft(texts));
    Map<String, String> problems = AssetForm.sentences(result.problems(), pages.texts(visit));
    if (result.content().isPresent() && !visit.caller().covers(result.content().get().groupId())) {
      return new Checked(
          Optional.empty(), Map.of("group", pages.texts(visit).of("assets.problem.notOwnGroup")));
    }
    return new Checked(result.content(), problems);
  }

  private Map<String, String> refTaken(Visit visit) {
    return Map.of("ref", pages.texts(visit).of("assets.problem.refTaken"));
  }

  private void filled(Visit visit) {
    long id = visit.id("id");
    pages
        .database()
        .read(
            connection -> {
              Asset asset = AssetScope.get(connection, visit.caller(), id);
              AssetGroups groups = AssetGroups.load(connection);
              AssetKind kind = AssetKinds.load(connection).get(asset.kind());
              Map<String, String> texts =
                  AssetForm.texts(asset.content(), kind, groups, visit.language());
              return page(
                  connection, visit, form(asset, visit, kind, texts, Map.of(), groups), List.of());
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private static AssetForm form(
      Asset asset,
      Visit visit,
      AssetKind kind,
      Map<String, String> texts,
      Map<String, String> problems,
      AssetGroups groups) {
    return new AssetForm(
        "/staff/assets/" + asset.id() + "/edit",
        kind,
        asset.version(),
        texts,
        problems,
        groups.within(visit.caller()),
        0);
  }

  private void change(Visit visit, Form form) {
    long id = visit.id("id");
    pages
        .database()
        .transaction(connection -> changed(connection, visit, form, id))
        .onSuccess(outcome -> end(visit, outcome))
        .onFailure(visit::fail);
  }

  private Outcome changed(Connection connection, Visit visit, Form form, long id)
      throws SQLException {
    Asset asset = AssetScope.get(connection, visit.caller(), id);
    AssetGroups groups = AssetGroups.load(connection);
    AssetKind kind = AssetKinds.load(connection).get(asset.kind());
    Map<String, String> texts = AssetForm.texts(form, kind);
    Checked checked = check(connection, visit, kind, texts);
    Map<String, String> problems = new HashMap<>(checked.problems());
    if (form.text("reason").isEmpty()) {
      problems.put("reason", pages.texts(visit).of("assets.problem.noReason"));
    }
    int status = 422;
    if (problems.isEmpty() && checked.content().isPresent()) {
      AssetStore.Written written =
          new AssetStore(connection)
              .update(
                  id,
                  AssetPages.version(form),
                  checked.content().get(),
                  pages.change(visit, form.text("reason")));
      if (written == AssetStore.Written.DONE) {
        return Outcome.goOn("/staff/assets/" + id + "?done=edited");
      }
      if (written == AssetStore.Written.STALE) {
        problems.put("form", pages.texts(visit).of("assets.stale"));
        status = 409;
      } else {
        problems.putAll(refTaken(visit));
      }
    }
    Map<String, String> typed = new HashMap<>(texts);
    form.text("reason").ifPresent(reason -> typed.put("reason", reason));
    return Outcome.again(
        page(connection, visit, form(asset, visit, kind, typed, problems, groups), List.of()),
        status);
  }

  private Representation page(
      Connection connection, Visit visit, AssetForm form, List<Asset> likely) throws SQLException {
    Frame frame = pages.frame(visit, form.version() == 0 ? "assets.new" : "assets.edit");
    List<AssetView> views = new ArrayList<>();
    for (Asset asset : likely) {
      views.add(pages.view(connection, visit, asset));
    }
    return pages.page(
        visit,
        "assets/form.jte",
        frame,
        Map.of("form", form, "kinds", AssetKinds.load(connection).enabled(), "likely", views));
  }

  private static void end(Visit visit, Outcome outcome) {
    outcome.location().ifPresent(visit::seeOther);
    outcome
        .page()
        .ifPresent(
            page -> {
              visit.request().response().setStatusCode(outcome.status());
              visit.send(page);
            });
  }
}
