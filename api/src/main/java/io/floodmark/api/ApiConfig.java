package io.floodmark.api;

import io.floodmark.tls.SecurePort;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where the web server listens, and how much it takes on.
 *
 * @param host address or name to listen on
 * @param port 1 to 65535; 0 picks a free one; without one, only HTTPS is served
 * @param zone the ward's clock, by which days begin
 * @param databaseConnections JDBC calls at once, 2 or more
 * @param waitingMax requests that may wait for one of them, 0 or more; those beyond get 503
 * @param liveClientsMax browsers that may listen at once, 1 or more
 * @param heartbeat time between two heartbeats of the live feed, up to 30 s
 * @param idleMax how long a connection may move nothing, in either direction, before it is closed;
 *     two heartbeats or more
 * @param publicUrl scheme, host and port under which residents reach the server, without a slash at
 *     its end; labels need it
 * @param trustedProxies addresses whose X-Forwarded-For counts
 * @param mqttPort where sensors connect, 1 to 65535: what the sensors page says to type in
 * @param loopbackWebhooks whether warnings may be posted to this machine itself
 * @param https where HTTPS is served, too
 */
public record ApiConfig(
    String host,
    OptionalInt port,
    ZoneId zone,
    int databaseConnections,
    int waitingMax,
    int liveClientsMax,
    Duration heartbeat,
    Duration idleMax,
    Optional<String> publicUrl,
    Set<String> trustedProxies,
    int mqttPort,
    boolean loopbackWebhooks,
    Optional<SecurePort> https) {
  /** Where MQTT is found unless somebody says otherwise (IANA). */
  public static final int MQTT_PORT_DEFAULT = 1883;

  private static final Duration HEARTBEAT_MAX = Duration.ofSeconds(30);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence that names the value
   */
  public ApiConfig {
    check(!host.isBlank(), "The HTTP host must not be empty.");
    check(
        port.isEmpty() || (port.getAsInt() >= 0 && port.getAsInt() <= 65_535),
        "The HTTP port must be 0 to 65535: " + port + ".");
    check(port.isPresent() || https.isPresent(), "Neither HTTP nor HTTPS has a port.");
    check(databaseConnections >= 2, "Needs 2 database connections: " + databaseConnections + ".");
    check(waitingMax >= 0, "waitingMax must not be negative: " + waitingMax + ".");
    check(liveClientsMax >= 1, "liveClientsMax must be 1 or more: " + liveClientsMax + ".");
    check(
        heartbeat.toMillis() >= 1 && heartbeat.compareTo(HEARTBEAT_MAX) <= 0,
        "heartbeat must be 1 ms to 30 s: " + heartbeat + ".");
    check(
        idleMax.compareTo(heartbeat.multipliedBy(2)) >= 0,
        "idleMax must be two heartbeats or more: " + idleMax + ".");
    check(mqttPort >= 1 && mqttPort <= 65_535, "mqttPort must be 1 to 65535: " + mqttPort + ".");
    trustedProxies = Set.copyOf(trustedProxies);
  }

  /** A server with the usual limits. */
  public static ApiConfig of(String host, int port, ZoneId zone) {
    return new ApiConfig(
        host,
        OptionalInt.of(port),
        zone,
        8,
        256,
        5_000,
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Optional.empty(),
        Set.of(),
        MQTT_PORT_DEFAULT,
        false,
        Optional.empty());
  }

  /** The same server, reached by residents under {@code url}, or by none. */
  public ApiConfig withPublicUrl(Optional<String> url) {
    return new ApiConfig(
        host,
        port,
        zone,
        databaseConnections,
        waitingMax,
        liveClientsMax,
        heartbeat,
        idleMax,
        url,
        trustedProxies,
        mqttPort,
        loopbackWebhooks,
        https);
  }

  /** The same server behind these proxies. */
  public ApiConfig withTrustedProxies(Set<String> addresses) {
    return new ApiConfig(
        host,
        port,
        zone,
        databaseConnections,
        waitingMax,
        liveClientsMax,
        heartbeat,
        idleMax,
        publicUrl,
        addresses,
        mqttPort,
        loopbackWebhooks,
        https);
  }

  /** The same server, whose sensors connect to {@code port}. */
  public ApiConfig withMqttPort(int port) {
    return new ApiConfig(
        host,
        this.port,
        zone,
        databaseConnections,
        waitingMax,
        liveClientsMax,
        heartbeat,
        idleMax,
        publicUrl,
        trustedProxies,
        port,
        loopbackWebhooks,
        https);
  }

  /** The same server, which posts warnings to its own machine or does not. */
  public ApiConfig withLoopbackWebhooks(boolean allowed) {
    return new ApiConfig(
        host,
        port,
        zone,
        databaseConnections,
        waitingMax,
        liveClientsMax,
        heartbeat,
        idleMax,
        publicUrl,
        trustedProxies,
        mqttPort,
        allowed,
        https);
  }

  /**
   * The same server on other ports.
   *
   * @param plain of HTTP, as {@link #port}
   * @param secure of HTTPS
   */
  public ApiConfig withPorts(OptionalInt plain, Optional<SecurePort> secure) {
    return new ApiConfig(
        host,
        plain,
        zone,
        databaseConnections,
        waitingMax,
        liveClientsMax,
        heartbeat,
        idleMax,
        publicUrl,
        trustedProxies,
        mqttPort,
        loopbackWebhooks,
        secure);
  }

  private static void check(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
