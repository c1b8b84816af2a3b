package io.floodmark.api.staff;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.access.Guard;
import io.floodmark.api.access.SecretToken;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /staff/tokens} and {@code /api/v1/tokens}: what programs sign in with. */
final class TokenRoutes {
  private static final String LIST = "/staff/tokens";
  private static final String JSON_LIST = "/api/v1/tokens";
  private static final Guard ADMIN = Guard.of(Right.MANAGE_STAFF);

  private final StaffParts parts;

  TokenRoutes(StaffParts parts) {
    this.parts = parts;
  }

  void addTo(Routes routes) {
    routes.get(LIST, ADMIN, visit -> page(visit, Map.of(), "", List.of(), "", ""));
    routes.form(LIST, ADMIN, BodyLimit.FIELDS, this::add);
    routes.form(LIST + "/:id/revoke", ADMIN, BodyLimit.FIELDS, this::revoke);
    routes.get(JSON_LIST, ADMIN, this::listJson);
    routes.data(HttpMethod.POST, JSON_LIST, ADMIN, BodyLimit.FIELDS, this::addJson);
    routes.data(HttpMethod.DELETE, JSON_LIST + "/:id", ADMIN, BodyLimit.FIELDS, this::revokeJson);
  }

  private void page(
      Visit visit,
      Map<String, String> problems,
      String name,
      List<String> rights,
      String expires,
      String made) {
    parts
        .database()
        .read(connection -> TokenStore.list(connection, parts.clock().instant()))
        .onSuccess(
            tokens -> {
              Map<String, Object> model = new HashMap<>();
              model.put("tokens", tokens);
              model.put("problems", problems);
              model.put("name", name);
              model.put("rights", rights);
              model.put("expires", expires);
              model.put("made", made);
              model.put("time", parts.time());
              parts.showAgain(
                  visit,
                  problems.isEmpty() ? 200 : 422,
                  "staff/tokens.jte",
                  parts.frame(visit, "tokens.title", "people"),
                  model);
            })
        .onFailure(visit::fail);
  }

  private void add(Visit visit, Form form) {
    List<String> rights = form.all("right");
    Optional<String> expires = form.text("expires");
    add(
            visit,
            () ->
                TokenStore.Wanted.of(
                    form.text("name"),
                    rights,
                    expires.map(this::endOfDay),
                    parts.clock().instant()))
        .onSuccess(made -> page(visit, Map.of(), "", List.of(), "", made.secret().value()))
        .onFailure(
            failure -> {
              if (failure instanceof StaffRefusal refusal) {
                page(
                    visit,
                    parts.sentences(visit, refusal),
                    form.text("name").orElse(""),
                    rights,
                    expires.orElse(""),
                    "");
              } else {
                visit.fail(failure);
              }
            });
  }

  private record Made(int id, SecretToken secret) {}

  private Future<Made> add(Visit visit, Supplier<TokenStore.Wanted> typed) {
    return parts
        .database()
        .transaction(
            connection -> {
              TokenStore.Wanted wanted = typed.get();
              SecretToken secret = SecretToken.draw(parts.random());
              Instant now = parts.clock().instant();
              int id = TokenStore.add(connection, wanted, secret, maker(visit), now);
              String keys = String.join(" ", wanted.rights().stream().map(Right::key).toList());
              parts.audit(
                  connection, visit, "token.add", "token:" + wanted.name(), Map.of("rights", keys));
              return new Made(id, secret);
            });
  }

  /** A token ends with its maker's account, so a person has to be its maker. */
  private static int maker(Visit visit) {
    return visit
        .caller()
        .staffId()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.forbidden(
                        "An API token cannot make others. Sign in, and make it as yourself.")));
  }

  /** A token holds to the end of the day that was chosen. */
  private Instant endOfDay(String text) {
    try {
      return LocalDate.parse(text).plusDays(1).atStartOfDay(parts.zone()).toInstant();
    } catch (DateTimeException e) {
      throw new StaffRefusal("expires", "tokens.expires.bad");
    }
  }

  private Future<Boolean> revoke(Visit visit) {
    long id = visit.id("id");
    return parts
        .database()
        .transaction(
            connection -> {
              Optional<String> name = TokenStore.revoke(connection, id, parts.clock().instant());
              if (name.isEmpty()) {
                throw new ProblemException(
                    Problem.notFound("There is no token with this number that still holds."));
              }
              parts.audit(connection, visit, "token.revoke", "token:" + name.get());
              return true;
            });
  }

  private void revoke(Visit visit, Form form) {
    revoke(visit).onSuccess(done -> visit.seeOther(LIST + "?done=revoked")).onFailure(visit::fail);
  }

  private void listJson(Visit visit) {
    parts
        .database()
        .read(connection -> TokenStore.list(connection, parts.clock().instant()))
        .onSuccess(
            tokens ->
                parts.sendJson(
                    visit,
                    200,
                    json -> {
                      json.writeStartObject();
                      json.writeArrayFieldStart("tokens");
                      for (TokenStore.Entry token : tokens) {
                        write(json, token);
                      }
                      json.writeEndArray();
                      json.writeEndObject();
                    }))
        .onFailure(visit::fail);
  }

  private static void write(JsonGenerator json, TokenStore.Entry token) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", token.id());
    json.writeStringField("name", token.name());
    json.writeArrayFieldStart("rights");
    for (String right : token.rights()) {
      json.writeString(right);
    }
    json.writeEndArray();
    json.writeStringField("createdAt", Json.time(token.createdAt()));
    Json.writeTime(json, "expiresAt", token.expiresAt());
    Json.writeTime(json, "usedAt", token.usedAt());
    Json.writeTime(json, "revokedAt", token.revokedAt());
    json.writeEndObject();
  }

  private void addJson(Visit visit, Buffer body) {
    JsonNode object = StaffParts.object(body);
    List<String> rights = new ArrayList<>();
    object.path("rights").forEach(right -> rights.add(right.asText()));
    add(
            visit,
            () ->
                TokenStore.Wanted.of(
                    StaffParts.text(object, "name"),
                    rights,
                    StaffParts.text(object, "expiresAt").map(TokenRoutes::instant),
                    parts.clock().instant()))
        .onSuccess(
            made ->
                parts.sendJson(
                    visit,
                    201,
                    json -> {
                      json.writeStartObject();
                      json.writeNumberField("id", made.id());
                      json.writeStringField("token", made.secret().value());
                      json.writeEndObject();
                    }))
        .onFailure(failure -> visit.fail(parts.forPrograms(failure)));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new StaffRefusal("expires", "tokens.expires.bad");
    }
  }

  private void revokeJson(Visit visit, Buffer body) {
    revoke(visit)
        .onSuccess(done -> visit.request().response().setStatusCode(204).end())
        .onFailure(visit::fail);
  }
}
