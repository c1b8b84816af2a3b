package io.floodmark.api.assets;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Likely duplicates, and two of them side by side to be made one. */
final class AssetMergePages {
  private static final int PAGE_PAIRS = 50;

  private final AssetPages pages;

  AssetMergePages(AssetPages pages) {
    this.pages = pages;
  }

  void addTo(Routes routes) {
    Guard edit = Guard.of(Right.EDIT_REGISTER);
    routes.get("/staff/assets/duplicates", edit, this::pairs);
    routes.get("/staff/assets/merge", edit, this::compare);
    routes.form("/staff/assets/merge", edit, BodyLimit.FIELDS, this::merge);
  }

  private void pairs(Visit visit) {
    AssetFilter filter =
        new AssetFilter(
            Optional.empty(),
            AssetPages.asked(visit, "kind"),
            AssetPages.asked(visit, "group"),
            Optional.empty(),
            Optional.empty(),
            "",
            List.of(AssetScope.groups(visit.caller())),
            false);
    int page = page(visit.request().getParam("page"));
    pages
        .database()
        .transaction(connection -> pairsPage(connection, visit, filter, page))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Representation pairsPage(Connection connection, Visit visit, AssetFilter filter, int page)
      throws SQLException {
    AssetDuplicates.Page found =
        AssetDuplicates.pairs(connection, filter, (page - 1) * PAGE_PAIRS, PAGE_PAIRS);
    AssetKinds kinds = AssetKinds.load(connection);
    AssetGroups groups = AssetGroups.load(connection);
    List<AssetView.Pair> views =
        found.pairs().stream()
            .map(
                pair ->
                    new AssetView.Pair(
                        pages.view(visit, pair.older(), kinds, groups),
                        pages.view(visit, pair.younger(), kinds, groups)))
            .toList();
    Map<String, String> asked = new LinkedHashMap<>();
    filter.kind().ifPresent(word -> asked.put("kind", word));
    filter.group().ifPresent(word -> asked.put("group", word));
    return pages.page(
        visit,
        "assets/duplicates.jte",
        pages.frame(visit, "assets.duplicates"),
        Map.of(
            "pairs",
            views,
            "total",
            found.total(),
            "isCut",
            found.total() == DuplicateSweep.PAIRS_MAX,
            "kinds",
            kinds,
            "groups",
            groups.within(visit.caller()),
            "asked",
            asked,
            "next",
            found.isLast() ? 0 : page + 1,
            "query",
            AssetPages.query(asked)));
  }

  /** Pages that cannot be meant are the first. */
  private static int page(String text) {
    int page = text != null && text.matches("\\d{1,3}") ? Integer.parseInt(text) : 1;
    return Math.max(1, page);
  }

  private void compare(Visit visit) {
    long one = id(visit.request().getParam("a"));
    long other = id(visit.request().getParam("b"));
    pages
        .database()
        .read(connection -> comparePage(connection, visit, one, other, ""))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Representation comparePage(
      Connection connection, Visit visit, long one, long other, String problem)
      throws SQLException {
    AssetView first =
        pages.view(connection, visit, AssetScope.get(connection, visit.caller(), one));
    AssetView second =
        pages.view(connection, visit, AssetScope.get(connection, visit.caller(), other));
    return pages.page(
        visit,
        "assets/merge.jte",
        pages.frame(visit, "assets.merge"),
        Map.of("sides", List.of(first, second), "problem", problem));
  }

  private void merge(Visit visit, Form form) {
    long stays = id(form.text("stays").orElse(""));
    long one = id(form.text("a").orElse(""));
    long other = id(form.text("b").orElse(""));
    long goes = stays == one ? other : one;
    boolean asked = stays == one || stays == other;
    AssetMerge.Side keeper = new AssetMerge.Side(stays, version(form, stays));
    AssetMerge.Side leaver = new AssetMerge.Side(goes, version(form, goes));
    pages
        .database()
        .transaction(
            connection -> {
              AssetScope.get(connection, visit.caller(), one);
              AssetScope.get(connection, visit.caller(), other);
              return asked
                  ? AssetMerge.merge(
                      connection, keeper, leaver, pages.change(visit, form.text("reason")))
                  : AssetStore.Written.STALE;
            })
        .onSuccess(
            written -> {
              if (written == AssetStore.Written.DONE) {
                visit.seeOther("/staff/assets/" + stays + "?done=merged");
              } else {
                again(visit, one, other, asked ? "assets.stale" : "assets.merge.choose");
              }
            })
        .onFailure(visit::fail);
  }

  private void again(Visit visit, long one, long other, String problemKey) {
    pages
        .database()
        .read(
            connection ->
                comparePage(connection, visit, one, other, pages.texts(visit).of(problemKey)))
        .onSuccess(
            page -> {
              visit.request().response().setStatusCode(409);
              visit.send(page);
            })
        .onFailure(visit::fail);
  }

  private static int version(Form form, long id) {
    return form.text("version-" + id)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  private static long id(String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
