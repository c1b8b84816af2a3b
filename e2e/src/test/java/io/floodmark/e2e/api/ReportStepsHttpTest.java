package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What steps may do and what they must not lose. */
final class ReportStepsHttpTest {
  private static final Map<String, String> FLOOD =
      Map.of("category", "flood", "depth", "knee", "lon", "106.0712", "lat", "20.9411");
  private static final Map<String, String> OTHER =
      Map.of("category", "other", "text", "Cột điện nghiêng", "place", "Ngõ 3");

  private RunningApi api;
  private Register register;
  private Reporter reporter;
  private StaffClient operator;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    register = new Register(api.database());
    reporter = new Reporter(api);
    operator = api.signIn(Role.OPERATOR);
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void onlyAConfirmationPutsAFloodOnTheMap() throws Exception {
    reporter.file(FLOOD);
    String rejecting = "publicNote";
    assertEquals(
        422, step("reject", Map.of(rejecting, "Không ngập", "showOnMap", "1")).statusCode());
    assertEquals(303, step("screen", Map.of("showOnMap", "1")).statusCode());
    assertEquals(1, shown());
    assertEquals(303, step("hide", Map.of()).statusCode());
    assertEquals(
        422,
        step("assign", Map.of("assignTo", "" + operator.staffId, "showOnMap", "1")).statusCode());
    assertEquals(0, shown());
    assertEquals(303, step("confirm", Map.of()).statusCode());
    assertEquals(1, shown());
    assertEquals(303, step("reject", Map.of(rejecting, "Đã rút")).statusCode());
    assertEquals(0, shown());
  }

  @Test
  void takingAFloodOffTheMapIsToldInTheReadersWords() throws Exception {
    reporter.file(FLOOD);
    step("screen", Map.of("showOnMap", "1"));
    step("hide", Map.of());
    String page = operator.get("/staff/reports/" + number()).body();
    assertTrue(page.contains("Đã gỡ khỏi bản đồ") && !page.contains("⌧"), page);
    assertTrue(
        operator
            .get("/staff/reports/" + number() + "?lang=en")
            .body()
            .contains("Taken off the map"));
    assertFalse(operator.get("/api/v1/reports/" + number()).body().contains("⌧"));
  }

  @Test
  void evidenceThatAProgramSentStaysWhenTheReporterErases() throws Exception {
    String link = reporter.file(OTHER);
    step("screen", Map.of());
    step("assign", Map.of("assignTo", "" + operator.staffId));
    register.text(
        "INSERT INTO api_token (name, token_sha256, rights, created_at)"
            + " VALUES ('t', sha256('t'), ARRAY['reports.see', 'reports.handle'], now())"
            + " RETURNING id");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (String field :
        List.of(
            "step\"\r\n\r\nfinish", "publicNote\"\r\n\r\nXong", "version\"\r\n\r\n" + version())) {
      body.write(
          ("--x\r\nContent-Disposition: form-data; name=\"" + field + "\r\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    body.write(
        """
        --x\r
        Content-Disposition: form-data; name="photos"; filename="a.jpg"\r
        Content-Type: image/jpeg\r
        \r
        """
            .getBytes(StandardCharsets.UTF_8));
    body.write(jpeg());
    body.write("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> done =
        api.send(
            HttpRequest.newBuilder(api.address("/api/v1/reports/" + number() + "/steps"))
                .header("Authorization", "Bearer t")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    assertEquals(200, done.statusCode(), done.body());
    assertEquals(303, reporter.post(link + "/erase", Map.of("sure", "1")).statusCode());
    assertEquals(
        "true",
        register.text(
            "SELECT (p.is_evidence)::text FROM report_photo p JOIN photo f ON f.id = p.photo_id"));
  }

  @Test
  void wordsThatNobodyWouldReadAreRefusedWithAWayToANewReport() throws Exception {
    String link = reporter.file(OTHER);
    assertEquals(303, reporter.post(link + "/message", Map.of("text", "Vẫn nghiêng")).statusCode());
    step("reject", Map.of("publicNote", "Không thuộc phường"));
    String page = api.get(link).body();
    assertFalse(page.contains(link + "/message"), page);
    assertTrue(page.contains("href=\"/report?category=other\""), page);
    HttpResponse<String> refused = reporter.post(link + "/message", Map.of("text", "Lại nghiêng"));
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("phản ánh này đã khép lại"), refused.body());
    assertEquals("1", register.text("SELECT count(*) FROM report_message"));
    step("reopen", Map.of());
    assertEquals(303, reporter.post(link + "/message", Map.of("text", "Lại nghiêng")).statusCode());
  }

  @Test
  void aCursorThatIsNoneOfOursIsABadRequest() throws Exception {
    for (String text : List.of("9999999999999999999:1", "1", "x:y", "")) {
      String cursor =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
      if (!cursor.isEmpty()) {
        HttpResponse<String> answer = operator.get("/api/v1/reports?cursor=" + cursor);
        assertEquals(400, answer.statusCode(), text);
        assertEquals("cursor", RunningApi.parse(answer.body()).get("parameter").asText());
      }
      assertEquals(400, operator.get("/staff/reports?cursor=" + cursor).statusCode(), text);
    }
    assertEquals(400, operator.get("/api/v1/reports?cursor=***").statusCode());
  }

  @Test
  void whatWasTypedIsKeptWhenSomebodyElseWasFaster() throws Exception {
    reporter.file(OTHER);
    HttpResponse<String> note =
        stale(Map.of("step", "note", "note", "Gọi điện lực", "publicNote", "Đã chuyển"));
    assertEquals(409, note.statusCode());
    assertTrue(note.body().contains(">Gọi điện lực</textarea>"), note.body());
    assertTrue(note.body().contains(">Đã chuyển</textarea>"), note.body());
    HttpResponse<String> finish = stale(Map.of("step", "finish", "publicNote", "Đã dựng lại"));
    assertEquals(409, finish.statusCode());
    assertTrue(finish.body().contains(">Đã dựng lại</textarea>"), "its own form is gone");
  }

  private HttpResponse<String> stale(Map<String, String> typed) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(typed);
    fields.put("version", "7");
    return operator.post("/staff/reports/" + number() + "/steps", fields);
  }

  private HttpResponse<String> step(String step, Map<String, String> more) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(more);
    fields.put("step", step);
    fields.put("version", version());
    return operator.post("/staff/reports/" + number() + "/steps", fields);
  }

  private int shown() throws Exception {
    return api.json("/api/v1/reports?shown=map").get("features").size();
  }

  private String number() throws SQLException {
    return register.text("SELECT number FROM report");
  }

  private String version() throws SQLException {
    return register.text("SELECT version FROM report");
  }

  private static byte[] jpeg() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
    return bytes.toByteArray();
  }
}
