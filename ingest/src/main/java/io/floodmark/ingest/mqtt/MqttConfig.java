package io.floodmark.ingest.mqtt;

/**
 * Where the listener listens, and what it takes.
 *
 * @param host name or address of the interface
 * @param port 0 to 65,535; 0 picks a free one
 * @param limits every bound of the listener
 */
public record MqttConfig(String host, int port, MqttLimits limits) {
  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if {@code host} is blank or {@code port} is no port
   */
  public MqttConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("The MQTT listener needs a host to listen on.");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
  }
}
