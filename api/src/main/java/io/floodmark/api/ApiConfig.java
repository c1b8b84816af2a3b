package io.floodmark.api;

import io.floodmark.tls.SecurePort;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where the web server listens, how much it takes on, and what it says of itself.
 *
 * @param host address or name to listen on
 * @param port 1 to 65535; 0 picks a free one; without one, only HTTPS is served
 * @param zone the ward's clock, by which days begin
 * @param limits how much it takes on
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
    ApiLimits limits,
    Optional<String> publicUrl,
    Set<String> trustedProxies,
    int mqttPort,
    boolean loopbackWebhooks,
    Optional<SecurePort> https) {
  /** Where MQTT is found unless somebody says otherwise (IANA). */
  public static final int MQTT_PORT_DEFAULT = 1883;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence that names the value
   */
  public ApiConfig {
    ApiLimits.check(!host.isBlank(), "The HTTP host must not be empty.");
    ApiLimits.check(
        port.isEmpty() || (port.getAsInt() >= 0 && port.getAsInt() <= 65_535),
        "The HTTP port must be 0 to 65535: " + port + ".");
    ApiLimits.check(port.isPresent() || https.isPresent(), "Neither HTTP nor HTTPS has a port.");
    ApiLimits.check(
        mqttPort >= 1 && mqttPort <= 65_535, "mqttPort must be 1 to 65535: " + mqttPort + ".");
    trustedProxies = Set.copyOf(trustedProxies);
  }

  /** A server with the usual limits. */
  public static ApiConfig of(String host, int port, ZoneId zone) {
    return new ApiConfig(
        host,
        OptionalInt.of(port),
        zone,
        ApiLimits.DEFAULT,
        Optional.empty(),
        Set.of(),
        MQTT_PORT_DEFAULT,
        false,
        Optional.empty());
  }

  /** The same server within other limits. */
  public ApiConfig withLimits(ApiLimits others) {
    return new ApiConfig(
        host, port, zone, others, publicUrl, trustedProxies, mqttPort, loopbackWebhooks, https);
  }

  /** The same server, reached by residents under {@code url}, or by none. */
  public ApiConfig withPublicUrl(Optional<String> url) {
    return new ApiConfig(
        host, port, zone, limits, url, trustedProxies, mqttPort, loopbackWebhooks, https);
  }

  /** The same server behind these proxies. */
  public ApiConfig withTrustedProxies(Set<String> addresses) {
    return new ApiConfig(
        host, port, zone, limits, publicUrl, addresses, mqttPort, loopbackWebhooks, https);
  }

  /** The same server, whose sensors connect to {@code other}. */
  public ApiConfig withMqttPort(int other) {
    return new ApiConfig(
        host, port, zone, limits, publicUrl, trustedProxies, other, loopbackWebhooks, https);
  }

  /** The same server, which posts warnings to its own machine or does not. */
  public ApiConfig withLoopbackWebhooks(boolean allowed) {
    return new ApiConfig(
        host, port, zone, limits, publicUrl, trustedProxies, mqttPort, allowed, https);
  }

  /**
   * The same server on other ports.
   *
   * @param plain of HTTP, as {@link #port}
   * @param secure of HTTPS
   */
  public ApiConfig withPorts(OptionalInt plain, Optional<SecurePort> secure) {
    return new ApiConfig(
        host, plain, zone, limits, publicUrl, trustedProxies, mqttPort, loopbackWebhooks, secure);
  }
}
