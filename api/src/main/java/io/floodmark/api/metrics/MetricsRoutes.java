package io.floodmark.api.metrics;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.health.HealthRoutes;
import io.floodmark.api.http.Representation;
import io.floodmark.api.metrics.Exposition.Load;
import io.floodmark.api.metrics.Exposition.Outbox;
import io.floodmark.api.metrics.Exposition.Seen;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code GET /metrics}. Confined to the event loop that it is made for. */
public final class MetricsRoutes {
  private static final String OUTBOX =
      """
      SELECT c.id, c.kind, count(*) FILTER (WHERE o.state = 'waiting'), count(*) FILTER (WHERE o.state = 'dead'),
             coalesce(extract(epoch FROM now() - min(o.made_at) FILTER (WHERE o.state = 'waiting')), 0)
      FROM channel c
      LEFT JOIN outbox o ON o.channel_id = c.id AND o.state IN ('waiting', 'dead')
      WHERE c.removed_at IS NULL
      GROUP BY c.id
      ORDER BY c.id
      """;

  /** Whoever scrapes loses patience after some seconds. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Monitoring monitoring;
  private final DatabaseCalls database;
  private final HealthRoutes health;
  private final Supplier<Load> load;

  /** The route, where {@code monitoring} has something to show. */
  public MetricsRoutes(
      Monitoring monitoring, DatabaseCalls database, HealthRoutes health, Supplier<Load> load) {
    this.monitoring = monitoring;
    this.database = database;
    this.health = health;
    this.load = load;
  }

  /** Registers it. */
  public void addTo(Routes routes) {
    Guard guard = monitoring.open() ? Guard.EVERYBODY : Guard.of(Right.SEE_METRICS);
    monitoring
        .exposition()
        .ifPresent(
            exposition -> routes.get("/metrics", guard, visit -> metrics(visit, exposition)));
  }

  private void metrics(Visit visit, Exposition exposition) {
    health
        .look()
        .compose(
            readiness ->
                outbox(readiness.databaseAnswers())
                    .map(outbox -> new Seen(readiness.databaseAnswers(), load.get(), outbox)))
        .map(
            seen ->
                Representation.computed(
                    Exposition.CONTENT_TYPE,
                    exposition.text(seen).getBytes(StandardCharsets.UTF_8),
                    visit.acceptEncoding()))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  /** Figures are wanted most while something is wrong: then without these. */
  private Future<List<Outbox>> outbox(boolean databaseAnswers) {
    return databaseAnswers
        ? database
            .read(MetricsRoutes::outbox)
            .timeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .otherwise(List.of())
        : Future.succeededFuture(List.of());
  }

  private static List<Outbox> outbox(Connection connection) throws SQLException {
    List<Outbox> outbox = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OUTBOX)) {
      while (row.next()) {
        outbox.add(
            new Outbox(
                row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4), row.getDouble(5)));
      }
    }
    return outbox;
  }
}
