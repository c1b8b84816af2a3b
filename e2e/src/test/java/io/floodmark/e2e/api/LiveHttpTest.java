package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.Until;
import io.floodmark.e2e.api.LiveEvents.Event;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LiveHttpTest {
  private RunningApi api;
  private int id;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(RunningApi.config(Duration.ofSeconds(15), 3));
    id = api.street.sensor("a", "Ngã tư Bần");
    api.street.state(id, NOON, 0, 1, 0);
    // The feed has heard of it once the snapshot shows it.
    try (LiveEvents live = api.listen()) {
      Event event = live.next();
      while (!event.data().contains("\"state\":\"live\"")) {
        event = live.next();
      }
    }
    // Or it takes a place of those that may listen: only three may.
    Until.succeeds("it has left", () -> assertEquals(0, api.server.liveClients()));
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  @Test
  void itBeginsWithEverythingThereIs() throws Exception {
    try (LiveEvents live = api.listen()) {
      assertEquals("text/event-stream", live.header("Content-Type"));
      assertEquals("no-store", live.header("Cache-Control"));
      assertEquals("no", live.header("X-Accel-Buffering"));
      assertEquals("", live.header("Content-Encoding"));
      Event first = live.next();
      assertEquals("snapshot", first.name());
      JsonNode snapshot = first.json();
      assertEquals("2026-11-21T05:00:00.000Z", snapshot.get("serverTime").asText());
      assertEquals(RunningApi.parse(api.get("/api/v1/sensors").body()), snapshot.get("sensors"));
      assertEquals(0, snapshot.get("alerts").size());
    }
  }

  /**
   * Within a second, where nothing else runs; here other tests do. Nothing but its ring would tell
   * of it at all.
   */
  @Test
  void aReadingIsToldByItsRing() throws Exception {
    try (LiveEvents live = api.listen("Accept-Encoding", "gzip")) {
      live.next("snapshot");
      api.street.state(id, NOON.plusSeconds(1), 142, 1, 3);
      Event level = live.next();
      assertEquals("level", level.name());
      assertEquals(142, level.json().get("properties").get("latest").get("depthMm").asInt());
      assertEquals(RunningApi.parse(api.get("/api/v1/sensors/a").body()), level.json());
    }
  }

  @Test
  void alertsAreToldInTheirOrderWithTheirIds() throws Exception {
    try (LiveEvents live = api.listen()) {
      live.next("snapshot");
      int alert = api.street.raise(id, 2, NOON);
      Event raised = live.next("alert");
      assertEquals(alert, raised.json().get("id").asInt());
      assertEquals("raised", raised.json().get("event").get("kind").asText());
      assertEquals(raised.id(), raised.json().get("event").get("id").asText());
      api.street.move(id, 3, NOON.plusSeconds(1));
      Event escalated = live.next("alert");
      assertEquals("escalated", escalated.json().get("event").get("kind").asText());
      assertEquals(2, escalated.json().get("event").get("fromLevel").asInt());
      assertTrue(Long.parseLong(escalated.id()) > Long.parseLong(raised.id()));
      api.street.move(id, 0, NOON.plusSeconds(2));
      assertEquals("cleared", live.next("alert").json().get("state").asText());
    }
  }

  @Test
  void whoComesBackGetsASnapshotAndTheAlertEventsSince() throws Exception {
    String lastSeen;
    try (LiveEvents live = api.listen()) {
      live.next("snapshot");
      api.street.raise(id, 2, NOON);
      lastSeen = live.next("alert").id();
    }
    try (LiveEvents others = api.listen()) {
      others.next("snapshot");
      api.street.move(id, 3, NOON.plusSeconds(1));
      others.next("alert");
      api.street.move(id, 4, NOON.plusSeconds(2));
      others.next("alert");
    }
    try (LiveEvents live = api.listen("Last-Event-ID", lastSeen)) {
      Event snapshot = live.next();
      assertEquals("snapshot", snapshot.name());
      assertEquals(lastSeen, snapshot.id());
      assertEquals(4, snapshot.json().get("alerts").get(0).get("level").asInt());
      assertEquals(3, live.next().json().get("event").get("toLevel").asInt());
      assertEquals(4, live.next().json().get("event").get("toLevel").asInt());
    }
  }

  @Test
  void aLastEventIdOfNobodysIsAnsweredByTheSnapshot() throws Exception {
    for (String id : new String[] {"999999", "x", "-1"}) {
      try (LiveEvents live = api.listen("Last-Event-ID", id)) {
        assertEquals("0", live.next().id());
      }
    }
  }

  @Test
  void silenceIsToldWithoutAnyReading() throws Exception {
    try (LiveEvents live = api.listen()) {
      live.next("snapshot");
      api.clock.advance(Duration.ofMinutes(6));
      JsonNode properties = live.next("level").json().get("properties");
      assertEquals("silent", properties.get("state").asText());
      assertTrue(properties.get("level").isNull());
    }
  }

  @Test
  void aSensorThatIsRegisteredOrRetiredIsTold() throws Exception {
    try (LiveEvents live = api.listen()) {
      live.next("snapshot");
      int added = api.street.sensor("b", "B");
      assertEquals("new", live.next("level").json().get("properties").get("state").asText());
      api.street.retire(added, NOON);
      assertEquals("retired", live.next("level").json().get("properties").get("state").asText());
    }
  }

  @Test
  void clientsBeyondTheLimitAreRefusedAndThoseWhoLeaveMakeRoom() throws Exception {
    LiveEvents one = api.listen();
    LiveEvents two = api.listen();
    LiveEvents three = api.listen();
    HttpResponse<String> refused = api.get("/api/v1/live");
    assertEquals(503, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    one.close();
    two.close();
    three.close();
    Until.succeeds("all have left", () -> assertEquals(0, api.server.liveClients()));
  }

  @Test
  void aServerThatStopsEndsTheStream() throws Exception {
    LiveEvents live = api.listen();
    live.next("snapshot");
    api.server.close();
    assertEquals("end", live.next("end").name());
  }
}
