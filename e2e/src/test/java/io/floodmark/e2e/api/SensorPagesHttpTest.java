package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.sensors.register.SensorToken;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of one sensor, from its registration to its end, and their JSON. */
final class SensorPagesHttpTest extends ApiOnEachEngine {
  private static final Map<String, String> BAN =
      Map.of(
          "code", "bvd-03",
          "name", "Ngã tư Bần",
          "kind", "distance",
          "lon", "106,0712",
          "lat", "20.9411",
          "mount_height_mm", "2500",
          "low_point_delta_mm", "180",
          "street", "Phố Bần");

  @Test
  void anAdminRegistersASensorAndSeesItsTokenOnceAndNeverInTheAuditLog() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    assertEquals(200, admin.get("/staff/new-sensor").statusCode());
    HttpResponse<String> made = admin.post("/staff/new-sensor", BAN);
    assertEquals(200, made.statusCode(), made.body());
    String token = token(made.body());
    assertTrue(made.body().contains("mqtt://127.0.0.1:1883"), made.body());
    assertTrue(made.body().contains("sensors/bvd-03/readings"), made.body());
    assertTrue(made.body().contains("từ mức 2 (cảnh báo) trở lên"), made.body());
    assertEquals(sha256(token), stored());
    assertFalse(admin.get("/staff/sensors/bvd-03").body().contains(token));
    assertEquals("bvd-03", api.json("/api/v1/sensors").at("/features/0/id").asText());
    String audit = register.text("SELECT string_agg(action || detail::text, ' ') FROM audit_entry");
    assertTrue(audit.contains("sensor.create"), audit);
    assertFalse(audit.contains(token), audit);
  }

  @Test
  void aFormWithMistakesComesBackWithWhatWasTyped() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    Map<String, String> wrong = new HashMap<>(BAN);
    wrong.put("warning_mm", "50");
    wrong.put("name", "<b>Bần</b>");
    wrong.put("lat", "không rõ");
    HttpResponse<String> again = admin.post("/staff/new-sensor", wrong);
    assertEquals(422, again.statusCode());
    assertTrue(again.body().contains("value=\"50\""), again.body());
    assertTrue(again.body().contains("Nhập độ thập phân từ -90 đến 90"), again.body());
    assertTrue(again.body().contains("href=\"#f-lat\""), again.body());
    assertFalse(again.body().contains("<b>Bần"), again.body());
    HttpResponse<String> english = admin.post("/staff/new-sensor?lang=en", wrong);
    assertEquals(422, english.statusCode());
    assertTrue(english.body().contains("whole number above level 1"), english.body());
    wrong.putAll(Map.of("lat", "20,9411", "mount_height_mm", ""));
    assertTrue(admin.post("/staff/new-sensor", wrong).body().contains("href=\"#f-mount_height_mm"));
    assertEquals("0", register.text("SELECT count(*) FROM sensor"));
    assertEquals(200, admin.post("/staff/new-sensor", BAN).statusCode());
    HttpResponse<String> taken = admin.post("/staff/new-sensor", BAN);
    assertEquals(422, taken.statusCode());
    assertTrue(taken.body().contains("đã có điểm đo dùng"), taken.body());
  }

  @Test
  void anOperatorAcceptsAProposedOffsetAndAnAdminSaysHowTheDeviceMeasures() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    StaffClient operator = api.signIn(Role.OPERATOR);
    admin.post("/staff/new-sensor", BAN);
    register.text(
        """
        INSERT INTO sensor_offset (sensor_id, offset_mm, nights, readings, spread_mm, state,
          proposed_at)
        SELECT id, mm, 5, 1500, 4, state, now()
        FROM sensor, (VALUES (14, 'proposed')) AS v (mm, state)
        RETURNING id
        """);
    String page = operator.get("/staff/sensors/bvd-03").body();
    assertTrue(page.contains("Đề nghị hiệu chỉnh 14 mm (đang dùng 0 mm)"), page);
    JsonNode data = json(operator.get("/api/v1/sensors/bvd-03/measuring"));
    String id = data.at("/offsets/0/id").asText();
    Map<String, String> decision = Map.of("offset", id, "decision", "accept");
    assertEquals(
        403, api.signIn(Role.VIEWER).post("/staff/sensors/bvd-03/offset", decision).statusCode());
    assertEquals(303, operator.post("/staff/sensors/bvd-03/offset", decision).statusCode());
    assertEquals(409, operator.post("/staff/sensors/bvd-03/offset", decision).statusCode());
    assertEquals("14", register.text("SELECT offset_mm FROM sensor"));
    assertEquals(
        "accepted true",
        register.text("SELECT state || ' ' || (valid_until IS NULL) FROM sensor_offset"));

    data = json(admin.get("/api/v1/sensors/bvd-03/measuring"));
    String version = data.get("version").asText();
    String body =
        """
        {"version":"%s","temperatureCompensated":false,"rangeMinMm":300,"rangeMaxMm":%d,
         "quality":%s}
        """;
    for (String wrong :
        List.of(body.formatted(version, 200, "null"), body.formatted(version, 5000, "{\"x\":1}"))) {
      assertEquals(422, admin.json("PUT", "/api/v1/sensors/bvd-03/measuring", wrong).statusCode());
    }
    String good = body.formatted(version, 5000, "{\"fastMmPerMin\":80}");
    assertEquals(403, operator.json("PUT", "/api/v1/sensors/bvd-03/measuring", good).statusCode());
    JsonNode changed = json(admin.json("PUT", "/api/v1/sensors/bvd-03/measuring", good));
    assertEquals(80, changed.at("/quality/fastMmPerMin").asInt());
    assertEquals(409, admin.json("PUT", "/api/v1/sensors/bvd-03/measuring", good).statusCode());
    Map<String, String> form =
        Map.of(
            "version", changed.get("version").asText(),
            "temperature_compensated", "yes",
            "range_min_mm", "310",
            "range_max_mm", "");
    HttpResponse<String> again =
        admin.post(
            "/staff/sensors/bvd-03/measuring",
            Map.of("version", "1", "range_min_mm", "9", "range_max_mm", "8"));
    assertEquals(422, again.statusCode());
    assertTrue(again.body().contains("href=\"#m-range_max_mm\""), again.body());
    assertEquals(303, admin.post("/staff/sensors/bvd-03/measuring", form).statusCode());
    String after = admin.get("/staff/sensors/bvd-03").body();
    assertTrue(after.contains("Thiết bị tự bù nhiệt độ"), after);
    assertTrue(after.contains("Dùng mức hiệu chỉnh mới"), after);
    assertTrue(after.contains("Hiệu chỉnh mặt đất: 0 → 14"), after);
    assertEquals("80", register.text("SELECT quality ->> 'fastMmPerMin' FROM sensor"));
  }

  @Test
  void aChangeOverSomebodyElsesChangeIsRefused() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    admin.post("/staff/new-sensor", BAN);
    Map<String, String> form = new HashMap<>(BAN);
    form.put("version", version(admin));
    form.put("attention_mm", "120");
    assertEquals(303, admin.post("/staff/sensors/bvd-03/edit", form).statusCode());
    form.put("attention_mm", "130");
    HttpResponse<String> late = admin.post("/staff/sensors/bvd-03/edit", form);
    assertEquals(409, late.statusCode());
    assertTrue(late.body().contains("người khác vừa sửa"), late.body());
    String page = admin.get("/staff/sensors/bvd-03").body();
    assertTrue(page.contains("Mức 1, chú ý (mm): 100 → 120"), page);
    assertEquals("120", register.text("SELECT attention_mm FROM sensor"));
  }

  @Test
  void aNewTokenTakesThePlaceOfTheOldOne() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    String first = token(admin.post("/staff/new-sensor", BAN).body());
    HttpResponse<String> rotated = admin.post("/staff/sensors/bvd-03/token", Map.of());
    String second = token(rotated.body());
    assertNotEquals(first, second);
    assertFalse(rotated.body().contains(first));
    assertEquals(sha256(second), stored());
    assertEquals(
        "1", register.text("SELECT count(*) FROM audit_entry WHERE action = 'sensor.token'"));
    assertEquals(404, admin.post("/staff/sensors/none/token", Map.of()).statusCode());
  }

  @Test
  void aSensorIsRetiredForAReasonAndKeepsItsHistory() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    admin.post("/staff/new-sensor", BAN);
    HttpResponse<String> unsaid = admin.post("/staff/sensors/bvd-03/retire", Map.of());
    assertEquals(422, unsaid.statusCode());
    assertTrue(unsaid.body().contains("id=\"f-why-error\""), unsaid.body());
    assertEquals(1, api.json("/api/v1/sensors").get("features").size());
    Map<String, String> why = Map.of("why", "Xe tông <gãy> cột");
    assertEquals(303, admin.post("/staff/sensors/bvd-03/retire", why).statusCode());
    assertEquals(0, api.json("/api/v1/sensors").get("features").size());
    String page = admin.get("/staff/sensors/bvd-03").body();
    assertTrue(page.contains("Lý do: Xe tông &lt;gãy&gt; cột"), page);
    assertFalse(page.contains("/token\""), page);
    assertEquals(409, admin.post("/staff/sensors/bvd-03/token", Map.of()).statusCode());
    assertEquals(409, admin.post("/staff/sensors/bvd-03/retire", why).statusCode());
    assertEquals(422, admin.post("/staff/new-sensor", BAN).statusCode());
    assertFalse(admin.get("/staff/sensors").body().contains("/staff/sensors/bvd-03\""));
    assertTrue(admin.get("/staff/sensors?state=retired").body().contains("/staff/sensors/bvd-03"));
  }

  @Test
  void programsRegisterChangeAndRetireOverJson() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    String body =
        """
        {"code":"bvd-03","lon":106.0712,"lat":20.9411,"mountHeightMm":2500,"thresholdsMm":[%s]}""";
    HttpResponse<String> refused =
        admin.json("POST", "/api/v1/sensors", body.formatted("100,90,300,500"));
    assertEquals(422, refused.statusCode());
    assertEquals("thresholdsMm", RunningApi.parse(refused.body()).get("parameter").asText());
    HttpResponse<String> made =
        admin.json("POST", "/api/v1/sensors", body.formatted("100,200,300,500"));
    assertEquals(201, made.statusCode(), made.body());
    String token = RunningApi.parse(made.body()).get("token").asText();
    JsonNode other =
        RunningApi.parse(admin.json("POST", "/api/v1/sensors/bvd-03/token", "").body());
    assertNotEquals(token, other.get("token").asText());
    String changed =
        "{\"version\":\"%s\",\"lon\":106.0712,\"lat\":20.9411,\"mountHeightMm\":2600}"
            .formatted(version(admin));
    HttpResponse<String> done = admin.json("PUT", "/api/v1/sensors/bvd-03", changed);
    assertEquals(200, done.statusCode(), done.body());
    assertEquals(2_600, RunningApi.parse(done.body()).get("mountHeightMm").asInt());
    assertFalse(RunningApi.parse(done.body()).has("token"), done.body());
    assertEquals(409, admin.json("PUT", "/api/v1/sensors/bvd-03", changed).statusCode());
    assertEquals(422, admin.json("DELETE", "/api/v1/sensors/bvd-03", "{}").statusCode());
    HttpResponse<String> ended =
        admin.json("DELETE", "/api/v1/sensors/bvd-03", "{\"reason\":\"broken\"}");
    assertTrue(RunningApi.parse(ended.body()).get("retired").asBoolean(), ended.body());
  }

  @Test
  void whoMayOnlyLookSeesNoFormNoKeyAndNothingThatWasRejected() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    admin.post("/staff/new-sensor", BAN);
    register.rejected("bvd-03", "'syntax'", "convert_to('raw-bytes', 'UTF8')", 1);
    for (Role role : List.of(Role.OPERATOR, Role.VIEWER)) {
      StaffClient other = api.signIn(role);
      String list = other.get("/staff/sensors").body();
      assertTrue(list.contains("Ngã tư Bần"), list);
      assertFalse(list.contains("/staff/new-sensor") || list.contains("/staff/rejected"), list);
      String page = other.get("/staff/sensors/bvd-03").body();
      assertTrue(page.contains("Mức 1, chú ý (mm)"), page);
      // Who handles alerts may maintain it and try thresholds; that changes no register.
      assertEquals(role == Role.OPERATOR, page.contains("/staff/sensors/bvd-03/maintenance"));
      page = page.replaceAll("/staff/sensors/bvd-03/(maintenance|preview)", "");
      assertFalse(page.contains("/staff/sensors/bvd-03/"), page);
      assertFalse(page.contains("raw-bytes") || page.contains(admin.login), page);
      assertEquals(403, other.get("/staff/rejected").statusCode());
      assertEquals(403, other.post("/staff/sensors/bvd-03/token", Map.of()).statusCode());
      assertEquals(403, other.json("DELETE", "/api/v1/sensors/bvd-03", "{}").statusCode());
    }
    assertEquals(401, api.get("/api/v1/sensors/bvd-03/registration").statusCode());
  }

  @Test
  void aSensorCalledLikeAPageHasAPage() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    Map<String, String> form = new HashMap<>(BAN);
    form.put("code", "new");
    assertEquals(200, admin.post("/staff/new-sensor", form).statusCode());
    assertTrue(admin.get("/staff/sensors/new").body().contains("Ngã tư Bần"));
  }

  private static String token(String page) {
    Matcher token = Pattern.compile("id=\"handed-password\">([0-9a-f]{32})<").matcher(page);
    assertTrue(token.find(), page);
    return token.group(1);
  }

  private static String sha256(String token) {
    return HexFormat.of().formatHex(new SensorToken(token).sha256());
  }

  private String stored() throws Exception {
    return register.text("SELECT encode(token_sha256, 'hex') FROM sensor WHERE code = 'bvd-03'");
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertEquals(200, answer.statusCode(), answer.body());
    return RunningApi.parse(answer.body());
  }

  private static String version(StaffClient admin) throws Exception {
    JsonNode json = RunningApi.parse(admin.get("/api/v1/sensors/bvd-03/registration").body());
    return json.get("version").asText();
  }
}
