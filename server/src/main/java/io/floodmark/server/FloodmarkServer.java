package io.floodmark.server;

import io.floodmark.api.ApiConfig;
import io.floodmark.api.WatchServer;
import io.floodmark.api.WebServer;
import io.floodmark.api.metrics.Monitoring;
import io.floodmark.ingest.Ingest;
import io.floodmark.ingest.IngestConfig;
import io.floodmark.schema.Database;
import io.floodmark.tls.ServerTls;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a process, wired to one database. They know nothing of each other. */
final class FloodmarkServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FloodmarkServer.class);

  private final Optional<ServerTls> tls;
  private final Optional<Ingest> ingest;
  private final Optional<WebServer> web;
  private final Optional<WatchServer> watch;
  private final Metrics metrics;

  private FloodmarkServer(
      Optional<ServerTls> tls,
      Optional<Ingest> ingest,
      Optional<WebServer> web,
      Optional<WatchServer> watch,
      Metrics metrics) {
    this.tls = tls;
    this.ingest = ingest;
    this.web = web;
    this.watch = watch;
    this.metrics = metrics;
  }

  /**
   * Starts the parts that {@code role} asks for; returns when they listen.
   *
   * @throws Failure naming host, port and setting if one of them cannot
   */
  static FloodmarkServer start(
      ServerConfig config, Role role, Database database, Surroundings surroundings) {
    InstantSource clock = surroundings.clock();
    Optional<ServerTls> tls = config.tls().load(clock);
    Optional<Ingest> ingest =
        role.ingests()
            ? Optional.of(startedIngest(config, tls, database, clock))
            : Optional.empty();
    Metrics metrics = new Metrics();
    ingest.ifPresent(line -> IngestMetrics.bind(metrics, line));
    tls.ifPresent(keys -> TlsMetrics.bind(metrics, keys));
    try {
      Monitoring monitoring =
          new Monitoring(
              Optional.of(metrics),
              config.metricsOpen(),
              ReadinessChecks.of(
                  ingest,
                  config.database().isEmpty() ? Optional.of(config.dataDir()) : Optional.empty()));
      Optional<WebServer> web =
          role.serves()
              ? Optional.of(
                  startedWeb(
                      config, tls, sensorsPort(config, ingest), database, surroundings, monitoring))
              : Optional.empty();
      Optional<WatchServer> watch =
          role.isWatchedAlone(config)
              ? watchIfPossible(config, tls, database, clock, monitoring)
              : Optional.empty();
      ingest
          .map(Ingest::databaseOutages)
          .or(() -> web.map(WebServer::databaseOutages))
          .ifPresent(outages -> DatabaseMetrics.bind(metrics, outages));
      web.map(WebServer::answerNanos)
          .or(() -> watch.map(WatchServer::answerNanos))
          .ifPresent(metrics::answerTimes);
      tls.ifPresent(ServerTls::start);
      return new FloodmarkServer(tls, ingest, web, watch, metrics);
    } catch (RuntimeException | Error e) {
      metrics.close();
      ingest.ifPresent(Ingest::close);
      throw e;
    }
  }

  /** Where the map is; empty where it is not served, or over TLS only. */
  Optional<HostPort> http(ServerConfig config) {
    return web.filter(server -> config.httpPort().isPresent())
        .map(server -> new HostPort(config.httpHost(), server.port()));
  }

  /** Where health and figures are in a process that shows nothing else, if they are anywhere. */
  Optional<String> watchUrl(ServerConfig config) {
    return watch.map(
        server ->
            server.port().isPresent()
                ? new HostPort(config.httpHost(), server.port().getAsInt()).url("http")
                : new HostPort(config.httpHost(), server.securePort().orElseThrow()).url("https"));
  }

  /** Where sensors connect to; empty where no readings are taken, or over TLS only. */
  Optional<HostPort> mqtt(ServerConfig config) {
    return ingest
        .filter(line -> config.mqttPort().isPresent())
        .map(line -> new HostPort(config.mqttHost(), line.mqttPort()));
  }

  /** Where browsers connect to over TLS, if there is such a place. */
  Optional<HostPort> https(ServerConfig config) {
    return web.map(WebServer::securePort)
        .filter(OptionalInt::isPresent)
        .map(port -> new HostPort(config.httpHost(), port.getAsInt()));
  }

  /** Where sensors connect to over TLS, if there is such a place. */
  Optional<HostPort> mqtts(ServerConfig config) {
    return ingest
        .map(Ingest::mqttsPort)
        .filter(OptionalInt::isPresent)
        .map(port -> new HostPort(config.mqttHost(), port.getAsInt()));
  }

  /** Stops accepting, commits and acknowledges what is in, disconnects. */
  @Override
  public void close() {
    web.ifPresent(WebServer::close);
    // Until it is drained, whoever watches sees how far that is.
    ingest.ifPresent(Ingest::close);
    watch.ifPresent(WatchServer::close);
    tls.ifPresent(ServerTls::close);
    metrics.close();
  }

  /** Where devices are told to connect: as plain as may be, for every device can do that. */
  private static int sensorsPort(ServerConfig config, Optional<Ingest> ingest) {
    OptionalInt known =
        config.mqttPort().isPresent() ? config.mqttPort() : config.tls().mqttsPort();
    if (ingest.isPresent()) {
      known =
          config.mqttPort().isPresent()
              ? OptionalInt.of(ingest.get().mqttPort())
              : ingest.get().mqttsPort();
    }
    // A process that takes no readings and picks any free port knows no better.
    return known.orElse(0) == 0 ? ApiConfig.MQTT_PORT_DEFAULT : known.getAsInt();
  }

  private static Ingest startedIngest(
      ServerConfig config, Optional<ServerTls> tls, Database database, InstantSource clock) {
    IngestConfig ingestConfig =
        IngestConfig.DEFAULT
            .withMqtt(config.mqttHost(), config.mqttPort(), config.tls().mqtts(tls))
            .withRates(config.mqttRates())
            .withMqttOpen(config.mqttOpen())
            .withZone(config.timeZone())
            .withReadingsKept(Duration.ofDays(config.retentionDays()))
            .withPayloadBytesMax(config.mqttPayloadMaxBytes());
    // Not in order: after an Error nothing can be relied on, and what is not committed is not
    // acknowledged either. Whoever supervises the process starts it again.
    Ingest ingest = new Ingest(ingestConfig, database, clock, () -> Runtime.getRuntime().halt(1));
    try {
      ingest.start();
      return ingest;
    } catch (IllegalStateException e) {
      throw new Failure(e.getMessage() + " Set mqtt.host and mqtt.port to others.", e);
    }
  }

  /**
   * Beside a process that serves the map with the same settings its ports are taken; sensors are to
   * be heard all the same.
   */
  private static Optional<WatchServer> watchIfPossible(
      ServerConfig config,
      Optional<ServerTls> tls,
      Database database,
      InstantSource clock,
      Monitoring monitoring) {
    try {
      return Optional.of(startedWatch(config, tls, database, clock, monitoring));
    } catch (Failure e) {
      log.warn("Health and figures of this process are not shown: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static WatchServer startedWatch(
      ServerConfig config,
      Optional<ServerTls> tls,
      Database database,
      InstantSource clock,
      Monitoring monitoring) {
    WatchServer watch = new WatchServer(apiConfig(config, tls), database, clock, monitoring);
    try {
      watch.start();
      return watch;
    } catch (IOException e) {
      watch.close();
      throw new Failure(e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      watch.close();
      throw e;
    }
  }

  private static ApiConfig apiConfig(ServerConfig config, Optional<ServerTls> tls) {
    return ApiConfig.of(config.httpHost(), 0, config.timeZone())
        .withPorts(config.httpPort(), config.tls().https(tls))
        .withPublicUrl(config.publicUrl())
        .withTrustedProxies(config.trustedProxies())
        .withLoopbackWebhooks(config.loopbackWebhooks());
  }

  private static WebServer startedWeb(
      ServerConfig config,
      Optional<ServerTls> tls,
      int mqttPort,
      Database database,
      Surroundings surroundings,
      Monitoring monitoring) {
    WebServer web =
        new WebServer(
            apiConfig(config, tls).withMqttPort(mqttPort),
            database,
            surroundings.clock(),
            surroundings.random(),
            monitoring);
    try {
      web.start();
      return web;
    } catch (IOException e) {
      web.close();
      throw new Failure(e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      web.close();
      throw e;
    }
  }
}
