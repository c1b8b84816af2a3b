package io.floodmark.api;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.health.HealthRoutes;
import io.floodmark.api.metrics.Answers;
import io.floodmark.api.metrics.Exposition.Load;
import io.floodmark.api.metrics.MetricsRoutes;
import io.floodmark.api.metrics.Monitoring;
import io.floodmark.api.routes.ClientAddress;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Unanswered;
import io.floodmark.metrics.Histogram;
import io.floodmark.schema.Database;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The web server of a process that has nothing to show but how it is: health and figures, by the
 * rules that hold for them on {@link WebServer}. Starts and stops on the caller's thread.
 */
public final class WatchServer implements AutoCloseable {
  // Whoever watches asks a few times a minute.
  private static final int EVENT_LOOPS = 1;
  private static final int DATABASE_CONNECTIONS = 1;
  private static final int WAITING_MAX = 16;

  private final ApiConfig config;
  private final InstantSource clock;
  private final Monitoring monitoring;
  private final DatabaseCalls database;
  private final HealthRoutes health;
  private final HttpListeners listeners;
  private final Answers answers = new Answers();
  private final Failures failures =
      new Failures(
          "This process takes readings in; it shows /health/live, /health/ready, /metrics.");
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A server that is not started yet; the database may be away. */
  public WatchServer(
      ApiConfig config, Database database, InstantSource clock, Monitoring monitoring) {
    this.config = config;
    this.clock = clock;
    this.monitoring = monitoring;
    Vertx vertx = HttpListeners.vertx(EVENT_LOOPS);
    this.database = new DatabaseCalls(vertx, database, DATABASE_CONNECTIONS, WAITING_MAX);
    this.health = new HealthRoutes(vertx, database, monitoring.checks());
    this.listeners = new HttpListeners(vertx, config, answers);
  }

  /**
   * Listens; returns when requests are answered.
   *
   * @throws IOException with a sentence that names host and port if they cannot be listened on
   */
  public void start() throws IOException {
    listeners.start(EVENT_LOOPS, loop -> routes(loop.owner()));
  }

  /** The port of HTTP, if there is one; none before {@link #start}. */
  public OptionalInt port() {
    return listeners.port();
  }

  /** The port of HTTPS, if there is one; none before {@link #start}. */
  public OptionalInt securePort() {
    return listeners.securePort();
  }

  /** Stops answering. Again it does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      health.close();
      listeners.close();
      database.close();
    }
  }

  private Router routes(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(Unanswered::remember);
    router.route().handler(SecurityHeaders::add);
    Routes routes =
        new Routes(
            router,
            database,
            clock,
            new OwnAddress(config.publicUrl(), new ClientAddress(config.trustedProxies())));
    routes.read("/health/live", health::live);
    routes.read("/health/ready", health::ready);
    new MetricsRoutes(monitoring, database, health, this::load).addTo(routes);
    routes.refuseOtherMethods();
    router.route().handler(request -> failures.unknownRoute().problem().send(request.request()));
    router
        .route()
        .failureHandler(request -> failures.of(request).problem().send(request.request()));
    router.errorHandler(400, request -> failures.unreadable().problem().send(request.request()));
    router.errorHandler(500, request -> failures.of(request).problem().send(request.request()));
    return router;
  }

  /** How long answers took, in nanoseconds from the request's head to the answer's. */
  public Histogram answerNanos() {
    return answers.nanos();
  }

  private Load load() {
    return new Load(0, 0, database.open(), database.openMax(), List.of(), answers.byStatus());
  }
}
