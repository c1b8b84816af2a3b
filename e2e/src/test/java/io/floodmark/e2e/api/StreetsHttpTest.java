package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stretches from the file to the map, and the limits that colour them. */
final class StreetsHttpTest extends ApiOnEachEngine {
  private static final String HERE = "[[106.0700,20.9411],[106.0720,20.9412]]";
  private static final String ELSEWHERE = "[[106.0800,20.9500],[106.0820,20.9512]]";

  @BeforeEach
  void prepare() throws Exception {
    int ban = api.street.sensor("bvd-03", "Ngã tư Bần");
    api.street.state(ban, NOON, 142, 1, 3);
    api.street.sensor("bvd-04", "Chợ Đường Cái");
  }

  @Test
  void aProgramBringsStretchesAndEverybodyReadsWhoGetsThrough() throws Exception {
    StaffClient operator = api.signIn(Role.OPERATOR);
    HttpResponse<String> none = api.get("/api/v1/streets");
    assertEquals("application/geo+json", none.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(0, RunningApi.parse(none.body()).get("features").size());
    String file =
        collection(
            feature("Đường thử", HERE, ",\"sensors\":[\"bvd-03\"]"),
            feature("Ngõ 12", ELSEWHERE, ""));
    HttpResponse<String> added = operator.json("POST", "/api/v1/streets", file);
    assertEquals(201, added.statusCode(), added.body());
    assertEquals(2, RunningApi.parse(added.body()).get("added").asInt());
    HttpResponse<String> again = operator.json("POST", "/api/v1/streets", file);
    assertEquals("{\"added\":0,\"known\":2,\"ids\":[]}", again.body());

    JsonNode streets = api.json("/api/v1/streets");
    assertEquals(200, streets.at("/limits/motorbike/noFromMm").asInt());
    JsonNode wet = streets.at("/features/0/properties");
    assertEquals("Đường thử", wet.get("name").asText());
    assertEquals("LineString", streets.at("/features/0/geometry/type").asText());
    assertEquals("no", wet.at("/passability/motorbike").asText());
    assertEquals("yes", wet.at("/passability/truck").asText());
    assertEquals("2026-11-21T05:00:00.000Z", wet.get("observedAt").asText());
    JsonNode lone = streets.at("/features/1/properties");
    assertEquals("unknown", lone.at("/passability/truck").asText());
    assertTrue(lone.get("observedAt").isNull());

    int id = streets.at("/features/0/id").asInt();
    String both = "{\"name\":\"Đường Thử 2\",\"version\":1,\"sensors\":[\"bvd-03\",\"bvd-04\"]}";
    HttpResponse<String> changed = operator.json("PUT", "/api/v1/streets/" + id, both);
    assertEquals(200, changed.statusCode(), changed.body());
    JsonNode now = RunningApi.parse(changed.body()).get("properties");
    // One that has said nothing yet: never passable, but what is known to be bad stays so.
    assertEquals("unknown", now.at("/passability/truck").asText());
    assertEquals("no", now.at("/passability/car").asText());
    assertEquals(409, operator.json("PUT", "/api/v1/streets/" + id, both).statusCode());
    String ghost = both.replace("bvd-04", "nobody").replace("\"version\":1", "\"version\":2");
    assertEquals(422, operator.json("PUT", "/api/v1/streets/" + id, ghost).statusCode());

    String etag = api.get("/api/v1/streets").headers().firstValue("ETag").orElseThrow();
    assertEquals(304, api.get("/api/v1/streets", "If-None-Match", etag).statusCode());
    assertEquals(204, operator.json("DELETE", "/api/v1/streets/" + id, "").statusCode());
    assertEquals(404, operator.json("DELETE", "/api/v1/streets/" + id, "").statusCode());
    assertEquals(403, api.signIn(Role.VIEWER).json("POST", "/api/v1/streets", file).statusCode());
    assertEquals(401, api.send("POST", "/api/v1/streets").statusCode());

    StaffClient limited = api.signIn(Role.OPERATOR);
    register.limit(limited, register.group("t1"));
    assertEquals(403, limited.json("POST", "/api/v1/streets", file).statusCode());
  }

  @Test
  void oneFaultAndNothingOfAFileIsTakenIn() throws Exception {
    StaffClient operator = api.signIn(Role.OPERATOR);
    String file =
        collection(
            feature("Đường thử", HERE, ""),
            feature("Ngõ 12", "[[20.9411,106.0700],[20.9412,106.0720]]", ""),
            feature("Ngõ 14", ELSEWHERE, ",\"sensors\":\"bvd-99\""));
    HttpResponse<String> refused = operator.json("POST", "/api/v1/streets", file);
    assertEquals(422, refused.statusCode());
    assertEquals("features[1]", RunningApi.parse(refused.body()).get("parameter").asText());
    assertTrue(refused.body().contains("longitude comes first"), refused.body());
    assertTrue(refused.body().contains("Feature 3: "), refused.body());
    HttpResponse<String> page = upload(operator, file);
    assertEquals(422, page.statusCode());
    assertTrue(page.body().contains("có vẻ bị đổi chỗ"), page.body());
    assertFalse(page.body().contains("/staff/streets/import/"), page.body());
    assertEquals(0, api.json("/api/v1/streets").get("features").size());
  }

  @Test
  void staffLookAtAFileBeforeItIsTakenInAndAcceptItsSensorsAfter() throws Exception {
    StaffClient operator = api.signIn(Role.OPERATOR);
    assertTrue(operator.get("/staff/streets").body().contains("Chưa có đoạn đường nào"));
    HttpResponse<String> preview =
        upload(
            operator,
            collection(feature("<b>Phố</b>", HERE, ""), feature("Ngõ 12", ELSEWHERE, "")));
    assertEquals(200, preview.statusCode());
    assertTrue(preview.body().contains("&lt;b&gt;Phố&lt;/b&gt;"), preview.body());
    assertTrue(preview.body().contains("Ngã tư Bần ("), preview.body());
    assertEquals(0, api.json("/api/v1/streets").get("features").size());
    Matcher go = Pattern.compile("/staff/streets/import/\\d+").matcher(preview.body());
    assertTrue(go.find());
    assertEquals(404, api.signIn(Role.OPERATOR).post(go.group(), Map.of()).statusCode());
    assertEquals(303, operator.post(go.group(), Map.of()).statusCode());
    assertEquals(404, operator.post(go.group(), Map.of()).statusCode());

    // A proposal counts for nothing until somebody has accepted it.
    assertEquals("unknown", truck(0));
    String list = operator.get("/staff/streets").body();
    Matcher pair = Pattern.compile("name=\"pair\" value=\"([^\"]+)\"").matcher(list);
    assertTrue(pair.find(), list);
    operator.post("/staff/streets/accept", Map.of("pair", pair.group(1)));
    assertEquals(
        List.of("bvd-03", "bvd-04"),
        List.of(street(0).at("/sensors/0").asText(), street(0).at("/sensors/1").asText()));
    int id = api.json("/api/v1/streets").at("/features/0/id").asInt();
    Map<String, String> form = Map.of("name", "Phố Bần", "version", "2", "sensor-bvd-03", "on");
    assertEquals(303, operator.post("/staff/streets/" + id, form).statusCode());
    HttpResponse<String> stale = operator.post("/staff/streets/" + id, form);
    assertEquals(422, stale.statusCode());
    assertTrue(stale.body().contains("Người khác vừa sửa"), stale.body());
    assertEquals("yes", truck(indexOf("Phố Bần")));
    operator.post("/staff/streets/" + id + "/remove", Map.of());
    assertEquals(1, api.json("/api/v1/streets").get("features").size());
    String audit = api.signIn(Role.ADMIN).get("/staff/audit").body();
    for (String said : List.of("Nhập đoạn đường", "Sửa đoạn đường", "Xóa đoạn đường")) {
      assertTrue(audit.contains(said), said);
    }
  }

  @Test
  void whatAdministratorsSetCountsAtOnceEverywhereAndGoesBackToTheDefault() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    Map<String, String> form = new HashMap<>();
    JsonNode limits = api.json("/api/v1/streets").get("limits");
    limits
        .fields()
        .forEachRemaining(
            way -> {
              form.put("caution-" + way.getKey(), way.getValue().get("cautionFromMm").asText());
              form.put("no-" + way.getKey(), way.getValue().get("noFromMm").asText());
            });
    form.put("caution-truck", "600");
    HttpResponse<String> crossed = admin.post("/staff/travel-limits", form);
    assertEquals(422, crossed.statusCode());
    assertTrue(crossed.body().contains("không sâu hơn mức không nên đi"), crossed.body());
    form.put("no-truck", "5001");
    assertEquals(422, admin.post("/staff/travel-limits", form).statusCode());
    try (LiveEvents live = api.listen()) {
      assertEquals("snapshot", live.next().name());
      form.put("caution-truck", "200");
      form.put("no-truck", "300");
      assertEquals(303, admin.post("/staff/travel-limits", form).statusCode());
      // What was rung for before the limits changed may come first.
      LiveEvents.Event level = live.next();
      while (!level.json().at("/properties/passability/truck").asText().equals("no")) {
        level = live.next();
      }
      assertEquals("level", level.name());
    }
    String page = admin.get("/staff/travel-limits").body();
    assertTrue(page.contains("đã đổi") && page.contains(admin.login), page);
    assertEquals(403, api.signIn(Role.OPERATOR).post("/staff/travel-limits", form).statusCode());
    assertEquals(303, admin.post("/staff/travel-limits", Map.of("default", "truck")).statusCode());
    assertEquals(
        "yes", api.json("/api/v1/sensors/bvd-03").at("/properties/passability/truck").asText());
    assertFalse(admin.get("/staff/travel-limits").body().contains("đã đổi"));
  }

  private String truck(int index) throws Exception {
    return street(index).at("/passability/truck").asText();
  }

  private JsonNode street(int index) throws Exception {
    return api.json("/api/v1/streets").at("/features/" + index + "/properties");
  }

  private int indexOf(String name) throws Exception {
    JsonNode features = api.json("/api/v1/streets").get("features");
    int index = 0;
    while (!features.at("/" + index + "/properties/name").asText().equals(name)) {
      index++;
    }
    return index;
  }

  private static HttpResponse<String> upload(StaffClient client, String file) throws Exception {
    return client.postFiles(
        "/staff/streets/import",
        Map.of(),
        List.of(
            new StaffClient.Part("file", "duong.geojson", file.getBytes(StandardCharsets.UTF_8))));
  }

  private static String collection(String... features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
  }

  private static String feature(String name, String coordinates, String more) {
    return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
        + coordinates
        + "},\"properties\":{\"name\":\""
        + name
        + "\""
        + more
        + "}}";
  }
}
