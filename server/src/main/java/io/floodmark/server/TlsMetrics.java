package io.floodmark.server;

import io.floodmark.tls.ServerTls;

/** What the certificate tells of itself. */
final class TlsMetrics {
  private TlsMetrics() {}

  /** Binds all of it. */
  static void bind(Metrics metrics, ServerTls tls) {
    metrics.counter(
        "floodmark.tls.reloads", "Times that changed files were taken over", tls::reloads);
    metrics.counter(
        "floodmark.tls.failures", "Times that changed files could not serve", tls::failures);
    metrics.gauge(
        "floodmark.tls.fault",
        "1 while the files cannot serve and an older certificate does",
        () -> tls.fault().isPresent() ? 1 : 0);
    metrics.gauge(
        "floodmark.tls.expires.seconds",
        "When the certificate in force ends, in seconds since 1970",
        () -> tls.expiresAt().getEpochSecond());
  }
}
