package io.floodmark.api.routes;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final Router router;
  private final Door door;
  private final BodyRoutes bodies;
  private final Map<String, Map<String, Guard>> table = new LinkedHashMap<>();

  /** Routes on {@code router}; {@code ownAddress} tells our own pages from those of others. */
  public Routes(Router router, DatabaseCalls database, InstantSource clock, OwnAddress ownAddress) {
    this.router = router;
    this.door = new Door(database, clock, ownAddress);
    this.bodies = new BodyRoutes(router, door);
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
    return Door.visitOf(context);
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
        .handler(context -> door.admit(context, guard, handler));
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
    bodies.form(path, guard, limit, admission, handler);
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
    bodies.formOrData(path, guard, limit, admission, form, data);
  }

  /** A request with a JSON body, or with none. */
  public void data(
      HttpMethod method,
      String path,
      Guard guard,
      BodyLimit limit,
      BiConsumer<Visit, Buffer> handler) {
    note(method.name(), path, guard);
    bodies.data(method, path, guard, limit, handler);
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
}
