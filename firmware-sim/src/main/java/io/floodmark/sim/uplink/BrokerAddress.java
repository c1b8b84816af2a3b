package io.floodmark.sim.uplink;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the broker listens.
 *
 * @param host name or address; IPv6 in brackets
 * @param port 1 to 65,535
 */
public record BrokerAddress(String host, int port) {
  /** The port registered for MQTT. */
  private static final int DEFAULT_PORT = 1883;

  public BrokerAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "Not a broker's address: \"" + host + "\", port " + port + ". Use mqtt://HOST:PORT.");
    }
  }

  /**
   * Reads {@code mqtt://HOST} or {@code mqtt://HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static BrokerAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "Not a broker's address: \"" + url + "\". Use mqtt://HOST:PORT.", e);
    }
    boolean bare =
        (uri.getPath() == null || uri.getPath().isEmpty())
            && uri.getUserInfo() == null
            && uri.getQuery() == null
            && uri.getFragment() == null;
    if (!"mqtt".equals(uri.getScheme()) || uri.getHost() == null || !bare) {
      throw new IllegalArgumentException(
          "Not a broker's address: \"" + url + "\". Use mqtt://HOST:PORT.");
    }
    return new BrokerAddress(uri.getHost(), uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort());
  }

  @Override
  public String toString() {
    return "mqtt://" + host + ":" + port;
  }
}
