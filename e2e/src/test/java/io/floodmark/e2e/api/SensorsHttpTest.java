package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase.Engine;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SensorsHttpTest {
  private RunningApi api;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(Engine.EMBEDDED);
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  @Test
  void aSensorIsAFeatureAsTheContractHasIt() throws Exception {
    int id = api.street.sensor("bvd-03", "Ngã tư Bần");
    api.street.state(id, NOON, 142, 1, 3);
    int alert = api.street.raise(id, 3, NOON);
    HttpResponse<String> one = api.get("/api/v1/sensors/bvd-03");
    assertEquals("application/geo+json", one.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(
        """
        {"type":"Feature","id":"bvd-03",\
        "geometry":{"type":"Point","coordinates":[106.0712,20.9411]},\
        "properties":{"code":"bvd-03","name":"Ngã tư Bần","kind":"distance",\
        "state":"live","stateSince":null,"reportIntervalS":60,"lowPointDeltaMm":180,\
        "thresholdsMm":[100,200,300,500],"lowestVisibleLevel":2,\
        "street":"Nguyễn Văn Linh","zone":"Bần","madeUp":false,\
        "latest":{"observedAt":"2026-11-21T05:00:00.000Z","depthMm":142,"lowPointDepthMm":322,\
        "trendMmPerMin":6.5,"qc":1,"rainMm":null,"batteryMv":3710,"rssiDbm":-71,\
        "temperatureC":31.2},\
        "level":3,\
        "passability":{"footAdult":"care","footChild":"no","bicycle":"no","motorbike":"no",\
        "car":"no","truck":"yes"},\
        "alert":{"id":%d,"kind":"flood","level":3,"state":"active",\
        "since":"2026-11-21T05:00:00.000Z"}}}"""
            .formatted(alert),
        one.body());
    assertEquals(
        "{\"type\":\"FeatureCollection\",\"features\":[" + one.body() + "]}",
        api.get("/api/v1/sensors").body());
  }

  @Test
  void aSensorThatHasSaidNothingHasNeitherReadingNorLevel() throws Exception {
    api.street.sensor("a", "A");
    JsonNode properties = api.json("/api/v1/sensors/a").get("properties");
    assertEquals("new", properties.get("state").asText());
    assertTrue(properties.get("latest").isNull());
    assertTrue(properties.get("level").isNull());
    assertTrue(properties.get("alert").isNull());
  }

  @Test
  void aSilentSensorKeepsItsReadingAndLosesItsLevel() throws Exception {
    int id = api.street.sensor("a", "A");
    api.street.state(id, NOON, 142, 1, 3);
    api.clock.advance(Duration.ofMinutes(6));
    JsonNode properties = api.json("/api/v1/sensors/a").get("properties");
    assertEquals("silent", properties.get("state").asText());
    assertEquals("2026-11-21T05:00:00.000Z", properties.get("stateSince").asText());
    assertEquals(142, properties.get("latest").get("depthMm").asInt());
    assertTrue(properties.get("level").isNull());
  }

  @Test
  void aBadReadingIsShownWithoutALevel() throws Exception {
    int id = api.street.sensor("a", "A");
    api.street.state(id, NOON, 142, 4, 3);
    JsonNode properties = api.json("/api/v1/sensors/a").get("properties");
    assertEquals("live", properties.get("state").asText());
    assertEquals(4, properties.get("latest").get("qc").asInt());
    assertTrue(properties.get("level").isNull());
  }

  @Test
  void anOfflineSensorSaysSinceWhen() throws Exception {
    int id = api.street.sensor("a", "A");
    api.street.state(id, NOON.minusSeconds(10), 142, 1, 3);
    api.street.status(id, "offline", NOON.minusSeconds(5));
    JsonNode properties = api.json("/api/v1/sensors/a").get("properties");
    assertEquals("offline", properties.get("state").asText());
    assertEquals("2026-11-21T04:59:55.000Z", properties.get("stateSince").asText());
    assertTrue(properties.get("level").isNull());
  }

  @Test
  void aRetiredSensorIsAnsweredButNotListed() throws Exception {
    int id = api.street.sensor("a", "A");
    api.street.retire(id, NOON);
    assertEquals(0, api.json("/api/v1/sensors").get("features").size());
    assertEquals("retired", api.json("/api/v1/sensors/a").get("properties").get("state").asText());
  }

  @Test
  void codesAreCaseSensitive() throws Exception {
    api.street.sensor("a", "A");
    assertEquals(404, api.get("/api/v1/sensors/A").statusCode());
    assertEquals(200, api.get("/api/v1/sensors/a").statusCode());
  }

  @Test
  void whoHasTheListGetsNoneUntilItChanges() throws Exception {
    int id = api.street.sensor("a", "A");
    String etag = api.get("/api/v1/sensors").headers().firstValue("ETag").orElseThrow();
    assertTrue(etag.startsWith("W/\""), etag);
    HttpResponse<String> again = api.get("/api/v1/sensors", "If-None-Match", etag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    api.street.state(id, NOON, 0, 1, 0);
    assertEquals(200, api.get("/api/v1/sensors", "If-None-Match", etag).statusCode());
  }

  @Test
  void theListComesCompressedToThoseWhoAsk() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.street.sensor("s" + i, "Ngã tư");
    }
    HttpResponse<byte[]> gzip = api.getBytes("/api/v1/sensors", "Accept-Encoding", "gzip");
    assertEquals("gzip", gzip.headers().firstValue("Content-Encoding").orElseThrow());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertEquals(
          api.get("/api/v1/sensors").body(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertFalse(api.get("/api/v1/sensors").headers().firstValue("Content-Encoding").isPresent());
  }
}
