package io.floodmark.api.staff;

import io.floodmark.api.access.Argon2id;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.metrics.Exposition;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes passwords on threads of its own: as many at once as there are threads, so that a rush of
 * sign-ins takes 80 MB and not the machine; those beyond a short line are refused. Safe for use by
 * any thread; its threads end with Vert.x.
 */
public final class PasswordWork {
  private static final int AT_ONCE = 4;
  private static final int OPEN_MAX = AT_ONCE + 60;

  private final WorkerExecutor workers;
  private final Argon2id hasher;
  private final AtomicInteger open = new AtomicInteger();

  /** Hashes with {@code hasher}. */
  public PasswordWork(Vertx vertx, Argon2id hasher) {
    this.workers = vertx.createSharedWorkerExecutor("floodmark-api-passwords", AT_ONCE);
    this.hasher = hasher;
  }

  /** What of it is under way, and how much may be. */
  public Exposition.Work load() {
    return new Exposition.Work("passwords", open.get(), OPEN_MAX);
  }

  Future<Boolean> matches(String password, Optional<String> phc) {
    return run(() -> hasher.matches(password, phc));
  }

  Future<String> hash(String password) {
    return run(() -> hasher.hash(password));
  }

  boolean isOutdated(String phc) {
    return hasher.isOutdated(phc);
  }

  private <T> Future<T> run(Callable<T> work) {
    if (open.incrementAndGet() > OPEN_MAX) {
      open.decrementAndGet();
      return Future.failedFuture(new ProblemException(Problem.overloaded()));
    }
    return workers.executeBlocking(work, false).onComplete(done -> open.decrementAndGet());
  }
}
