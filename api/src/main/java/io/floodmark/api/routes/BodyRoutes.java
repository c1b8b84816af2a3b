package io.floodmark.api.routes;

import io.floodmark.api.access.Guard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Routes whose requests have a body: it is read once its sender may pass, within its limit, and
 * taken from our own pages alone. Confined to the event loop that they are made for.
 */
final class BodyRoutes {
  private final Router router;
  private final Door door;

  BodyRoutes(Router router, Door door) {
    this.router = router;
    this.door = door;
  }

  /** A form, where {@code admission} lets it be read. */
  void form(
      String path,
      Guard guard,
      BodyLimit limit,
      Admission admission,
      BiConsumer<Visit, Form> handler) {
    add(HttpMethod.POST, path, guard, admission, visit -> readForm(visit, limit, handler));
  }

  /** A form or JSON. */
  void formOrData(
      String path,
      Guard guard,
      BodyLimit limit,
      Admission admission,
      BiConsumer<Visit, Form> form,
      BiConsumer<Visit, Buffer> data) {
    add(
        HttpMethod.POST,
        path,
        guard,
        admission,
        visit -> isJson(visit) ? readData(visit, limit, data) : readForm(visit, limit, form));
  }

  /** JSON, or nothing. */
  void data(
      HttpMethod method,
      String path,
      Guard guard,
      BodyLimit limit,
      BiConsumer<Visit, Buffer> handler) {
    add(method, path, guard, Admission.ALL, visit -> readData(visit, limit, handler));
  }

  /**
   * Adds a route.
   *
   * @param body reads the body, and comes to what is to be done with it
   */
  private void add(
      HttpMethod method,
      String path,
      Guard guard,
      Admission admission,
      Function<Visit, Future<Runnable>> body) {
    router
        .route(method, path)
        .handler(
            context -> {
              context.request().pause();
              door.admit(
                  context,
                  guard,
                  visit ->
                      admitted(visit, admission)
                          .compose(yes -> body.apply(visit))
                          .onSuccess(work -> Door.guarded(visit, work))
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

  private Future<Runnable> readForm(Visit visit, BodyLimit limit, BiConsumer<Visit, Form> handler) {
    return BodyReader.form(visit.request(), limit)
        .map(
            form ->
                () -> {
                  door.requireOwnForm(
                      visit, sentToken(visit).or(() -> form.text(Routes.CSRF_FIELD)));
                  handler.accept(visit, form);
                });
  }

  private Future<Runnable> readData(
      Visit visit, BodyLimit limit, BiConsumer<Visit, Buffer> handler) {
    return BodyReader.bytes(visit.request(), limit)
        .map(
            body ->
                () -> {
                  door.requireOwnForm(visit, sentToken(visit));
                  handler.accept(visit, body);
                });
  }

  private static Optional<String> sentToken(Visit visit) {
    return Optional.ofNullable(visit.request().getHeader(Routes.CSRF_HEADER));
  }

  private static boolean isJson(Visit visit) {
    String type = visit.request().getHeader("Content-Type");
    return type != null && type.strip().startsWith("application/json");
  }
}
