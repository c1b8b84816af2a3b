package io.floodmark.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.api.ApiConfig;
import io.floodmark.api.ApiLimits;
import io.floodmark.api.WebServer;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/** A web server on a free port over a database of its own, and a client for it. */
final class RunningApi implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-21T05:00:00Z");
  static final ZoneId WARD = ZoneId.of("Asia/Ho_Chi_Minh");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The schema as laid once on each engine; all tests of this process work on copies. */
  private static final Map<TestDatabase.Engine, TestDatabase> LAID =
      new EnumMap<>(TestDatabase.Engine.class);

  final MovableClock clock = new MovableClock(NOON);
  final Street street;
  final WebServer server;
  private final TestDatabase testDatabase;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningApi(TestDatabase testDatabase, Database seenByServer, ApiConfig config)
      throws IOException {
    this.testDatabase = testDatabase;
    this.street = new Street(testDatabase.database());
    this.server = new WebServer(config, seenByServer, clock, new SecureRandom());
    server.start();
  }

  static RunningApi start(TestDatabase.Engine engine) throws SQLException, IOException {
    TestDatabase database = laid(engine);
    return new RunningApi(database, database.database(), ApiConfig.of("127.0.0.1", 0, WARD));
  }

  static RunningApi start(ApiConfig config) throws SQLException, IOException {
    TestDatabase database = laid(TestDatabase.Engine.EMBEDDED);
    return new RunningApi(database, database.database(), config);
  }

  /** Over a database that the server reaches only through {@code relay}. */
  static RunningApi start(TestDatabase database, Database relayed, ApiConfig config)
      throws IOException {
    return new RunningApi(database, relayed, config);
  }

  /** A database with the schema, and with no rows. */
  static TestDatabase laid(TestDatabase.Engine engine) throws SQLException {
    return laidOnce(engine).copy();
  }

  private static synchronized TestDatabase laidOnce(TestDatabase.Engine engine)
      throws SQLException {
    TestDatabase original = LAID.get(engine);
    if (original == null) {
      original = TestDatabase.open(engine);
      try (HikariDataSource pool = original.database().pool("schema", 2)) {
        new Schema(pool, () -> NOON).migrate();
      }
      original.seal();
      original.closeAtExit();
      LAID.put(engine, original);
    }
    return original;
  }

  static ApiConfig config(Duration heartbeat, int liveClientsMax) {
    return ApiConfig.of("127.0.0.1", 0, WARD)
        .withLimits(new ApiLimits(4, 64, liveClientsMax, heartbeat, Duration.ofSeconds(60)));
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** A GET, headers given as name, value, name, value. */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Somebody of that role with a session of theirs, in the whole ward. */
  StaffClient signIn(Role role, Right... granted) throws SQLException {
    return StaffClient.signIn(this, testDatabase.database(), role, granted);
  }

  /** The database itself, for what no route shows. */
  Database database() {
    return testDatabase.database();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> getBytes(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answered " + response.statusCode() + response.body());
    }
    return JSON.readTree(response.body());
  }

  static JsonNode parse(String json) throws IOException {
    return JSON.readTree(json);
  }

  LiveEvents listen(String... headers) throws IOException, InterruptedException {
    return LiveEvents.open(http, request("/api/v1/live", headers).build());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  @Override
  public void close() throws SQLException {
    server.close();
    testDatabase.close();
  }
}
