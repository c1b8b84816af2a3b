package io.floodmark.server;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the real thing, until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Takes readings in and serves map and API, until it is stopped.")
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  /** A database that is started at the same time as we are. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "all",
      description =
          "all, ingest (sensors; with an HTTP port, health and figures, too), or api (the map); the last two share a database of your own (all)")
  private Role role;

  private final Surroundings surroundings;

  private ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static CommandLine of(Surroundings surroundings) {
    CommandLine serve =
        new CommandLine(new ServeCommand(surroundings)).setCaseInsensitiveEnumValuesAllowed(true);
    SettingFlags.addTo(
        serve.getCommandSpec(), List.of(Setting.values()), Setting.DATA_DIR.fallback());
    return serve;
  }

  @Override
  public Integer call() {
    SettingSources sources =
        SettingFlags.read(spec, surroundings.environment(), Setting.DATA_DIR.fallback());
    if (role == Role.INGEST) {
      // Its neighbour that serves the map has that port by default.
      sources.defaultTo(Setting.HTTP_PORT, "off");
    }
    ServerConfig config = ServerConfig.of(sources);
    if (role != Role.ALL && config.database().isEmpty()) {
      throw new WrongUsage(
          "--role %s needs db.url: the embedded database belongs to one process."
              .formatted(role.name().toLowerCase(Locale.ROOT)));
    }
    ListeningPorts.requireAny(config, role);
    config.logFormat().use();
    StartLog.write(sources);
    // Read again when it is time: here only so that no database is started for nothing.
    config.tls().load(surroundings.clock());
    ListeningPorts.requireFree(config, role);
    StopSignal.during(
        signal -> {
          try (CommandDatabase database =
                  CommandDatabase.own(
                      config,
                      FolderKind.SERVE,
                      PATIENCE,
                      signal::isStopping,
                      surroundings.clock());
              FloodmarkServer server =
                  FloodmarkServer.start(config, role, database.database(), surroundings)) {
            log.info(
                "Ready: {}.",
                Stream.of(
                        at(
                            "map",
                            server.http(config).map(http -> http.url("http") + "/"),
                            server.https(config).map(https -> https.url("https") + "/")),
                        at(
                            "sensors",
                            server.mqtt(config).map(mqtt -> mqtt.url("mqtt")),
                            server.mqtts(config).map(mqtts -> mqtts.url("mqtts"))),
                        server.watchUrl(config).map(url -> "health and figures at " + url + "/"))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(", ")));
            mapUrl(config, server).ifPresent(url -> welcomeFirst(config, database, url));
            signal.await();
          }
        });
    return CommandLine.ExitCode.OK;
  }

  /** What is at which of two addresses; empty if at none. */
  private static Optional<String> at(String what, Optional<String> plain, Optional<String> secure) {
    List<String> both = Stream.of(plain, secure).flatMap(Optional::stream).toList();
    return both.isEmpty() ? Optional.empty() : Optional.of(what + " at " + String.join(", ", both));
  }

  private static Optional<String> mapUrl(ServerConfig config, FloodmarkServer server) {
    return server
        .http(config)
        .map(http -> http.url("http"))
        .or(() -> server.https(config).map(https -> https.url("https")));
  }

  private void welcomeFirst(ServerConfig config, CommandDatabase database, String mapUrl) {
    FirstAdmin.makeIfNone(database.database(), surroundings)
        .ifPresent(
            password -> {
              PrintWriter out = spec.commandLine().getOut();
              out.println(FirstAdmin.announcement(password, config.publicUrl().orElse(mapUrl)));
              out.flush();
            });
  }
}
