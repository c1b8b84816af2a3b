package io.floodmark.api.staff;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Guard;
import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.access.SecretToken;
import io.floodmark.api.http.Problem;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;

/** Signing in and out: {@code /staff/sign-in}, {@code /staff/sign-out}, {@code /api/v1/session}. */
public final class SignInRoutes {
  private static final String DESK = "/staff";

  private final StaffParts parts;
  private final OwnAddress ownAddress;
  private final SignIn signIn;

  /** Routes whose cookie is as safe as {@code ownAddress} allows. */
  public SignInRoutes(StaffParts parts, OwnAddress ownAddress) {
    this.parts = parts;
    this.ownAddress = ownAddress;
    this.signIn = new SignIn(parts);
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(Routes.SIGN_IN, Guard.EVERYBODY, this::page);
    routes.form(Routes.SIGN_IN, Guard.EVERYBODY, BodyLimit.FIELDS, this::submit);
    routes.form("/staff/sign-out", Guard.EVERYBODY, BodyLimit.FIELDS, this::signOut);
    routes.get("/api/v1/session", Guard.EVERYBODY, this::whoAmI);
    routes.data(
        HttpMethod.POST, "/api/v1/session", Guard.EVERYBODY, BodyLimit.FIELDS, this::signInJson);
    routes.data(
        HttpMethod.DELETE, "/api/v1/session", Guard.EVERYBODY, BodyLimit.FIELDS, this::endJson);
  }

  private void page(Visit visit) {
    String next = localPath(Optional.ofNullable(visit.request().getParam("next")));
    if (visit.caller().isSomebody()) {
      visit.seeOther(next);
      return;
    }
    parts.show(
        visit,
        "staff/sign-in.jte",
        parts.frame(visit, "signIn.title", ""),
        Map.of("login", "", "next", next, "problem", ""));
  }

  private void submit(Visit visit, Form form) {
    String login = form.text("login").orElse("");
    String next = localPath(form.text("next"));
    // Not stripped: a space at either end may be part of it.
    String password = form.all("password").stream().findFirst().orElse("");
    signIn
        .attempt(visit, login, password)
        .onSuccess(
            outcome -> {
              if (outcome instanceof SignIn.Signed signed) {
                setCookie(visit, signed.cookie());
                visit.seeOther(signed.mustChange() ? "/staff/password" : next);
              } else if (outcome instanceof SignIn.Wait wait) {
                int seconds = GuessLimit.retryAfterS(wait.time());
                visit.request().response().putHeader("Retry-After", Integer.toString(seconds));
                String text = waitText(visit, seconds);
                again(visit, 429, login, next, text);
              } else {
                again(visit, 422, login, next, parts.textsFor(visit).of("signIn.wrong"));
              }
            })
        .onFailure(visit::fail);
  }

  private String waitText(Visit visit, int seconds) {
    return seconds < 90
        ? parts.textsFor(visit).of("signIn.waitSeconds", "seconds", seconds)
        : parts.textsFor(visit).of("signIn.waitMinutes", "minutes", (seconds + 59) / 60);
  }

  private void again(Visit visit, int status, String login, String next, String problem) {
    parts.showAgain(
        visit,
        status,
        "staff/sign-in.jte",
        parts.frame(visit, "signIn.title", ""),
        Map.of("login", login, "next", next, "problem", problem));
  }

  private void signOut(Visit visit, Form form) {
    end(visit)
        .onSuccess(done -> visit.seeOther(Routes.SIGN_IN + "?done=signedOut"))
        .onFailure(visit::fail);
  }

  /** To nobody in particular it answers that: pages ask before they know, and it is no error. */
  private void whoAmI(Visit visit) {
    Caller caller = visit.caller();
    parts.sendJson(
        visit,
        200,
        json -> {
          json.writeStartObject();
          json.writeStringField("actor", caller.isSomebody() ? caller.actor() : null);
          json.writeStringField("name", caller.isSomebody() ? caller.name() : null);
          json.writeArrayFieldStart("rights");
          for (String right : caller.rights().stream().map(r -> r.key()).sorted().toList()) {
            json.writeString(right);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("groups");
          for (int group : caller.groups().stream().sorted().toList()) {
            json.writeNumber(group);
          }
          json.writeEndArray();
          json.writeBooleanField("mustChangePassword", caller.mustChangePassword());
          json.writeStringField(
              "csrfToken", caller.session().map(Caller.Session::csrfToken).orElse(null));
          json.writeEndObject();
        });
  }

  private void signInJson(Visit visit, Buffer body) {
    JsonNode object = StaffParts.object(body);
    String login = StaffParts.text(object, "login").orElse("");
    String password = object.path("password").asText("");
    signIn
        .attempt(visit, login, password)
        .onSuccess(outcome -> answer(visit, outcome))
        .onFailure(visit::fail);
  }

  private void answer(Visit visit, SignIn.Outcome outcome) {
    if (outcome instanceof SignIn.Signed signed) {
      setCookie(visit, signed.cookie());
      parts.sendJson(
          visit,
          201,
          json -> {
            json.writeStartObject();
            json.writeStringField("csrfToken", signed.csrf().value());
            json.writeBooleanField("mustChangePassword", signed.mustChange());
            json.writeEndObject();
          });
    } else if (outcome instanceof SignIn.Wait wait) {
      int seconds = GuessLimit.retryAfterS(wait.time());
      Problem.tooManyRequests("Too many wrong passwords. Try again in " + seconds + " s.", seconds)
          .send(visit.request());
    } else {
      Problem.unauthorized("Login or password is wrong.").send(visit.request());
    }
  }

  private void endJson(Visit visit, Buffer body) {
    end(visit)
        .onSuccess(done -> visit.request().response().setStatusCode(204).end())
        .onFailure(visit::fail);
  }

  private Future<Boolean> end(Visit visit) {
    visit.request().response().addCookie(cookie(visit, "").setMaxAge(0));
    Optional<Caller.Session> session = visit.caller().session();
    if (session.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return parts
        .database()
        .transaction(
            connection -> {
              parts.audit(connection, visit, "session.end", "staff:" + visit.caller().actor());
              return SessionStore.end(
                  connection,
                  visit.caller().staffId().orElseThrow(),
                  session.get().id(),
                  parts.clock().instant());
            });
  }

  private void setCookie(Visit visit, SecretToken secret) {
    visit
        .request()
        .response()
        .addCookie(cookie(visit, secret.value()).setMaxAge(SessionStore.LIFE.toSeconds()));
  }

  private Cookie cookie(Visit visit, String value) {
    return Cookie.cookie(Routes.SESSION_COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX)
        .setSecure(ownAddress.isHttps(visit.request()));
  }

  /** Where to go on: only to a page of ours, whoever made the link that led here. */
  static String localPath(Optional<String> next) {
    return next.filter(path -> path.matches("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]*"))
        .filter(path -> !path.startsWith(Routes.SIGN_IN))
        .orElse(DESK);
  }
}
