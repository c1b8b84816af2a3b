package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.staff.Role;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports from filing to the end, as residents and staff send and see them. */
final class ReportsHttpTest extends ApiOnEachEngine {
  private static final String WORDS = "Nước tràn vào ngõ từ 6 giờ sáng";
  private static final String CONTACT = "0912 345 678";

  private Reporter reporter;

  @BeforeEach
  void prepare() {
    reporter = new Reporter(api);
  }

  @Test
  void aReportGoesItsWholeWayAndTheReporterSeesIt() throws Exception {
    String link =
        reporter.file(Map.of("category", "garbage", "text", WORDS, "place", "12 Nguyễn Văn Linh"));
    String number = number(link);
    StaffClient operator = api.signIn(Role.OPERATOR);
    String inbox = operator.get("/staff/reports").body();
    assertTrue(inbox.contains(WORDS), inbox);
    assertTrue(inbox.contains("còn "), inbox);
    assertEquals(303, step(operator, number, "screen", Map.of()).statusCode());
    assertEquals(
        303,
        step(operator, number, "assign", Map.of("assignTo", "" + operator.staffId)).statusCode());
    assertEquals(303, step(operator, number, "start", Map.of()).statusCode());
    HttpResponse<String> bare =
        step(operator, number, "finish", Map.of("publicNote", "Đã dọn sạch"));
    assertEquals(422, bare.statusCode());
    assertTrue(bare.body().contains("Đã dọn sạch"), "what was typed is kept");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("step", "finish");
    fields.put("version", "" + version(operator, number));
    fields.put("publicNote", "Đã dọn sạch");
    assertEquals(
        303,
        operator
            .postFiles(
                "/staff/reports/" + number + "/steps",
                fields,
                List.of(new StaffClient.Part("photos", "sau.jpg", jpeg())))
            .statusCode());
    String page = api.get(link).body();
    assertTrue(page.contains("Đã xong"), page);
    assertTrue(page.contains("Đã dọn sạch"), page);
    assertTrue(page.contains("Ảnh sau xử lý"), page);
    assertFalse(page.contains("Cán bộ thử"), "no name of staff");
    assertEquals(303, step(operator, number, "reopen", Map.of()).statusCode());
    assertEquals("screened", stateOf(operator, number));
  }

  @Test
  void aStepFromAnOldPageOrAnotherStateIsRefused() throws Exception {
    String number =
        number(reporter.file(Map.of("category", "road", "text", WORDS, "place", "Ngõ 3")));
    StaffClient operator = api.signIn(Role.OPERATOR);
    assertEquals(409, step(operator, number, "start", Map.of()).statusCode());
    HttpResponse<String> stale =
        operator.post(
            "/staff/reports/" + number + "/steps", Map.of("step", "screen", "version", "7"));
    assertEquals(409, stale.statusCode());
    assertEquals(422, step(operator, number, "reject", Map.of()).statusCode());
    assertEquals(
        422, step(operator, number, "mark_duplicate", Map.of("duplicateOf", number)).statusCode());
    assertEquals("received", stateOf(operator, number));
  }

  @Test
  void aDuplicateShowsWhereTheMainOneStands() throws Exception {
    Map<String, String> fields =
        Map.of("category", "tree", "text", WORDS, "lon", "106.07", "lat", "20.94");
    String first = number(reporter.file(fields));
    String link = reporter.file(fields);
    StaffClient operator = api.signIn(Role.OPERATOR);
    String detail = operator.get("/staff/reports/" + number(link)).body();
    assertTrue(detail.contains("/staff/reports/" + first + "\""), "it is suggested");
    assertEquals(
        303,
        step(operator, number(link), "mark_duplicate", Map.of("duplicateOf", first)).statusCode());
    assertTrue(api.get(link).body().contains("Phản ánh chính: Mới nhận"));
  }

