package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.ApiConfig;
import io.floodmark.api.WebServer;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.Until;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProblemsHttpTest {
  private static RunningApi api;

  @BeforeAll
  static void start() throws Exception {
    api = RunningApi.start(Engine.EMBEDDED);
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
  }

  @Test
  void anUnknownAddressIsAProblem() throws Exception {
    for (String path : new String[] {"/openapi.json", "/api/v2/sensors", "/metrics", "/q"}) {
      HttpResponse<String> response = api.get(path);
      assertProblem(404, response);
      assertEquals(path, RunningApi.parse(response.body()).get("instance").asText());
    }
  }

  @Test
  void whatCanBeNoCodeOfASensorIsASensorThatIsNotThere() throws Exception {
    for (String code : new String[] {"%00", "a%00", "-a", "a%20b", "a".repeat(33)}) {
      assertProblem(404, api.get("/api/v1/sensors/" + code));
      assertProblem(404, api.get("/api/v1/sensors/" + code + "/readings"));
      assertProblem(404, api.get("/api/v1/sensors/" + code + "/readings", "Accept", "text/csv"));
    }
  }

  @Test
  void anotherMethodIsToldWhichThereAre() throws Exception {
    for (String path : new String[] {"/", "/api/v1/alerts", "/api/v1/live", "/health/live"}) {
      HttpResponse<String> response = api.send("DELETE", path);
      assertProblem(405, response);
      assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElseThrow());
    }
  }

  @Test
  void anUnknownParameterIsNamed() throws Exception {
    HttpResponse<String> response = api.get("/api/v1/alerts?sate=all");
    assertProblem(400, response);
    JsonNode problem = RunningApi.parse(response.body());
    assertEquals("sate", problem.get("parameter").asText());
    assertTrue(problem.get("detail").asText().contains("state"), response.body());
  }

  @Test
  void aHeadOfAProblemHasNoBody() throws Exception {
    HttpResponse<String> response = api.send("HEAD", "/nothing");
    assertEquals(404, response.statusCode());
    assertEquals("", response.body());
  }

  @Test
  void anAddressThatCannotBeDecodedIsABadRequest() throws Exception {
    String answer = raw("GET /api/v1/sensors/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void headersBeyondTheLimitAreABadRequest() throws Exception {
    String answer = raw("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void aBodyThatNobodyAskedForEndsTheConnection() throws Exception {
    String answer =
        raw("POST /api/v1/alerts HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{}");
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
  }

  @Test
  void aDatabaseWithoutOurSchemaIsNotReady() throws Exception {
    try (TestDatabase empty = TestDatabase.open(Engine.EMBEDDED);
        RunningApi bare =
            RunningApi.start(
                empty, empty.database(), ApiConfig.of("127.0.0.1", 0, RunningApi.WARD))) {
      // The first look of all may take longer than whoever asks is left waiting.
      Until.succeeds(
          "it says what is missing",
          () -> assertTrue(bare.get("/health/ready").body().contains("no-schema")));
      HttpResponse<String> ready = bare.get("/health/ready");
      assertProblem(503, ready);
      HttpResponse<String> sensors = bare.get("/api/v1/sensors");
      assertProblem(503, sensors);
      assertEquals(
          ready.headers().firstValue("Retry-After"), sensors.headers().firstValue("Retry-After"));
    }
  }

  @Test
  void whatGoesWrongInsideStaysInside() throws Exception {
    try (TestDatabase other = RunningApi.laid(Engine.EMBEDDED);
        RunningApi broken =
            RunningApi.start(
                other, other.database(), ApiConfig.of("127.0.0.1", 0, RunningApi.WARD))) {
      broken.street.execute("ALTER TABLE sensor RENAME COLUMN street TO road");
      HttpResponse<String> sensors = broken.get("/api/v1/sensors");
      assertProblem(500, sensors);
      assertTrue(!sensors.body().contains("street"), sensors.body());
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WebServer second =
            new WebServer(
                ApiConfig.of("127.0.0.1", taken.getLocalPort(), RunningApi.WARD),
                new Database("jdbc:postgresql://127.0.0.1:1/none", "", ""),
                api.clock,
                new SecureRandom())) {
      IOException refused = assertThrows(IOException.class, second::start);
      assertTrue(
          refused
              .getMessage()
              .startsWith("Cannot serve HTTP on 127.0.0.1:" + taken.getLocalPort() + ": "),
          refused.getMessage());
    }
  }

  @Test
  void aStartThatIsInterruptedFailsAndLeavesTheFlag() {
    try (WebServer never =
        new WebServer(
            ApiConfig.of("127.0.0.1", 0, RunningApi.WARD),
            new Database("jdbc:postgresql://127.0.0.1:1/none", "", ""),
            api.clock,
            new SecureRandom())) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, never::start);
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aHostThatIsNotOursIsNamed() throws Exception {
    try (WebServer elsewhere =
        new WebServer(
            ApiConfig.of("no-such-host.invalid", 0, RunningApi.WARD),
            new Database("jdbc:postgresql://127.0.0.1:1/none", "", ""),
            api.clock,
            new SecureRandom())) {
      IOException refused = assertThrows(IOException.class, elsewhere::start);
      assertTrue(refused.getMessage().contains("no-such-host.invalid"), refused.getMessage());
    }
  }

  private static void assertProblem(int status, HttpResponse<String> response) throws IOException {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
    JsonNode problem = RunningApi.parse(response.body());
    assertEquals(status, problem.get("status").asInt());
    for (String member : new String[] {"type", "title", "detail", "instance"}) {
      assertTrue(problem.get(member).isTextual(), member);
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
