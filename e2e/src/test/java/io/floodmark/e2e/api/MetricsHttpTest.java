package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.ApiConfig;
import io.floodmark.api.WatchServer;
import io.floodmark.api.WebServer;
import io.floodmark.api.health.HealthCheck;
import io.floodmark.api.metrics.Monitoring;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may read the figures, and what a process that is not ready says. */
final class MetricsHttpTest {
  private static final String ALLOWED = "a-token-that-may-read-figures";
  private static final String OTHER = "a-token-that-may-see-the-register";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestDatabase database;

  @BeforeAll
  static void lay() throws SQLException {
    database = RunningApi.laid(Engine.EMBEDDED);
    try (Connection connection = database.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
          VALUES ('lan', 'Lan', 'admin', '-', now(), now());
          INSERT INTO api_token (name, token_sha256, rights, created_by, created_at)
          SELECT t, sha256(convert_to(t, 'UTF8')), ARRAY[r], s.id, now()
          FROM staff s, (VALUES ('%s', 'metrics.see'), ('%s', 'register.see')) AS tokens(t, r);
          INSERT INTO channel (kind, name, created_at, changed_at) VALUES ('webhook', 'x', now(), now());
          """
              .formatted(ALLOWED, OTHER));
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    database.close();
  }

  @Test
  void onlyATokenWithTheRightReadsThem() throws Exception {
    try (WebServer server = started(false, List.of())) {
      assertEquals(401, get(server, "/metrics").statusCode());
      assertEquals(403, get(server, "/metrics", "Authorization", "Bearer " + OTHER).statusCode());
      HttpResponse<String> figures = get(server, "/metrics", "Authorization", "Bearer " + ALLOWED);
      assertEquals(200, figures.statusCode());
      assertEquals("database true, 0 listening, outboxes [webhook]", figures.body());
      assertEquals(
          Optional.of("text/plain; version=0.0.4; charset=utf-8"),
          figures.headers().firstValue("Content-Type"));
    }
  }

  @Test
  void aProcessThatShowsNothingElseHoldsToTheSameRules() throws Exception {
    try (WatchServer watch =
        new WatchServer(
            ApiConfig.of("127.0.0.1", 0, RunningApi.WARD),
            database.database(),
            InstantSource.system(),
            monitoring(false, List.of()))) {
      watch.start();
      int port = watch.port().orElseThrow();
      assertEquals(200, get(port, "/health/live").statusCode());
      assertEquals(200, get(port, "/health/ready").statusCode());
      assertEquals(401, get(port, "/metrics").statusCode());
      assertEquals(403, get(port, "/metrics", "Authorization", "Bearer " + OTHER).statusCode());
      HttpResponse<String> figures = get(port, "/metrics", "Authorization", "Bearer " + ALLOWED);
      assertEquals("database true, 0 listening, outboxes [webhook]", figures.body());
      for (String path : List.of("/", "/staff", "/api/v1/sensors", "/q/AAAAAAAAA1")) {
        HttpResponse<String> nothing = get(port, path, "Accept", "text/html");
        assertEquals(404, nothing.statusCode());
        assertEquals(
            Optional.of("application/problem+json"), nothing.headers().firstValue("Content-Type"));
      }
    }
  }

  @Test
  void opennessLetsEverybodyReadThem() throws Exception {
    try (WebServer server = started(true, List.of())) {
      assertEquals(200, get(server, "/metrics").statusCode());
    }
  }

  @Test
  void aProcessThatCannotDoAllOfItsWorkIsNotReadyAndNamesWhatItCannot() throws Exception {
    HealthCheck full =
        new HealthCheck() {
          @Override
          public String name() {
            return "disk";
          }

          @Override
          public Finding look() {
            return new Finding(false, "Only 3 MB are free.");
          }
        };
    try (WebServer server = started(false, List.of(full))) {
      Until.succeeds(
          "the first look of all, which may take longer than whoever asks is left waiting",
          () -> {
            HttpResponse<String> ready = get(server, "/health/ready");
            assertEquals(503, ready.statusCode());
            String said = ready.body();
            assertTrue(said.contains("\"detail\":\"disk: Only 3 MB are free.\""), said);
            assertTrue(said.contains("{\"name\":\"database\",\"status\":\"up\""), said);
          });
      assertEquals(200, get(server, "/health/live").statusCode());
    }
  }

  private static WebServer started(boolean open, List<HealthCheck> checks) throws IOException {
    WebServer server =
        new WebServer(
            ApiConfig.of("127.0.0.1", 0, RunningApi.WARD),
            database.database(),
            InstantSource.system(),
            new SecureRandom(),
            monitoring(open, checks));
    server.start();
    return server;
  }

  private static Monitoring monitoring(boolean open, List<HealthCheck> checks) {
    return new Monitoring(
        Optional.of(
            seen ->
                "database %s, %d listening, outboxes %s"
                    .formatted(
                        seen.databaseAnswers(),
                        seen.load().liveClients(),
                        seen.outbox().stream().map(o -> o.kind()).toList())),
        open,
        checks);
  }

  private static HttpResponse<String> get(WebServer server, String path, String... headers)
      throws IOException, InterruptedException {
    return get(server.port(), path, headers);
  }

  private static HttpResponse<String> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
