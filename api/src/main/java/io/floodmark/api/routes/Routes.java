package io.floodmark.api.routes;

import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Callers;
import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Registers routes, each with its guard: there is no way to add one without saying who may use it.
 * Confined to the event loop that it is made for.
 */
public final class Routes {
  /** The session's secret. */
  public static final String SESSION_COOKIE = "floodmark_session";

  /** The language that the reader chose. */
  public static final String LANGUAGE_COOKIE = "floodmark_language";

  /** The field in which a form sends the session's token along. */
  public static final String CSRF_FIELD = "csrf";

  /** The header in which a script does. */
  public static final String CSRF_HEADER = "X-CSRF-Token";

  /** Where one signs in. */
  public static final String SIGN_IN = "/staff/sign-in";

  /** What to tell whose session was over before a form was sent. */
  public static final String SIGNED_OUT = "signed-out";

  /** What to tell who sends a form of another session, or of somebody else's page. */
  public static final String OLD_FORM = "form-old";

  private static final String BEARER = "Bearer ";
  private static final String VISIT = "floodmark.visit";

  private final Router router;
  private final DatabaseCalls database;
  private final InstantSource clock;
  private final OwnAddress ownAddress;
  private final Map<String, Map<String, Guard>> table = new LinkedHashMap<>();

  /** Routes on {@code router}; {@code ownAddress} tells our own pages from those of others. */
  public Routes(Router router, DatabaseCalls database, InstantSource clock, OwnAddress ownAddress) {
    this.router = router;
    this.database = database;
    this.clock = clock;
    this.ownAddress = ownAddress;
  }

  /**
   * A route as a test walks it.
   *
   * @param method as GET
   * @param path with {@code :names} of its parameters
   * @param guard who may use it
   */
  public record Entry(String method, String path, Guard guard) {}

  /** All routes so far. */
  public List<Entry> table() {
    List<Entry> entries = new ArrayList<>();
    table.forEach(
        (path, methods) ->
            methods.forEach((method, guard) -> entries.add(new Entry(method, path, guard))));
    return entries;
  }

  /** Whose request that is; nobody's where it failed before that was known. */
  public static Visit visitOf(RoutingContext context) {
    Visit known = context.get(VISIT);
    return known == null ? new Visit(context, Caller.NOBODY, language(context), "") : known;
  }

  /** Data or a file for everybody, which no language or reader changes. */
  public void read(String path, Handler<RoutingContext> handler) {
    note("GET", path, Guard.EVERYBODY);
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  /** A page or data for a reader. */
  public void get(String path, Guard guard, Consumer<Visit> handler) {
    note("GET", path, guard);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> admit(context, guard, handler));
  }

  /** A form that is submitted. */
  public void form(String path, Guard guard, BodyLimit limit, BiConsumer<Visit, Form> handler) {
    form(path, guard, limit, Admission.ALL, handler);
  }

  /** A form that is submitted, where {@code admission} lets it be read. */
  public void form(
      String path,
      Guard guard,
      BodyLimit limit,
      Admission admission,
      BiConsumer<Visit, Form> handler) {
    note("POST", path, guard);
    router
        .post(path)
        .handler(
            context -> {
              context.request().pause();
              admit(
                  context,
                  guard,
                  visit ->
                      admitted(visit, admission)
                          .compose(yes -> BodyReader.form(context.request(), limit))
                          .onSuccess(
                              form -> {
                                Optional<String> token = form.text(CSRF_FIELD);
                                guarded(
                                    visit,
                                    () -> {
                                      requireOwnForm(visit, token);
                                      handler.accept(visit, form);
                                    });
                              })
                          .onFailure(visit::fail));
            });
  }

  private static Future<Void> admitted(Visit visit, Admission admission) {
    return admission
        .admit(visit)
        .recover(
            refusal ->
                BodyReader.readAway(visit.request()).compose(read -> Future.failedFuture(refusal)));
  }

