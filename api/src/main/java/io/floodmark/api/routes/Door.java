package io.floodmark.api.routes;

import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Callers;
import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows who makes a request and in which language, and whether it may go on. Confined to the event
 * loop of its routes.
 */
final class Door {
  private static final String BEARER = "Bearer ";
  private static final String VISIT = "floodmark.visit";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final OwnAddress ownAddress;

  Door(DatabaseCalls database, InstantSource clock, OwnAddress ownAddress) {
    this.database = database;
    this.clock = clock;
    this.ownAddress = ownAddress;
  }

  /** Whose request that is; nobody's where it failed before that was known. */
  static Visit visitOf(RoutingContext context) {
    Visit known = context.get(VISIT);
    return known == null ? new Visit(context, Caller.NOBODY, language(context), "") : known;
  }

  /**
   * Finds out who makes a request, and hands it to {@code handler} if {@code guard} lets them pass;
   * if not, it is answered.
   */
  void admit(RoutingContext context, Guard guard, Consumer<Visit> handler) {
    HttpServerRequest request = context.request();
    String address = ownAddress.clients().of(request);
    Language language = language(context);
    caller(request)
        .onSuccess(
            caller -> {
              Visit visit = new Visit(context, caller, language, address);
              context.put(VISIT, visit);
              guarded(
                  visit,
                  () -> {
                    if (passes(visit, guard)) {
                      handler.accept(visit);
                    }
                  });
            })
        .onFailure(context::fail);
  }

  private Future<Caller> caller(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.startsWith(BEARER)) {
      String secret = authorization.substring(BEARER.length()).strip();
      return database.read(
          connection ->
              Callers.ofToken(connection, secret, clock.instant())
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              Problem.unauthorized(
                                  "This API token is unknown, expired or revoked. Make another on"
                                      + " the page of API tokens."))));
    }
    Cookie cookie = request.getCookie(Routes.SESSION_COOKIE);
    if (cookie == null) {
      return Future.succeededFuture(Caller.NOBODY);
    }
    String secret = cookie.getValue();
    return database.read(
        connection -> Callers.ofSession(connection, secret, clock.instant()).orElse(Caller.NOBODY));
  }

  /** Whether {@code visit} may go on; if not, it has been answered. */
  private static boolean passes(Visit visit, Guard guard) {
    Caller caller = visit.caller();
    if (guard.needsSignIn() && !caller.isSomebody()) {
      if (isPage(visit.request())) {
        visit.seeOther(
            Routes.SIGN_IN
                + "?next="
                + URLEncoder.encode(visit.request().uri(), StandardCharsets.UTF_8));
        return false;
      }
      visit.request().response().putHeader("WWW-Authenticate", "Bearer");
      throw new ProblemException(
          Problem.unauthorized(
              "Sign in at "
                  + Routes.SIGN_IN
                  + ", or send an API token: Authorization: Bearer TOKEN."),
          Routes.SIGNED_OUT);
    }
    if (caller.mustChangePassword() && !guard.openWhileChanging()) {
      if (isPage(visit.request())) {
        visit.seeOther("/staff/password");
        return false;
      }
      throw new ProblemException(
          Problem.forbidden("Set a password of your own first, at /staff/password."));
    }
    if (!guard.letsPass(caller.rights())) {
      throw new ProblemException(
          Problem.forbidden("Your account is not allowed to do this. Ask an administrator."));
    }
    return true;
  }

  /**
   * A request that changes something must come from a page of ours: browsers send cookies along
   * with other sites' forms, too. API tokens are sent by no browser by itself.
   */
  void requireOwnForm(Visit visit, Optional<String> token) {
    boolean foreign = ownAddress.isFromElsewhere(visit.request());
    boolean unproved =
        visit
            .caller()
            .session()
            .filter(session -> !isSame(session.csrfToken(), token.orElse("")))
            .isPresent();
    if (foreign || unproved) {
      throw new ProblemException(
          Problem.forbidden(
              "This form was not opened here, or too long ago. Reload the page and send it"
                  + " again."),
          Routes.OLD_FORM);
    }
  }

  /** In a time that does not tell how much of it was right. */
  private static boolean isSame(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isPage(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return reads && accept != null && accept.contains("text/html");
  }

  private static Language language(RoutingContext context) {
    List<String> asked = context.queryParam("lang");
    Optional<Language> chosen = asked.stream().findFirst().flatMap(Language::find);
    if (chosen.isPresent()) {
      context
          .response()
          .addCookie(
              Cookie.cookie(Routes.LANGUAGE_COOKIE, chosen.get().code())
                  .setPath("/")
                  .setMaxAge(365L * 24 * 3600)
                  .setSameSite(CookieSameSite.LAX));
      return chosen.get();
    }
    Cookie cookie = context.request().getCookie(Routes.LANGUAGE_COOKIE);
    return cookie == null ? Language.VI : Language.find(cookie.getValue()).orElse(Language.VI);
  }

  /** Vert.x catches what a handler throws, but not what a future's listener does. */
  static void guarded(Visit visit, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      BodyReader.readAway(visit.request()).onComplete(read -> visit.fail(e));
    }
  }
}
