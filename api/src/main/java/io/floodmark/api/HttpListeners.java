package io.floodmark.api;

import io.floodmark.api.http.Problem;
import io.floodmark.api.metrics.Answers;
import io.floodmark.api.routes.Unanswered;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP and HTTPS, as the settings say, on some event loops at once. Started and stopped
 * by one thread; the ports are for any.
 */
final class HttpListeners {
  private static final Logger log = LoggerFactory.getLogger(HttpListeners.class);

  private static final Duration START_WITHIN = Duration.ofSeconds(20);

  /** For requests under way when the server stops. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final ApiConfig config;
  private final Answers answers;
  private volatile OptionalInt port = OptionalInt.empty();
  private volatile OptionalInt securePort = OptionalInt.empty();

  /** Listeners that are not there yet, and count in {@code answers} what they have answered. */
  HttpListeners(Vertx vertx, ApiConfig config, Answers answers) {
    this.vertx = vertx;
    this.config = config;
    this.answers = answers;
  }

  /** Event loops, so many at most, and whatever else belongs to a server. */
  static Vertx vertx(int eventLoops) {
    return Unanswered.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(eventLoops)
            // Nothing is served from the file system, so nothing is unpacked into one.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  /**
   * Listens; returns when requests are answered.
   *
   * @param loops how many event loops share the work
   * @param routes makes the routes of one of them, on it
   * @throws IOException with a sentence that names host and port if they cannot be listened on; an
   *     {@link InterruptedIOException} if the thread was interrupted, and then still is
   */
  void start(int loops, Function<Context, Router> routes) throws IOException {
    try {
      await(
          vertx.deployVerticle(() -> new Loop(routes), new DeploymentOptions().setInstances(loops)),
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
    port.ifPresent(plain -> log.info("HTTP is served on {}:{}.", config.host(), plain));
    securePort.ifPresent(secure -> log.info("HTTPS is served on {}:{}.", config.host(), secure));
  }

  /** The port of HTTP, if there is one; none before {@link #start}. */
  OptionalInt port() {
    return port;
  }

  /** The port of HTTPS, if there is one; none before {@link #start}. */
  OptionalInt securePort() {
    return securePort;
  }

  /** Waits a little for requests under way, then stops all threads. */
  void close() {
    try {
      await(vertx.close(), STOP_WITHIN);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The web server did not stop in order: {}", e.toString());
    } catch (InterruptedException e) {
      // Its threads end all the same; nobody waits for them.
      Thread.currentThread().interrupt();
    }
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
    private final Function<Context, Router> routes;
    private final List<HttpServer> servers = new ArrayList<>();

    Loop(Function<Context, Router> routes) {
      this.routes = routes;
    }

    @Override
    public Future<?> start() {
      Router router = routes.apply(context);
      Future<?> all = Future.succeededFuture();
      if (config.port().isPresent()) {
        int plain = config.port().getAsInt();
        all =
            listen(router, HttpPorts.plain(config, plain))
                .onSuccess(server -> port = OptionalInt.of(server.actualPort()));
      }
      if (config.https().isEmpty()) {
        return all;
      }
      HttpServerOptions secure = HttpPorts.secure(config, config.https().get());
      return all.compose(
          before ->
              listen(router, secure)
                  .onSuccess(server -> securePort = OptionalInt.of(server.actualPort())));
    }

    private Future<HttpServer> listen(Router router, HttpServerOptions options) {
      HttpServer server = vertx.createHttpServer(options);
      servers.add(server);
      return server
          .requestHandler(request -> accept(router, request))
          .invalidRequestHandler(HttpListeners::invalid)
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
  private void accept(Router router, HttpServerRequest request) {
    HttpServerResponse response = request.response();
    boolean hasBody = hasBody(request);
    long startNanos = System.nanoTime();
    response.headersEndHandler(
        head -> {
          answers.count(response.getStatusCode(), System.nanoTime() - startNanos);
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

  private static void await(Future<?> future, Duration within)
      throws ExecutionException, TimeoutException, InterruptedException {
    future.toCompletionStage().toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
  }
}
