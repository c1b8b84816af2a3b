package io.floodmark.api;

import io.floodmark.tls.SecurePort;
import io.floodmark.tls.ServerTls;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What is listened on, and what of a request is taken there. */
final class HttpPorts {
  static final int REQUEST_LINE_BYTES_MAX = 4 * 1024;
  static final int HEADERS_BYTES_MAX = 16 * 1024;

  private static final int FORM_FIELD_BYTES_MAX = 128 * 1024;

  /**
   * What the kernel holds for one slow client. Left to itself it holds 4 MB, and ten thousand
   * phones that have lost their network would hold the machine.
   */
  private static final int SEND_BUFFER_BYTES = 256 * 1024;

  /** Below zero, all loops share one free port. */
  private static final int ANY_PORT = -1;

  /** Another one than that. */
  private static final int ANY_OTHER_PORT = -2;

  private HttpPorts() {}

  static HttpServerOptions plain(ApiConfig config, int port) {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(port == 0 ? ANY_PORT : port)
        // Without TLS browsers speak HTTP/1.1 only; what nobody uses need not be open.
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
        .setMaxHeaderSize(HEADERS_BYTES_MAX)
        .setMaxFormAttributeSize(FORM_FIELD_BYTES_MAX)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setIdleTimeout((int) config.limits().idleMax().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** The same over TLS, by a certificate that may change while the server runs. */
  static HttpServerOptions secure(ApiConfig config, SecurePort secure) {
    HttpServerOptions options =
        plain(config, secure.port() == 0 ? ANY_OTHER_PORT : secure.port())
            .setSsl(true)
            // Answers that end a connection say so by a header of HTTP/1.1, which HTTP/2 forbids.
            .setUseAlpn(false)
            .setKeyCertOptions(KeyCertOptions.wrap(secure.tls().keyManager()))
            .setEnabledSecureTransportProtocols(new LinkedHashSet<>(ServerTls.PROTOCOLS));
    ServerTls.CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
    return options;
  }

  static String whyNotListening(ApiConfig config, Exception failure) {
    List<String> ports = new ArrayList<>();
    String host = config.host() + ":";
    config.port().ifPresent(port -> ports.add("HTTP on " + host + port));
    config.https().ifPresent(https -> ports.add("HTTPS on " + host + https.port()));
    String at = "Cannot serve " + String.join(", or ", ports) + ": ";
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    if (cause instanceof UnknownHostException) {
      return at + "the host is unknown. Set http.host to an address of this machine.";
    }
    return cause instanceof BindException
        ? at
            + cause.getMessage()
            + ". Stop what listens there, or set http.host, http.port or https.port to others."
        : at + cause;
  }
}
