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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Likely duplicates, and two of them side by side to be made one. */
final class AssetMergePages {
  private static final int PAIRS_MAX = 100;

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
    pages
        .database()
        .read(
            connection -> {
              List<AssetView.Pair> views = new ArrayList<>();
              for (AssetDuplicates.Pair pair :
                  AssetDuplicates.pairs(connection, AssetScope.groups(visit.caller()), PAIRS_MAX)) {
                views.add(
                    new AssetView.Pair(
                        pages.view(connection, visit, pair.older()),
                        pages.view(connection, visit, pair.younger())));
              }
              return pages.page(
                  visit,
                  "assets/duplicates.jte",
                  pages.frame(visit, "assets.duplicates"),
                  Map.of("pairs", views));
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
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
