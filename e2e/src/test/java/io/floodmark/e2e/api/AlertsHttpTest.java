package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase.Engine;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertsHttpTest {
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
  void anAlertIsListedWhileItIsOpen() throws Exception {
    int id = api.street.sensor("a", "Ngã tư Bần");
    int alert = api.street.raise(id, 2, NOON);
    api.street.move(id, 3, NOON.plusSeconds(60));
    assertEquals(
        """
        {"alerts":[{"id":%d,"sensor":"a","sensorName":"Ngã tư Bần","kind":"flood",\
        "state":"active","level":3,"peakLevel":3,"since":"2026-11-21T05:00:00.000Z",\
        "changedAt":"2026-11-21T05:01:00.000Z","clearedAt":null,"zone":null,\
        "acknowledgedAt":null,"shelvedUntil":null,"suppressed":null,"parentId":null,\
        "closedAt":null}],"nextCursor":null}"""
            .formatted(alert),
        api.get("/api/v1/alerts").body());
  }

  @Test
  void aClearedAlertIsListedAmongAll() throws Exception {
    int id = api.street.sensor("a", "A");
    api.street.raise(id, 2, NOON);
    api.street.move(id, 0, NOON.plusSeconds(60));
    assertEquals(0, api.json("/api/v1/alerts?state=open").get("alerts").size());
    JsonNode alert = api.json("/api/v1/alerts?state=all").get("alerts").get(0);
    assertEquals("cleared", alert.get("state").asText());
    assertEquals("2026-11-21T05:01:00.000Z", alert.get("clearedAt").asText());
  }

  @Test
  void pagesFollowEachOtherWithoutLossOrRepetition() throws Exception {
    int id = api.street.sensor("a", "A");
    List<Integer> newestFirst = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      newestFirst.add(0, api.street.raise(id, 1, NOON.plusSeconds(i)));
      api.street.move(id, 0, NOON.plusSeconds(i));
    }
    List<Integer> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.json("/api/v1/alerts?state=all&limit=3" + cursor);
      page.get("alerts").forEach(alert -> seen.add(alert.get("id").asInt()));
      assertTrue(page.get("alerts").size() <= 3);
      cursor = page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asText();
      // One that comes in between belongs to no later page.
      api.street.raise(api.street.sensor("b" + seen.size(), "B"), 1, NOON);
    } while (!cursor.isEmpty());
    assertEquals(newestFirst, seen);
  }

  @Test
  void aCursorOfNobodysIsRefused() throws Exception {
    HttpResponse<String> refused = api.get("/api/v1/alerts?cursor=812");
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("\"parameter\":\"cursor\""), refused.body());
  }
}