  @Test
  void erasingLeavesNoWordOfTheReporter() throws Exception {
    String link =
        reporter.file(
            Map.of(
                "category",
                "flood",
                "depth",
                "knee",
                "text",
                WORDS,
                "contact",
                CONTACT,
                "place",
                "Nhà tôi số 9",
                "lon",
                "106.0712",
                "lat",
                "20.9411"));
    String number = number(link);
    reporter.post(link + "/message", Map.of("text", "Thêm: " + WORDS));
    assertTrue(api.get(link).body().contains("Thêm: " + WORDS));
    assertEquals(422, reporter.post(link + "/erase", Map.of()).statusCode());
    assertEquals(303, reporter.post(link + "/erase", Map.of("sure", "1")).statusCode());
    String rows =
        register.text(
            "SELECT concat_ws('|', (SELECT string_agg(r::text, ' ') FROM report r),"
                + " (SELECT string_agg(m::text, ' ') FROM report_message m),"
                + " (SELECT string_agg(e::text, ' ') FROM report_event e),"
                + " (SELECT string_agg(a::text, ' ') FROM audit_entry a))");
    // With its blank, or it stands by chance in a number or in a hash.
    for (String word : List.of("Nước", "0912 345", "số 9", "106.0712", "20.9411")) {
      assertFalse(rows.contains(word), rows);
    }
    assertTrue(rows.contains("withdrawn") && rows.contains(number), rows);
    assertEquals(410, reporter.post(link + "/message", Map.of("text", "nữa")).statusCode());
  }

  @Test
  void theHistoryHoldsNoWordOfTheReporterAndCannotBeRewritten() throws Exception {
    String link = reporter.file(Map.of("category", "other", "text", WORDS, "place", "Chợ Bần"));
    reporter.post(link + "/message", Map.of("text", WORDS));
    reporter.post(link + "/withdraw", Map.of());
    String events =
        register.text("SELECT string_agg(e::text, ' ' ORDER BY id) FROM report_event e");
    assertTrue(events.contains("received") && events.contains("withdrawn"), events);
    assertFalse(events.contains("Nước") || events.contains("Chợ"), events);
    assertThrows(SQLException.class, () -> register.text("DELETE FROM report_event RETURNING 1"));
  }

  @Test
  void aTrapThatIsFilledInLooksLikeSuccessAndStoresNothing() throws Exception {
    HttpResponse<String> answer =
        reporter.post(
            "/report",
            Map.of("category", "other", "text", "x", "place", "y", "website", "http://spam"));
    assertEquals(303, answer.statusCode());
    assertTrue(answer.headers().firstValue("Location").orElseThrow().startsWith("/r/"));
    assertEquals("0", register.text("SELECT count(*) FROM report"));
  }

