package io.floodmark.api.routes;

import io.vertx.core.Future;

/**
 * Decides before a body is read whether it will be: a body that is refused costs no memory. Called
 * on the event loop of the request.
 */
@FunctionalInterface
public interface Admission {
  /** Reads every body, within its limit. */
  Admission ALL = visit -> Future.succeededFuture();

  /** Succeeds where the body may be read; fails with how the request is to be answered. */
  Future<Void> admit(Visit visit);
}
