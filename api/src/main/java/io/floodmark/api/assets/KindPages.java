package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code /staff/kinds} and {@code /api/v1/kinds}: which kinds of assets there are. */
final class KindPages {
  private final AssetPages pages;

  KindPages(AssetPages pages) {
    this.pages = pages;
  }

  void addTo(Routes routes) {
    Guard manage = Guard.of(Right.MANAGE_STAFF);
    routes.read("/api/v1/kinds", this::names);
    routes.get("/staff/kinds", manage, this::list);
    routes.form("/staff/kinds", manage, BodyLimit.FIELDS, this::add);
    routes.form("/staff/kinds/:code", manage, BodyLimit.FIELDS, this::change);
    routes.get("/staff/kinds/:code", manage, visit -> one(visit, "", ""));
    routes.form("/staff/kinds/:code/fields", manage, BodyLimit.FIELDS, this::edit);
    routes.form("/staff/kinds/:code/add", manage, BodyLimit.FIELDS, this::addField);
  }

  private void names(RoutingContext request) {
    Optional<String> acceptEncoding =
        Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
    pages
        .database()
        .read(
            connection -> {
              List<AssetKind> kinds = AssetKinds.load(connection).all();
              return Representation.computed(
                  "application/json", Json.bytes(json -> write(json, kinds)), acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), "no-cache"))
        .onFailure(request::fail);
  }