  @Test
  void wrongSecretsFindNothingAndSlowThemselvesDown() throws Exception {
    String link = reporter.file(Map.of("category", "other", "text", WORDS, "place", "y"));
    HttpResponse<String> page = api.get(link);
    assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElseThrow());
    assertTrue(page.headers().firstValue("X-Robots-Tag").orElseThrow().contains("noindex"));
    assertTrue(page.headers().firstValue("Cache-Control").orElseThrow().contains("no-store"));
    int tries = 0;
    while (api.get("/r/" + "a".repeat(42) + tries % 10).statusCode() == 404 && tries < 30) {
      tries++;
    }
    assertTrue(tries >= 10 && tries < 30, "" + tries);
    api.clock.advance(Duration.ofMinutes(16));
    assertEquals(200, api.get(link).statusCode());
  }

  @Test
  void tooManyFromOneAddressAreToldWhenToTryAgainAndKeepTheirText() throws Exception {
    Map<String, String> fields = Map.of("category", "other", "text", WORDS, "place", "y");
    for (int i = 0; i < 10; i++) {
      reporter.file(fields);
    }
    HttpResponse<String> refused = reporter.post("/report", fields);
    assertEquals(429, refused.statusCode());
    assertTrue(refused.body().contains(WORDS), "kept");
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    assertEquals("10", register.text("SELECT count(*) FROM report"));
    assertEquals(
        303,
        reporter
            .post("/report", Map.of("category", "flood", "depth", "knee", "place", "z"))
            .statusCode(),
        "floods are counted apart");
    api.clock.advance(Duration.ofMinutes(61));
    reporter.file(fields);
  }

  @Test
  void whatIsWrongIsSaidBesideWhatWasTyped() throws Exception {
    HttpResponse<String> form =
        reporter.post("/report", Map.of("text", "x\u202Ey", "contact", CONTACT));
    assertEquals(422, form.statusCode());
    for (String expected :
        List.of(
            "Hãy chọn loại việc.", "Hãy ghi địa điểm", "ký tự ẩn", CONTACT, "href=\"#place\"")) {
      assertTrue(form.body().contains(expected), expected + " in " + form.body());
    }
    HttpResponse<String> json = json("{\"category\":\"tree\",\"text\":\"Cây đổ\",\"place\":\"\"}");
    assertEquals(422, json.statusCode());
    assertEquals("place", RunningApi.parse(json.body()).get("parameter").asText());
    assertEquals("0", register.text("SELECT count(*) FROM report"));
  }

  @Test
  void aConfirmedFloodIsOnTheMapForThreeHoursRoundedAndWithoutWords() throws Exception {
    HttpResponse<String> filed =
        json(
            "{\"category\":\"flood\",\"depth\":\"half_wheel\",\"text\":\""
                + WORDS
                + "\",\"lon\":106.071234,\"lat\":20.941167}");
    assertEquals(201, filed.statusCode(), filed.body());
    String number = RunningApi.parse(filed.body()).get("number").asText();
    assertEquals(0, shown().size(), "nothing is public before staff made it so");
    StaffClient operator = api.signIn(Role.OPERATOR);
    assertEquals(303, step(operator, number, "screen", Map.of("showOnMap", "1")).statusCode());
    JsonNode flood = shown().get(0);
    assertEquals(106.0712, flood.get("geometry").get("coordinates").get(0).asDouble());
    assertEquals("half_wheel", flood.get("properties").get("depth").asText());
    String all = shown().toString();
    assertFalse(all.contains(number) || all.contains("Nước"), all);
    api.clock.advance(Duration.ofHours(3).plusSeconds(1));
    assertEquals(0, shown().size());
  }

  @Test
  void reportsAreForThoseWhoMaySeeThemAndOnlyOfTheirGroups() throws Exception {
    reporter.file(Map.of("category", "other", "text", WORDS, "place", "y", "contact", CONTACT));
    String number = register.text("SELECT number FROM report");
    assertEquals(401, api.get("/api/v1/reports").statusCode());
    assertEquals(401, api.get("/api/v1/reports/" + number).statusCode());
    StaffClient viewer = api.signIn(Role.VIEWER);
    String seen = viewer.get("/staff/reports/" + number).body();
    assertTrue(seen.contains(WORDS) && !seen.contains(CONTACT), seen);
    assertFalse(viewer.get("/api/v1/reports").body().contains(CONTACT));
    assertEquals(403, step(viewer, number, "screen", Map.of()).statusCode());
    StaffClient operator = api.signIn(Role.OPERATOR);
    assertTrue(operator.get("/staff/reports/" + number).body().contains(CONTACT));
    register.text("INSERT INTO residential_group (code, name) VALUES ('t1', 'Tổ 1') RETURNING id");
    register.text(
        "INSERT INTO staff_scope SELECT "
            + operator.staffId
            + ", id FROM residential_group RETURNING 1");
    assertEquals(404, operator.get("/staff/reports/" + number).statusCode());
    assertFalse(operator.get("/staff/reports").body().contains(WORDS));
    assertEquals(
        404,
        operator
            .json(
                "POST",
                "/api/v1/reports/" + number + "/steps",
                "{\"step\":\"screen\",\"version\":1}")
            .statusCode());
    register.text("UPDATE report SET group_id = (SELECT id FROM residential_group) RETURNING 1");
    assertEquals(200, operator.get("/staff/reports/" + number).statusCode());
  }

  @Test
  void theLiveFeedTellsStaffOfReportsAndNobodyElse() throws Exception {
    StaffClient viewer = api.signIn(Role.VIEWER);
    try (LiveEvents staff = api.listen("Cookie", "floodmark_session=session-of-" + viewer.login);
        LiveEvents stranger = api.listen()) {
      staff.next("snapshot");
      stranger.next("snapshot");
      reporter.file(Map.of("category", "tree", "text", WORDS, "place", "y"));
      JsonNode told = RunningApi.parse(staff.next("report").data());
      assertEquals("received", told.get("state").asText());
      assertEquals(3, told.size(), told.toString());
      api.street.state(api.street.sensor("a", "Ngã tư Bần"), RunningApi.NOON, 0, 1, 0);
      LiveEvents.Event first = stranger.next();
      while (first.name().equals("heartbeat")) {
        first = stranger.next();
      }
      assertEquals("level", first.name(), "nothing came before it");
    }
  }

  @Test
  void aContactIsWipedThirtyDaysAfterTheEnd() throws Exception {
    String link =
        reporter.file(Map.of("category", "other", "text", WORDS, "place", "y", "contact", CONTACT));
    reporter.post(link + "/withdraw", Map.of());
    api.clock.advance(Duration.ofDays(29));
    api.signIn(Role.OPERATOR).get("/staff/reports");
    assertEquals(CONTACT, register.text("SELECT contact FROM report"));
    api.clock.advance(Duration.ofDays(2));
    api.signIn(Role.OPERATOR).get("/staff/reports");
    assertEquals("", register.text("SELECT contact FROM report"));
  }

  @Test
  void theInboxIsPagedWithoutLossAndSearchedWithoutAccents() throws Exception {
    for (int i = 0; i < 7; i++) {
      reporter.file(
          Map.of("category", i % 2 == 0 ? "flood" : "tree", "text", "Số " + i, "place", "Phượng"));
    }
    StaffClient viewer = api.signIn(Role.VIEWER);
    StringBuilder numbers = new StringBuilder();
    String cursor = "";
    for (int pages = 0; pages < 4; pages++) {
      JsonNode page =
          RunningApi.parse(viewer.get("/api/v1/reports?limit=2&q=phuong" + cursor).body());
      page.get("reports").forEach(report -> numbers.append(report.get("number")).append('\n'));
      cursor = "&cursor=" + page.get("nextCursor").asText();
    }
    assertEquals(7, numbers.toString().lines().distinct().count());
  }

  private JsonNode shown() throws Exception {
    return api.json("/api/v1/reports?shown=map").get("features");
  }

  private String number(String link) throws Exception {
    return api.json("/api/v1/reports/link/" + link.substring(3)).get("number").asText();
  }

  private HttpResponse<String> json(String body) throws Exception {
    return api.send(
        HttpRequest.newBuilder(api.address("/api/v1/reports"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> step(
      StaffClient staff, String number, String step, Map<String, String> more) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(more);
    fields.put("step", step);
    fields.put("version", "" + version(staff, number));
    return staff.post("/staff/reports/" + number + "/steps", fields);
  }

  private int version(StaffClient staff, String number) throws Exception {
    return RunningApi.parse(staff.get("/api/v1/reports/" + number).body()).get("version").asInt();
  }

  private String stateOf(StaffClient staff, String number) throws Exception {
    return RunningApi.parse(staff.get("/api/v1/reports/" + number).body()).get("state").asText();
  }

  private static byte[] jpeg() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
    return bytes.toByteArray();
  }
}
