package io.floodmark.server;

import io.floodmark.live.Outages;

/** How long the database has been away. */
final class DatabaseMetrics {
  private DatabaseMetrics() {}

  /** Binds all of it. */
  static void bind(Metrics metrics, Outages outages) {
    metrics.gauge(
        "floodmark.database.away",
        "1 while the database is away, as this process finds without being asked",
        () -> outages.isAway() ? 1 : 0);
    metrics.secondsGauge(
        "floodmark.database.outage.seconds",
        "How long it has been away now; 0 while it is there",
        outages::currentNanos);
    metrics.secondsCounter(
        "floodmark.database.away.seconds",
        "How long it was away since the start, in all",
        outages::totalNanos);
    metrics.counter("floodmark.database.outages", "How often it went away", outages::count);
  }
}
