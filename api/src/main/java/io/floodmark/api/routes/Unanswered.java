package io.floodmark.api.routes;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests whose handler threw where nobody catches it. Vert.x Web catches what a handler
 * throws while it runs; what a listener of a future throws later, as while it renders a page, only
 * reaches the handler of last resort, and the browser would wait for its answer until it gives up.
 *
 * <p>Every request has a context of its own, so it is remembered there and found again by whatever
 * goes wrong on its behalf. Safe for use by any thread.
 */
public final class Unanswered {
  private static final Logger log = LoggerFactory.getLogger(Unanswered.class);

  /**
   * A place on every context. Only contexts of a Vert.x made after this line have it, which is why
   * that is made here, too.
   */
  private static final ContextLocal<RoutingContext> REQUEST =
      ContextLocal.registerLocal(RoutingContext.class);

  private Unanswered() {}

  /** The handler before all others: notes whose context this is. */
  public static void remember(RoutingContext request) {
    Context context = Vertx.currentContext();
    if (context != null) {
      context.putLocal(REQUEST, request);
    }
    request.next();
  }

  /**
   * A Vert.x on which a request that failed where nobody caught it goes to the failure handlers of
   * its router, which answer and log it; anything else that nobody caught is logged.
   */
  public static Vertx vertx(VertxOptions options) {
    return Vertx.vertx(options).exceptionHandler(Unanswered::take);
  }

  private static void take(Throwable failure) {
    Context context = Vertx.currentContext();
    RoutingContext request = context == null ? null : context.getLocal(REQUEST);
    if (request == null || request.response().ended()) {
      log.error("Something failed on behalf of no request that waits for an answer.", failure);
    } else {
      request.fail(failure);
    }
  }
}
