package io.floodmark.api;

import io.floodmark.api.assets.exchange.ExportRoutes;
import io.floodmark.api.assets.exchange.ImportRoutes;
import io.floodmark.api.assets.exchange.ImportWorker;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.health.HealthRoutes;
import io.floodmark.api.live.LiveFeed;
import io.floodmark.api.metrics.Answers;
import io.floodmark.api.metrics.Exposition.Load;
import io.floodmark.api.metrics.MetricsRoutes;
import io.floodmark.api.metrics.Monitoring;
import io.floodmark.api.notify.OutboxSender;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.ProblemPages;
import io.floodmark.api.pages.Templates;
import io.floodmark.api.readings.ReadingRoutes;
import io.floodmark.api.routes.ClientAddress;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Unanswered;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.site.Site;
import io.floodmark.api.site.SiteRoutes;
import io.floodmark.live.Outages;
import io.floodmark.metrics.Histogram;
import io.floodmark.schema.Database;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The web server: the map, the API, the live feed. Starts and stops on the caller's thread; in
 * between works on event loops that never wait, and on database threads.
 */
public final class WebServer implements AutoCloseable {
  private static final String WEB_CLIENT = "io/floodmark/maps/web/";

  /** For copies of lists while they are read. */
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static final int EVENT_LOOPS_MAX = 4;
  private final ApiConfig config;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Features.Shared shared;
  private final Vertx vertx;
  private final HttpListeners listeners;
  private final DatabaseCalls database;
  private final LiveFeed live;
  private final OutboxSender outbox;
  private final HealthRoutes health;
  private final Monitoring monitoring;
  private final ImportWorker imports;
  private final Semaphore downloads;
  private final Answers answers = new Answers();
  private final Failures failures = new Failures("The map is at /, data below /api/v1/.");
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Templates templates = new Templates();
  private volatile List<Routes.Entry> table = List.of();

  /** A server that nobody watches over. */
  public WebServer(ApiConfig config, Database database, InstantSource clock, SecureRandom random) {
    this(config, database, clock, random, Monitoring.NONE);
  }

  /** A server that is not started yet; the database may be away. */
  public WebServer(
      ApiConfig config,
      Database database,
      InstantSource clock,
      SecureRandom random,
      Monitoring monitoring) {
    this.config = config;
    this.monitoring = monitoring;
    this.random = random;
    this.clock = clock;
    this.vertx = HttpListeners.vertx(eventLoops() + 1);
    this.listeners = new HttpListeners(vertx, config, answers);
    this.database =
        new DatabaseCalls(
            vertx, database, config.limits().databaseConnections(), config.limits().waitingMax());
    this.shared = Features.Shared.of(vertx, random, config.zone());
    this.health = new HealthRoutes(vertx, database, monitoring.checks());
    this.imports = new ImportWorker(database, clock, TEMPORARY);
    // Half of the connections stay free for short answers.
    this.downloads = new Semaphore(Math.max(1, config.limits().databaseConnections() / 2));
    this.outbox = Telling.sender(config, vertx, database, clock, random);
    this.live =
        new LiveFeed(
            vertx,
            database,
            clock,
            new LiveFeed.Limits(config.limits().liveClientsMax(), config.limits().heartbeat()),
            outbox::wake);
  }

  /**
   * Listens; returns when requests are answered.
   *
   * @throws IOException with a sentence that names host and port if they cannot be listened on, or
   *     says that the web client is missing; an {@link InterruptedIOException} if the thread was
   *     interrupted, and then still is
   */
  public void start() throws IOException {
    Site site = Site.load(WebServer.class.getClassLoader(), WEB_CLIENT);
    listeners.start(eventLoops(), loop -> routes(site, live.join(loop, database)));
    outbox.start();
    live.start();
    imports.start();
  }

  /**
   * The port of HTTP; after {@link #start()} never 0.
   *
   * @throws IllegalStateException before that, and where there is none
   */
  public int port() {
    return listeners.port().orElseThrow(() -> new IllegalStateException("HTTP is not served."));
  }

  /** The port of HTTPS, if there is one; none before {@link #start()}. */
  public OptionalInt securePort() {
    return listeners.securePort();
  }

  /** All routes with their guards; after {@link #start()} never empty. */
  public List<Routes.Entry> routeTable() {
    return table;
  }

  /** How many browsers listen to the live feed now. */
  public int liveClients() {
    return live.clients();
  }

  /** When the database was away. */
  public Outages databaseOutages() {
    return live.databaseOutages();
  }

  /** How long answers took, in nanoseconds from the request's head to the answer's. */
  public Histogram answerNanos() {
    return answers.nanos();
  }

  private Load load() {
    return new Load(
        live.clients(),
        config.limits().liveClientsMax(),
        database.open(),
        database.openMax(),
        List.of(
            shared.passwords().load(),
            shared.photos().load(),
            shared.reportPhotos().load(),
            imports.load()),
        answers.byStatus());
  }

  /**
   * Ends live clients in order, waits a little for requests under way, then stops all threads.
   * Again it does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    imports.close();
    live.close();
    outbox.close();
    health.close();
    listeners.close();
    database.close();
  }

  /** All routes, in the order in which they are tried. */
  private Router routes(Site site, Handler<RoutingContext> liveRoute) {
    SiteRoutes pages = new SiteRoutes(site);
    SensorRoutes sensors = new SensorRoutes(database, clock);
    ReadingRoutes readings = new ReadingRoutes(database, clock, config.zone(), downloads);

    PageKit kit = new PageKit(templates, site.base());
    OwnAddress ownAddress =
        new OwnAddress(config.publicUrl(), new ClientAddress(config.trustedProxies()));
    Router router = Router.router(vertx);
    router.route().handler(Unanswered::remember);
    router.route().handler(SecurityHeaders::add);
    Routes routes = new Routes(router, database, clock, ownAddress);
    routes.read("/", pages::page);
    routes.read("/static/*", pages::file);
    routes.read("/api/v1/sensors", sensors::list);
    routes.read("/api/v1/sensors/:code", sensors::one);
    routes.read("/api/v1/sensors/:code/readings", readings::list);
    routes.read("/api/v1/live", liveRoute);
    routes.read("/health/live", health::live);
    routes.read("/health/ready", health::ready);
    new MetricsRoutes(monitoring, database, health, this::load).addTo(routes);
    // Before the register's own pages: /staff/assets/import is no number of an asset.
    new ImportRoutes(database, clock, config.zone(), kit, imports, TEMPORARY).addTo(routes);
    new ExportRoutes(database, clock, kit, downloads).addTo(routes);
    new Features(config, vertx, database, clock, random, kit).addTo(routes, ownAddress, shared);
    routes.refuseOtherMethods();
    table = routes.table();
    ProblemPages problems = new ProblemPages(kit);
    router.route().handler(request -> problems.send(request, failures.unknownRoute()));
    router.route().failureHandler(request -> problems.send(request, failures.of(request)));
    // What goes wrong before any route is found.
    router.errorHandler(400, request -> failures.unreadable().problem().send(request.request()));
    router.errorHandler(500, request -> failures.of(request).problem().send(request.request()));
    return router;
  }

  private static int eventLoops() {
    return Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors());
  }
}
