package io.floodmark.api;

import io.floodmark.api.access.Argon2id;
import io.floodmark.api.assets.exchange.ExportRoutes;
import io.floodmark.api.assets.exchange.ImportRoutes;
import io.floodmark.api.assets.exchange.ImportWorker;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.health.HealthRoutes;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.live.LiveFeed;
import io.floodmark.api.metrics.Answers;
import io.floodmark.api.metrics.Exposition.Load;
import io.floodmark.api.metrics.MetricsRoutes;
import io.floodmark.api.metrics.Monitoring;
import io.floodmark.api.notify.OutboxSender;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.ProblemPages;
import io.floodmark.api.pages.Templates;
import io.floodmark.api.photos.PhotoIntake;
import io.floodmark.api.photos.PhotoLimits;
import io.floodmark.api.readings.ReadingRoutes;
import io.floodmark.api.routes.ClientAddress;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Unanswered;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.site.Site;
import io.floodmark.api.site.SiteRoutes;
import io.floodmark.api.staff.PasswordWork;
import io.floodmark.live.Outages;
import io.floodmark.schema.Database;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: the map, the API, the live feed. Starts and stops on the caller's thread; in
 * between works on event loops that never wait, and on database threads.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private static final String WEB_CLIENT = "io/floodmark/maps/web/";

  /** For copies of lists while they are read. */
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static final int EVENT_LOOPS_MAX = 4;
  private static final Duration START_WITHIN = Duration.ofSeconds(20);

  /** For requests under way when the server stops. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final ApiConfig config;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PasswordWork passwords;
  private final PhotoIntake photos;
  private final Vertx vertx;
  private final DatabaseCalls database;
  private final LiveFeed live;
  private final OutboxSender outbox;
  private final HealthRoutes health;
  private final Monitoring monitoring;
  private final ImportWorker imports;
  private final Semaphore downloads;
  private final Answers answers = new Answers();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Templates templates = new Templates();
  private volatile int port;
  private volatile OptionalInt securePort = OptionalInt.empty();
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
    this.photos = new PhotoIntake(PhotoLimits.DEFAULT, config.zone());
    this.vertx =
        Unanswered.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(eventLoops() + 1)
                // Nothing is served from the file system, so nothing is unpacked into one.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    this.database =
        new DatabaseCalls(vertx, database, config.databaseConnections(), config.waitingMax());
    this.passwords = new PasswordWork(vertx, new Argon2id(random, Argon2id.OWASP));
    this.health = new HealthRoutes(vertx, database, monitoring.checks());
    this.imports = new ImportWorker(database, clock, TEMPORARY);
    // Half of the connections stay free for short answers.
    this.downloads = new Semaphore(Math.max(1, config.databaseConnections() / 2));
    this.outbox = Telling.sender(config, vertx, database, clock, random);
    this.live =
        new LiveFeed(
            vertx,
            database,
            clock,
            new LiveFeed.Limits(config.liveClientsMax(), config.heartbeat()),
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
    try {
      await(
          vertx.deployVerticle(
              () -> new Loop(site), new DeploymentOptions().setInstances(eventLoops())),
          START_WITHIN);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(HttpPorts.whyNotListening(config, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("Interrupted while the web server was started.");
      interrupted.initCause(e);
      throw interrupted;
    }
    outbox.start();
    live.start();
    imports.start();
    log.info("HTTP is served on {}:{}.", config.host(), port);
    securePort.ifPresent(secure -> log.info("HTTPS is served on {}:{}.", config.host(), secure));
  }

  /** The port listened on; after {@link #start()} never 0. */
  public int port() {
    return port;
  }

  /** The port of HTTPS, if there is one; none before {@link #start()}. */
  public OptionalInt securePort() {
    return securePort;
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

  private Load load() {
    return new Load(
        live.clients(),
        config.liveClientsMax(),
        database.open(),
        database.openMax(),
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
    try {
      await(vertx.close(), STOP_WITHIN);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The web server did not stop in order: {}", e.toString());
    } catch (InterruptedException e) {
      // Its threads end all the same; nobody waits for them.
      Thread.currentThread().interrupt();
    }
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
    new Features(config, vertx, database, clock, random, kit)
        .addTo(routes, ownAddress, passwords, photos);
    routes.refuseOtherMethods();
    table = routes.table();
    ProblemPages problems = new ProblemPages(kit);
    router.route().handler(request -> problems.send(request, unknownRoute()));
    router.route().failureHandler(request -> problems.send(request, failed(request)));
    // What goes wrong before any route is found.
    router.errorHandler(400, request -> unreadable().problem().send(request.request()));
    router.errorHandler(500, request -> failed(request).problem().send(request.request()));
    return router;
  }

  private static ProblemException unknownRoute() {
    return new ProblemException(
        Problem.notFound(
            "There is nothing at this address. The map is at /, data below /api/v1/."));
  }

  private static ProblemException unreadable() {
    return new ProblemException(
        Problem.badRequest("The address cannot be read: check its % signs and the header Host."));
  }

  private static ProblemException failed(RoutingContext request) {
    Throwable failure = request.failure();
    if (failure instanceof ProblemException known) {
      return known;
    }
    if (request.statusCode() == 404) {
      return unknownRoute();
    }
    if (request.statusCode() == 400) {
      return unreadable();
    }
    log.error("{} {} failed.", request.request().method(), request.request().path(), failure);
    return new ProblemException(Problem.internal());
  }

  /** What never reaches a route, for it is no HTTP request that we read. */
  private static void invalid(HttpServerRequest request) {
    SecurityHeaders.addTo(request.response());
    Problem.badRequest(
            "The request cannot be read, or is longer than "
                + HttpPorts.REQUEST_LINE_BYTES_MAX
                + " bytes in its first line or "
                + HttpPorts.HEADERS_BYTES_MAX
                + " in its headers.")
        .send(request);
    request.connection().close();
  }

  /** One event loop of the server. */
  private final class Loop extends VerticleBase {
    private final Site site;
    private final List<HttpServer> servers = new ArrayList<>();

    Loop(Site site) {
      this.site = site;
    }

    @Override
    public Future<?> start() {
      Router router = routes(site, live.join(context, database));
      Future<HttpServer> plain =
          listen(router, HttpPorts.plain(config)).onSuccess(server -> port = server.actualPort());
      return config
          .https()
          .map(
              secure ->
                  plain
                      .compose(server -> listen(router, HttpPorts.secure(config, secure)))
                      .onSuccess(server -> securePort = OptionalInt.of(server.actualPort())))
          .orElse(plain);
    }

    private Future<HttpServer> listen(Router router, HttpServerOptions options) {
      HttpServer server = vertx.createHttpServer(options);
      servers.add(server);
      return server
          .requestHandler(request -> accept(router, request, answers))
          .invalidRequestHandler(WebServer::invalid)
          .exceptionHandler(e -> log.debug("A connection failed: {}", e.toString()))
          .listen();
    }

    @Override
    public Future<?> stop() {
      return Future.join(
          servers.stream()
              .map(server -> server.shutdown(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
              .toList());
    }
  }

  /**
   * A body that no route has read to its end, refused or too large, is not read for nothing: the
   * connection ends with the answer.
   */
  private static void accept(Router router, HttpServerRequest request, Answers answers) {
    HttpServerResponse response = request.response();
    boolean hasBody = hasBody(request);
    response.headersEndHandler(
        head -> {
          answers.count(response.getStatusCode());
          if (hasBody && !request.isEnded()) {
            response.putHeader("Connection", "close");
          }
        });
    if (hasBody) {
      response.endHandler(
          end -> {
            if (!request.isEnded()) {
              request.connection().close();
            }
          });
    }
    router.handle(request);
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  private static int eventLoops() {
    return Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors());
  }

  private static void await(Future<?> future, Duration within)
      throws ExecutionException, TimeoutException, InterruptedException {
    future.toCompletionStage().toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
  }
}
