package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.api.LiveEvents.Event;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DatabaseAwayHttpTest {
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  private DatabaseRelay relay;
  private RunningApi api;
  private int id;

  @BeforeEach
  void start() throws Exception {
    TestDatabase database = RunningApi.laid(Engine.EMBEDDED);
    relay = new DatabaseRelay(database.database());
    api = RunningApi.start(database, relay.database(), RunningApi.config(HEARTBEAT, 10));
    id = api.street.sensor("a", "A");
    awaitStatus("/api/v1/sensors/a", 200);
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
    relay.close();
  }

  @Test
  void requestsAreRefusedWithAProblemUntilItIsBack() throws Exception {
    relay.cut();
    HttpResponse<String> refused = api.get("/api/v1/sensors");
    assertEquals(503, refused.statusCode());
    assertEquals(
        "application/problem+json", refused.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("2", refused.headers().firstValue("Retry-After").orElseThrow());
    JsonNode problem = RunningApi.parse(refused.body());
    assertEquals("urn:floodmark:problem:database-away", problem.get("type").asText());
    assertEquals("/api/v1/sensors", problem.get("instance").asText());
    relay.restore();
    awaitStatus("/api/v1/sensors", 200);
  }

  @Test
  void aRushIsRefusedFastWhileItIsAway() throws Exception {
    relay.cut();
    assertEquals(503, api.get("/api/v1/sensors").statusCode());
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertEquals(503, api.get("/api/v1/alerts").statusCode());
    }
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void theProcessLivesButIsNotReady() throws Exception {
    // The first look of all may take longer than whoever asks is left waiting.
    awaitStatus("/health/ready", 200);
    relay.cut();
    // What was found holds for a second, however many ask.
    awaitStatus("/health/ready", 503);
    HttpResponse<String> ready = api.get("/health/ready");
    assertEquals(503, ready.statusCode());
    assertTrue(ready.body().contains("database-away"), ready.body());
    assertEquals(200, api.get("/health/live").statusCode());
    assertEquals(200, api.get("/").statusCode());
    relay.restore();
    awaitStatus("/health/ready", 200);
  }

  @Test
  void listenersHearThatItIsAwayAndBeginAgainWhenItIsBack() throws Exception {
    try (LiveEvents live = api.listen()) {
      live.next("snapshot");
      relay.cut();
      Event heartbeat = live.next("heartbeat");
      while (!heartbeat.json().has("databaseAway")) {
        heartbeat = live.next("heartbeat");
      }
      assertTrue(heartbeat.json().get("databaseAway").asBoolean());
      // What happens in the meantime rings for nobody here.
      api.street.state(id, NOON, 142, 1, 3);
      api.street.raise(id, 3, NOON);
      relay.restore();
      Event snapshot = live.next("snapshot");
      assertTrue(snapshot.data().contains("\"depthMm\":142"), snapshot.data());
      assertEquals("raised", live.next().json().get("event").get("kind").asText());
      assertTrue(!live.next("heartbeat").json().has("databaseAway"));
    }
  }

  @Test
  void whoComesWhileItIsAwayWaitsInsideTheStream() throws Exception {
    relay.cut();
    try (LiveEvents live = api.listen()) {
      relay.restore();
      // The first may still be of the time before the sensor, if the server has not yet noticed
      // that
      // the database went: it notices when it reads again, and then everybody begins again.
      Event event = live.next("snapshot");
      while (event.json().has("databaseAway")
          || event.json().get("sensors").get("features").isEmpty()) {
        event = live.next("snapshot");
      }
      assertEquals(1, event.json().get("sensors").get("features").size());
    }
  }

  private void awaitStatus(String path, int status) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    int last = 0;
    while (last != status && System.nanoTime() < deadline) {
      last = api.get(path).statusCode();
    }
    assertEquals(status, last);
  }
}
