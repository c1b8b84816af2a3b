package io.floodmark.ingest.mqtt;

import io.floodmark.tls.SecurePort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the listener listens, and what it takes.
 *
 * @param host name or address of the interface
 * @param port 0 to 65,535; 0 picks a free one; without one, it speaks TLS only
 * @param secure where it speaks TLS
 * @param limits every bound of the listener
 * @param open whether somebody who does not say who it is may come in, to topics beside ours: for
 *     interoperability suites, and only on the loopback interface
 */
public record MqttConfig(
    String host, OptionalInt port, Optional<SecurePort> secure, MqttLimits limits, boolean open) {
  /**
   * Checks the ports.
   *
   * @throws IllegalArgumentException if {@code host} is blank, or not this machine alone while it
   *     is open, or if {@code port} is no port, or there is none
   */
  public MqttConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("The MQTT listener needs a host to listen on.");
    }
    if (port.isPresent() && (port.getAsInt() < 0 || port.getAsInt() > 65_535)) {
      throw new IllegalArgumentException("Not a port: " + port.getAsInt());
    }
    if (port.isEmpty() && secure.isEmpty()) {
      throw new IllegalArgumentException("The MQTT listener needs a port to listen on.");
    }
    if (open && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "MQTT can be open only on 127.0.0.1, ::1 or localhost, not on " + host + ".");
    }
  }

  /** Without TLS, for those alone who say who they are. */
  public MqttConfig(String host, int port, MqttLimits limits) {
    this(host, port, limits, false);
  }

  /** Without TLS. */
  public MqttConfig(String host, int port, MqttLimits limits, boolean open) {
    this(host, OptionalInt.of(port), Optional.empty(), limits, open);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Whatever it is, it is not known to be this machine.
      return false;
    }
  }
}