  private static void write(JsonGenerator json, List<AssetKind> kinds) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("kinds");
    for (AssetKind kind : kinds) {
      json.writeStartObject();
      json.writeStringField("code", kind.code());
      json.writeStringField("vi", kind.vi());
      json.writeStringField("en", kind.en());
      json.writeBooleanField("enabled", kind.enabled());
      writeConditions(json, kind);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What the map's filter by condition offers. */
  private static void writeConditions(JsonGenerator json, AssetKind kind) throws IOException {
    json.writeArrayFieldStart("conditions");
    for (AssetField field : kind.fields()) {
      if (field.key().equals("condition") && !field.retired()) {
        for (AssetField.Option option : field.options()) {
          json.writeStartObject();
          json.writeStringField("value", option.value());
          json.writeStringField("vi", option.vi());
          json.writeStringField("en", option.en());
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
  }

  private void list(Visit visit) {
    pages
        .database()
        .read(connection -> page(connection, visit, Map.of(), ""))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private Representation page(
      Connection connection, Visit visit, Map<String, String> typed, String problem)
      throws SQLException {
    return pages.page(
        visit,
        "assets/kinds.jte",
        pages.frame(visit, "kinds.title"),
        Map.of("kinds", AssetKinds.load(connection).all(), "typed", typed, "problem", problem));
  }

  private void add(Visit visit, Form form) {
    Map<String, String> typed =
        Map.of(
            "code", form.text("code").orElse(""),
            "vi", form.text("vi").orElse(""),
            "en", form.text("en").orElse(""),
            "fields", form.text("fields").orElse("[]"));
    pages
        .database()
        .transaction(connection -> added(connection, visit, typed))
        .onSuccess(
            problem -> {
              if (problem.isEmpty()) {
                visit.seeOther("/staff/kinds?done=kindAdded");
              } else {
                again(visit, typed, problem.get());
              }
            })
        .onFailure(visit::fail);
  }

  private void again(Visit visit, Map<String, String> typed, String problem) {
    pages
        .database()
        .read(connection -> page(connection, visit, typed, problem))
        .onSuccess(
            page -> {
              visit.request().response().setStatusCode(422);
              visit.send(page);
            })
        .onFailure(visit::fail);
  }

  /** Why it was not added; empty if it was. */
  private Optional<String> added(Connection connection, Visit visit, Map<String, String> typed)
      throws SQLException {
    AssetKind kind;
    try {
      kind =
          new AssetKind(
              typed.get("code"),
              typed.get("vi"),
              typed.get("en"),
              true,
              0,
              KindFields.parse(typed.get("fields")));
    } catch (KindProblem e) {
      return Optional.of(e.sentence(pages.texts(visit)));
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO asset_kind (code, name_vi, name_en, fields, position)
            SELECT ?, ?, ?, ?::jsonb, max(position) + 1 FROM asset_kind
            ON CONFLICT DO NOTHING
            """)) {
      insert.setString(1, kind.code());
      insert.setString(2, kind.vi());
      insert.setString(3, kind.en());
      insert.setString(4, typed.get("fields"));
      if (insert.executeUpdate() == 0) {
        return Optional.of(pages.texts(visit).of("kinds.taken"));
      }
    }
    audit(connection, visit, "kind.add", kind.code());
    return Optional.empty();
  }

  private void change(Visit visit, Form form) {
    String code = visit.context().pathParam("code");
    boolean enabled = form.text("enabled").filter("yes"::equals).isPresent();
    pages
        .database()
        .transaction(
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement("UPDATE asset_kind SET enabled = ? WHERE code = ?")) {
                update.setBoolean(1, enabled);
                update.setString(2, code.replace("\0", ""));
                if (update.executeUpdate() == 0) {
                  throw none();
                }
              }
              audit(connection, visit, enabled ? "kind.enable" : "kind.disable", code);
              return code;
            })
        .onSuccess(done -> visit.seeOther("/staff/kinds?done=kindChanged"))
        .onFailure(visit::fail);
  }

  private void one(Visit visit, String problem, String typed) {
    String code = visit.context().pathParam("code");
    pages
        .database()
        .read(
            connection -> {
              AssetKind kind = AssetKinds.load(connection).find(code).orElseThrow(KindPages::none);
              return pages.page(
                  visit,
                  "assets/kind.jte",
                  pages.frame(visit, "kinds.editTitle"),
                  Map.of("kind", kind, "problem", problem, "typed", typed));
            })
        .onSuccess(
            page -> {
              if (!problem.isEmpty()) {
                visit.request().response().setStatusCode(422);
              }
              visit.send(page);
            })
        .onFailure(visit::fail);
  }

  private static ProblemException none() {
    return new ProblemException(Problem.notFound("There is no kind of this code."));
  }

  private void edit(Visit visit, Form form) {
    String vi = form.text("vi").orElse("");
    String en = form.text("en").orElse("");
    write(visit, "kind.edit", "", vi, en, fields -> KindEdit.changed(fields, form));
  }

  private void addField(Visit visit, Form form) {
    String typed = form.text("field").orElse("");
    write(visit, "kind.field", typed, "", "", fields -> KindEdit.added(fields, typed));
  }

  /** Names that are empty stay what they were, unless the form has fields for them. */
  private void write(
      Visit visit, String action, String typed, String vi, String en, UnaryOperator<String> edit) {
    String code = visit.context().pathParam("code");
    boolean named = action.equals("kind.edit");
    pages
        .database()
        .transaction(
            connection -> {
              AssetKind before =
                  AssetKinds.load(connection).find(code).orElseThrow(KindPages::none);
              try {
                String fields = edit.apply(lockedFields(connection, code));
                AssetKind after =
                    new AssetKind(
                        code,
                        named ? vi : before.vi(),
                        named ? en : before.en(),
                        before.enabled(),
                        before.position(),
                        KindFields.parse(fields));
                store(connection, after, fields);
              } catch (KindProblem e) {
                return Optional.of(e.sentence(pages.texts(visit)));
              }
              audit(connection, visit, action, code);
              return Optional.<String>empty();
            })
        .onSuccess(
            problem -> {
              if (problem.isEmpty()) {
                visit.seeOther("/staff/kinds/" + code + "?done=kindChanged");
              } else {
                one(visit, problem.get(), typed);
              }
            })
        .onFailure(visit::fail);
  }

  private static String lockedFields(Connection connection, String code) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT fields FROM asset_kind WHERE code = ? FOR UPDATE")) {
      query.setString(1, code);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void store(Connection connection, AssetKind kind, String fields)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE asset_kind SET name_vi = ?, name_en = ?, fields = ?::jsonb WHERE code = ?")) {
      update.setString(1, kind.vi());
      update.setString(2, kind.en());
      update.setString(3, fields);
      update.setString(4, kind.code());
      update.executeUpdate();
    }
  }

  private void audit(Connection connection, Visit visit, String action, String code)
      throws SQLException {
    Change change = pages.change(visit, Optional.empty());
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        action,
        "kind:" + code.replace("\0", ""),
        change.address(),
        Map.of());
  }
}