  /** A form, or the same as JSON from a program: the media type says which. */
  public void formOrData(
      String path,
      Guard guard,
      BodyLimit limit,
      Admission admission,
      BiConsumer<Visit, Form> form,
      BiConsumer<Visit, Buffer> data) {
    note("POST", path, guard);
    router
        .post(path)
        .handler(
            context -> {
              context.request().pause();
              String type = context.request().getHeader("Content-Type");
              boolean isJson = type != null && type.strip().startsWith("application/json");
              Optional<String> header =
                  Optional.ofNullable(context.request().getHeader(CSRF_HEADER));
              admit(
                  context,
                  guard,
                  visit -> {
                    if (isJson) {
                      admitted(visit, admission)
                          .compose(yes -> BodyReader.bytes(context.request(), limit))
                          .onSuccess(
                              body ->
                                  guarded(
                                      visit,
                                      () -> {
                                        requireOwnForm(visit, header);
                                        data.accept(visit, body);
                                      }))
                          .onFailure(visit::fail);
                    } else {
                      admitted(visit, admission)
                          .compose(yes -> BodyReader.form(context.request(), limit))
                          .onSuccess(
                              sent ->
                                  guarded(
                                      visit,
                                      () -> {
                                        requireOwnForm(
                                            visit, header.or(() -> sent.text(CSRF_FIELD)));
                                        form.accept(visit, sent);
                                      }))
                          .onFailure(visit::fail);
                    }
                  });
            });
  }

  /** A request with a JSON body, or with none. */
  public void data(
      HttpMethod method,
      String path,
      Guard guard,
      BodyLimit limit,
      BiConsumer<Visit, Buffer> handler) {
    note(method.name(), path, guard);
    router
        .route(method, path)
        .handler(
            context -> {
              context.request().pause();
              admit(
                  context,
                  guard,
                  visit ->
                      BodyReader.bytes(context.request(), limit)
                          .onSuccess(
                              body ->
                                  guarded(
                                      visit,
                                      () -> {
                                        requireOwnForm(
                                            visit,
                                            Optional.ofNullable(
                                                context.request().getHeader(CSRF_HEADER)));
                                        handler.accept(visit, body);
                                      }))
                          .onFailure(visit::fail));
            });
  }

  /** Answers every other method on the paths so far with the ones that there are. */
  public void refuseOtherMethods() {
    table.forEach(
        (path, methods) -> {
          TreeSet<String> allowed = new TreeSet<>(methods.keySet());
          if (allowed.contains("GET")) {
            allowed.add("HEAD");
          }
          router
              .route(path)
              .handler(
                  context -> {
                    throw new ProblemException(
                        Problem.methodNotAllowed(
                            context.request().method().name(), String.join(", ", allowed)));
                  });
        });
  }

  private void note(String method, String path, Guard guard) {
    table.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(method, guard);
  }

  private void admit(RoutingContext context, Guard guard, Consumer<Visit> handler) {
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
    Cookie cookie = request.getCookie(SESSION_COOKIE);
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
            SIGN_IN + "?next=" + URLEncoder.encode(visit.request().uri(), StandardCharsets.UTF_8));
        return false;
      }
      visit.request().response().putHeader("WWW-Authenticate", "Bearer");
      throw new ProblemException(
          Problem.unauthorized(
              "Sign in at " + SIGN_IN + ", or send an API token: Authorization: Bearer TOKEN."),
          SIGNED_OUT);
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
  private void requireOwnForm(Visit visit, Optional<String> token) {
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
          OLD_FORM);
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
              Cookie.cookie(LANGUAGE_COOKIE, chosen.get().code())
                  .setPath("/")
                  .setMaxAge(365L * 24 * 3600)
                  .setSameSite(CookieSameSite.LAX));
      return chosen.get();
    }
    Cookie cookie = context.request().getCookie(LANGUAGE_COOKIE);
    return cookie == null ? Language.VI : Language.find(cookie.getValue()).orElse(Language.VI);
  }

  /** Vert.x catches what a handler throws, but not what a future's listener does. */
  private static void guarded(Visit visit, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      BodyReader.readAway(visit.request()).onComplete(read -> visit.fail(e));
    }
  }
}
