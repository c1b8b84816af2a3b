package io.floodmark.api.health;

import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.schema.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /health/live} and {@code GET /health/ready}. Safe for use by any event loop. */
public final class HealthRoutes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthRoutes.class);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Database database;
  private final WorkerExecutor worker;
  private final AtomicReference<Future<Boolean>> probe =
      new AtomicReference<>(Future.succeededFuture(false));

  /** Routes that ask {@code database} with a connection and a thread of their own. */
  public HealthRoutes(Vertx vertx, Database database) {
    this.database = database;
    this.worker = vertx.createSharedWorkerExecutor("floodmark-api-health", 1);
  }

  /** The process answers: that is all it says. */
  public void live(RoutingContext request) {
    sendUp(request);
  }

  /** The database answers within two seconds and has our schema. */
  public void ready(RoutingContext request) {
    probe()
        .timeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(
            schemaIsThere -> {
              if (schemaIsThere) {
                sendUp(request);
              } else {
                Problem.noSchema().send(request.request());
              }
            })
        .onFailure(
            failure -> {
              log.debug("Not ready: {}", failure.getMessage());
              Problem.databaseAway().send(request.request());
            });
  }

  @Override
  public void close() {
    worker.close();
  }

  /** Asks the database; whoever comes while it is being asked shares the answer. */
  private Future<Boolean> probe() {
    Future<Boolean> last = probe.get();
    if (!last.isComplete()) {
      return last;
    }
    Future<Boolean> next = worker.executeBlocking(this::schemaIsThere, false);
    probe.compareAndSet(last, next);
    return next;
  }

  private boolean schemaIsThere() throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setNetworkTimeout(Runnable::run, (int) ANSWER_WITHIN.toMillis());
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  SELECT to_regclass('sensor_state') IS NOT NULL
                     AND to_regclass('reading') IS NOT NULL
                     AND to_regclass('alert_event') IS NOT NULL
                  """)) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static void sendUp(RoutingContext request) {
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("status", "up");
              json.writeEndObject();
            });
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Length", Integer.toString(body.length))
        .end(Buffer.buffer(body));
  }
}
