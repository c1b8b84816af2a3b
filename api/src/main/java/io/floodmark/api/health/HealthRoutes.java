package io.floodmark.api.health;

import io.floodmark.api.http.Json;
import io.floodmark.schema.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /health/live} and {@code GET /health/ready}. Safe for use by any event loop. */
public final class HealthRoutes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthRoutes.class);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /** However many ask, the database is asked once in this time. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  private static final int RETRY_AFTER_S = 5;

  /** As all problems of this server begin. */
  private static final String PROBLEM = "urn:floodmark:problem:";

  private final DatabaseCheck database;
  private final List<HealthCheck> checks = new ArrayList<>();
  private final WorkerExecutor worker;
  private final AtomicReference<Future<Readiness>> probe =
      new AtomicReference<>(Future.succeededFuture(Readiness.UNKNOWN));

  /**
   * Routes that ask {@code database} with a connection and a thread of their own.
   *
   * @param further what else this process needs, by its role
   */
  public HealthRoutes(Vertx vertx, Database database, List<HealthCheck> further) {
    this.database = new DatabaseCheck(database, ANSWER_WITHIN);
    this.checks.add(this.database);
    this.checks.addAll(further);
    this.worker = vertx.createSharedWorkerExecutor("floodmark-api-health", 1);
  }

  /**
   * What was found of everything.
   *
   * @param results by name, in the order of the checks
   * @param ready whether all was good
   * @param databaseAnswers whether the database is there
   * @param problem short name of what stands in the way
   * @param atNanos when, by {@link System#nanoTime}
   */
  public record Readiness(
      List<Result> results, boolean ready, boolean databaseAnswers, String problem, long atNanos) {
    private static final Readiness UNKNOWN =
        new Readiness(List.of(), false, false, "not-ready", System.nanoTime() - 60_000_000_000L);

    /** One check and what it found. */
    public record Result(String name, HealthCheck.Finding finding) {}

    /** Copies the list. */
    public Readiness {
      results = List.copyOf(results);
    }
  }

  /** The process answers: that is all it says. */
  public void live(RoutingContext request) {
    send(
        request,
        200,
        "application/json",
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("status", "up");
              json.writeEndObject();
            }));
  }

  /** Whether this process can do its work; if not, which part of it cannot, and why. */
  public void ready(RoutingContext request) {
    look()
        .onSuccess(
            readiness -> {
              if (readiness.ready()) {
                send(request, 200, "application/json", body(readiness));
              } else {
                request.response().putHeader("Retry-After", Integer.toString(RETRY_AFTER_S));
                send(request, 503, "application/problem+json", body(readiness));
              }
            });
  }

  /**
   * What was found within the last second, or is found now; whoever asks meanwhile shares it. Where
   * that takes some seconds, it is the database that does not answer.
   */
  public Future<Readiness> look() {
    return found()
        .timeout(2 * ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            late ->
                new Readiness(
                    List.of(
                        new Readiness.Result(
                            "database", new HealthCheck.Finding(false, "It does not answer."))),
                    false,
                    false,
                    "database-away",
                    System.nanoTime()));
  }

  private Future<Readiness> found() {
    Future<Readiness> last = probe.get();
    if (!last.isComplete()
        || (last.succeeded() && System.nanoTime() - last.result().atNanos() < GOOD_FOR.toNanos())) {
      return last;
    }
    Future<Readiness> next = worker.executeBlocking(this::lookNow, false);
    probe.compareAndSet(last, next);
    return next;
  }

  @Override
  public void close() {
    worker.close();
  }

  private Readiness lookNow() {
    List<Readiness.Result> results = new ArrayList<>();
    for (HealthCheck check : checks) {
      results.add(new Readiness.Result(check.name(), looked(check)));
    }
    boolean ready = results.stream().allMatch(result -> result.finding().good());
    String problem =
        switch (database.state()) {
          case AWAY -> "database-away";
          case NO_SCHEMA -> "no-schema";
          case READY -> "not-ready";
        };
    return new Readiness(
        results, ready, database.state() != DatabaseCheck.State.AWAY, problem, System.nanoTime());
  }

  private static HealthCheck.Finding looked(HealthCheck check) {
    try {
      return check.look();
    } catch (RuntimeException e) {
      log.warn("The check of {} failed.", check.name(), e);
      return new HealthCheck.Finding(false, "It cannot be told: look into the log.");
    }
  }

  private static byte[] body(Readiness readiness) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          if (readiness.ready()) {
            json.writeStringField("status", "up");
          } else {
            json.writeStringField("type", PROBLEM + readiness.problem());
            json.writeStringField("title", "Not ready");
            json.writeNumberField("status", 503);
            json.writeStringField("detail", firstBad(readiness));
            json.writeStringField("instance", "/health/ready");
          }
          json.writeArrayFieldStart("checks");
          for (Readiness.Result result : readiness.results()) {
            json.writeStartObject();
            json.writeStringField("name", result.name());
            json.writeStringField("status", result.finding().good() ? "up" : "down");
            json.writeStringField("detail", result.finding().detail());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static String firstBad(Readiness readiness) {
    return readiness.results().stream()
        .filter(result -> !result.finding().good())
        .map(result -> result.name() + ": " + result.finding().detail())
        .findFirst()
        .orElse("");
  }

  private static void send(RoutingContext request, int status, String type, byte[] body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Length", Integer.toString(body.length))
        .end(Buffer.buffer(body));
  }
}
