package io.floodmark.tls;

/**
 * A port on which only TLS is spoken.
 *
 * @param port 0 to 65,535; 0 picks a free one
 * @param tls by which certificate
 */
public record SecurePort(int port, ServerTls tls) {
  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if it is none
   */
  public SecurePort {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
  }
}
