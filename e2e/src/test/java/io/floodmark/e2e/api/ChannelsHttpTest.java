package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.ApiConfig;
import io.floodmark.e2e.Checkout;
import io.floodmark.e2e.Until;
import io.floodmark.staff.Role;
import java.io.File;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels as an administrator sets them up, and what comes out at the other end. */
final class ChannelsHttpTest {
  private static final Pattern ENTRY = Pattern.compile("href=\"[^\"]*/cap/([A-Za-z0-9-]+\\.xml)\"");

  private RunningApi api;
  private StaffClient admin;
  private Receiver receiver;
  private int sensor;

  @BeforeEach
  void start() throws Exception {
    receiver = new Receiver();
    api =
        RunningApi.start(
            ApiConfig.of("127.0.0.1", 0, RunningApi.WARD)
                .withLoopbackWebhooks(true)
                .withPublicUrl(Optional.of("https://ngap.example.vn")));
    admin = api.signIn(Role.ADMIN);
    sensor = api.street.sensor("bvd-03", "Ngã tư Bần");
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
    if (api != null) {
      api.close();
    }
  }

  @Test
  void aWebhookIsSetUpTriedToldOfAWarningAtOnceAndMended() throws Exception {
    HttpResponse<String> refused =
        admin.post(
            "/staff/channels/new", Map.of("kind", "webhook", "name", "Cổng", "url", "ftp://x"));
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("Phải bắt đầu bằng http://"), refused.body());
    assertTrue(refused.body().contains("Chọn ít nhất một loại."));

    HttpResponse<String> handed = admin.post("/staff/channels/new", webhook(Map.of()));
    assertEquals(200, handed.statusCode());
    Matcher secret =
        Pattern.compile("<code class=\"secret\">([^<]{20,})</code>").matcher(handed.body());
    assertTrue(secret.find(), handed.body());
    assertFalse(admin.get("/staff/channels/1").body().contains(secret.group(1)), "shown once");
    assertFalse(admin.get("/staff/channels/1/edit").body().contains(secret.group(1)));

    HttpResponse<String> tried = admin.post("/staff/channels/1/test", Map.of());
    assertTrue(
        tried.headers().firstValue("Location").orElse("").endsWith("?done=test-sent"),
        tried.headers().toString());
    assertEquals("test", receiver.next().body().get("type").asText());

    long raised = System.nanoTime();
    api.street.raise(sensor, 3, api.clock.instant());
    Receiver.Got got = receiver.next();
    // Within a second, where nothing else runs; here other tests do.
    assertTrue(got.nanos() - raised < TimeUnit.SECONDS.toNanos(5), "at once");
    assertEquals(3, got.body().get("alerts").get(0).get("level").asInt());
    assertTrue(got.signature().startsWith("sha256="));

    receiver.answer(410);
    api.street.move(sensor, 4, api.clock.instant());
    Receiver.Got lost = receiver.next();
    Until.succeeds(
        "it is given up",
        () ->
            assertTrue(
                admin.get("/staff/channels").body().contains("1 tin không gửi được"), "not yet"));
    String page = admin.get("/staff/channels/1").body();
    assertTrue(page.contains("Bên nhận trả lời 410."), page);
    assertTrue(admin.get("/staff/channels/1?lang=en").body().contains("answered 410."));
    // As rows of before are.
    new Register(api.database()).text("UPDATE outbox SET said = NULL RETURNING 1");
    String old = admin.get("/staff/channels/1?lang=vi").body();
    assertTrue(old.contains("The other side answered 410."), old);
    Matcher row = Pattern.compile("name=\"row\" value=\"(\\d+)\"").matcher(page);
    assertTrue(row.find());
    receiver.answer(200);
    assertEquals(
        303, admin.post("/staff/channels/1/again", Map.of("row", row.group(1))).statusCode());
    assertEquals(lost.key(), receiver.next().key(), "the same key");
    assertNotEquals(got.key(), lost.key());

    Map<String, String> off = new HashMap<>(webhook(Map.of("version", "1")));
    off.remove("enabled");
    assertEquals(303, admin.post("/staff/channels/1/edit", off).statusCode());
    assertEquals(
        409, admin.post("/staff/channels/1/edit", webhook(Map.of("version", "1"))).statusCode());
    api.street.move(sensor, 0, api.clock.instant());
    assertEquals(303, admin.post("/staff/channels/1/remove", Map.of()).statusCode());
    assertEquals(404, admin.get("/staff/channels/1").statusCode());
    assertTrue(receiver.isQuiet());
    assertTrue(admin.get("/staff/audit").body().contains("Xóa kênh thông báo"));
    assertEquals(403, api.signIn(Role.OPERATOR).get("/staff/channels").statusCode());
  }

  @Test
  void aKeptPasswordDoesNotFollowAChangedAddress() throws Exception {
    assertEquals(
        303,
        admin
            .post("/staff/channels/new", mail(Map.of("secret", "mat-khau", "version", "0")))
            .statusCode());
    HttpResponse<String> refused =
        admin.post("/staff/channels/1/edit", mail(Map.of("host", "evil.example")));
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("hãy nhập lại khóa hoặc mật khẩu"), refused.body());
    assertEquals(
        422, admin.post("/staff/channels/1/edit", mail(Map.of("security", "none"))).statusCode());
    assertEquals(
        303,
        admin.post("/staff/channels/1/edit", mail(Map.of("to", "b@phuong.example"))).statusCode());
    assertEquals(
        303,
        admin
            .post(
                "/staff/channels/1/edit",
                mail(Map.of("host", "new.example", "secret", "khac", "version", "2")))
            .statusCode());
  }

  private static Map<String, String> mail(Map<String, String> changes) {
    Map<String, String> fields = new HashMap<>();
    fields.put("kind", "email");
    fields.put("name", "Thư");
    fields.put("host", "mail.example");
    fields.put("port", "587");
    fields.put("security", "starttls");
    fields.put("user", "canhbao");
    fields.put("from", "a@phuong.example");
    fields.put("to", "a@phuong.example");
    fields.put("minLevel", "2");
    fields.put("kinds", "flood");
    fields.put("language", "vi");
    fields.put("version", "1");
    fields.putAll(changes);
    return fields;
  }

  @Test
  void aFloodBecomesAChainOfCapDocumentsThatNeverChange() throws Exception {
    assertEquals(404, api.get("/cap/feed.atom").statusCode());
    assertEquals(303, admin.post("/staff/channels/new", cap()).statusCode());
    api.street.raise(sensor, 1, api.clock.instant());
    api.clock.advance(Duration.ofSeconds(61));
    api.street.move(sensor, 2, api.clock.instant());
    String alert = document(1);
    assertTrue(alert.contains("<status>Actual</status><msgType>Alert</msgType>"), alert);
    assertTrue(alert.contains("<sent>2026-11-21T12:01:01+07:00</sent>"), alert);
    assertTrue(alert.contains("<severity>Moderate</severity>"));
    assertTrue(alert.contains("<language>vi-VN</language>"));
    assertTrue(alert.contains("<language>en-US</language>"));
    assertTrue(alert.contains("<circle>20.941100,106.071200 0.300</circle>"));
    assertTrue(alert.contains("<web>https://ngap.example.vn/#/sensor/bvd-03</web>"));

    api.street.move(sensor, 4, api.clock.instant());
    String update = document(2);
    assertTrue(update.contains("<msgType>Update</msgType>"), update);
    assertTrue(update.contains("<references>" + reference(alert) + "</references>"), update);

    // It goes on: said again before it runs out.
    api.clock.advance(Duration.ofMinutes(170));
    String renewal = document(3);
    assertTrue(
        renewal.contains(
            "<references>" + reference(alert) + " " + reference(update) + "</references>"),
        renewal);
    assertTrue(renewal.contains("<severity>Extreme</severity>"));

    api.street.move(sensor, 0, api.clock.instant());
    String cancel = document(4);
    assertTrue(cancel.contains("<msgType>Cancel</msgType>"), cancel);
    assertTrue(cancel.contains("<responseType>AllClear</responseType>"));
    assertTrue(cancel.contains(reference(alert) + " " + reference(update)));

    admin.post("/staff/channels/1/test", Map.of());
    assertTrue(document(5).contains("<status>Test</status>"));

    // A flood of the demo is an exercise, whatever is set; and one that never reached the feed's
    // level has nothing to take back.
    api.street.execute("UPDATE sensor SET made_up = true");
    api.street.raise(sensor, 2, api.clock.instant());
    assertTrue(document(6).contains("<status>Exercise</status>"));

    HttpResponse<String> feed = api.get("/cap/feed.atom");
    assertEquals(
        "application/atom+xml; charset=utf-8",
        feed.headers().firstValue("Content-Type").orElse(""));
    String etag = feed.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, api.get("/cap/feed.atom", "If-None-Match", etag).statusCode());
    assertEquals(alert, api.get("/cap/" + files().get(5)).body(), "as it was published");
    assertEquals(404, api.get("/cap/fm-none.xml").statusCode());
    assertEquals(
        409,
        admin
            .post(
                "/staff/channels/new",
                Map.of(
                    "kind", "cap", "name", "2", "sender", "a", "senderName", "b", "kinds", "flood"))
            .statusCode());
  }

  @Test
  void whatGoesUnderMaintenanceIsWithdrawnFromTheFeedAndNotCalledOver() throws Exception {
    admin.post("/staff/channels/new", cap());
    api.street.raise(sensor, 2, api.clock.instant());
    assertTrue(document(1).contains("<msgType>Alert</msgType>"));
    api.street.execute("UPDATE alert SET suppressed = 'maintenance'");
    staffStep("suppressed");
    String cancel = document(2);
    assertTrue(cancel.contains("<msgType>Cancel</msgType>"), cancel);
    assertTrue(cancel.contains("<headline>Flood warning withdrawn: Ngã tư Bần</headline>"), cancel);
    assertTrue(cancel.contains("<headline>Tạm rút cảnh báo ngập: Ngã tư Bần</headline>"), cancel);
    assertFalse(cancel.contains("fallen"), cancel);
    assertFalse(cancel.contains("AllClear"), cancel);
  }

  @Test
  void whatIsOnTheShelfLeavesTheFeedUntilItIsTakenOff() throws Exception {
    admin.post("/staff/channels/new", cap());
    api.street.raise(sensor, 2, api.clock.instant());
    assertTrue(document(1).contains("<msgType>Alert</msgType>"));
    api.street.execute(
        "UPDATE alert SET shelved_until = ?, shelved_by = 'lan', shelf_reason = 'thử', shelved_level = 2",
        api.clock.instant().plus(Duration.ofDays(1)));
    staffStep("shelved");
    String cancel = document(2);
    assertTrue(cancel.contains("<msgType>Cancel</msgType>"), cancel);
    assertTrue(cancel.contains("Flood warning withdrawn"), cancel);
    api.street.move(sensor, 3, api.clock.instant());
    api.clock.advance(Duration.ofMinutes(170));
    api.street.execute(
        "UPDATE alert SET level = 2, shelved_until = NULL, shelved_by = NULL, shelf_reason = NULL,"
            + " shelved_level = NULL");
    staffStep("unshelved");
    String again = document(3);
    assertTrue(again.contains("<msgType>Alert</msgType>"), again);
    assertTrue(again.contains("<severity>Moderate</severity>"), again);
  }

  /** What staff or the clock do to the only alert, at level 2. */
  private void staffStep(String kind) throws Exception {
    api.street.execute(
        """
        INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at, recorded_at)
        SELECT id, sensor_id, ?, 2, 2, ?, ? FROM alert
        """,
        kind,
        api.clock.instant(),
        api.clock.instant());
  }

  private static Map<String, String> cap() {
    return Map.of(
        "kind", "cap",
        "name", "CAP",
        "sender", "canhbao.phuong.example.vn",
        "senderName", "UBND phường",
        "status", "Actual",
        "minLevel", "2",
        "kinds", "flood",
        "language", "vi",
        "enabled", "on");
  }

  /** The newest document, once there are {@code count}; valid as any has to be. */
  private String document(int count) throws Exception {
    Until.succeeds("document " + count, () -> assertEquals(count, files().size()));
    String xml = api.get("/cap/" + files().get(0)).body();
    for (Schema schema : schemas()) {
      schema.newValidator().validate(new StreamSource(new StringReader(xml)));
    }
    return xml;
  }

  private static List<Schema> schemas() throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    List<Schema> schemas = new ArrayList<>();
    schemas.add(
        factory.newSchema(
            Checkout.root()
                .resolve("api/src/test/resources/io/floodmark/api/cap/cap-1.2-as-documented.xsd")
                .toFile()));
    String others = System.getenv("FLOODMARK_TEST_CAP_XSD");
    if (others != null) {
      schemas.add(factory.newSchema(new File(others)));
    }
    return schemas;
  }

  private List<String> files() throws Exception {
    HttpResponse<String> feed = api.get("/cap/feed.atom");
    assertEquals(200, feed.statusCode());
    return ENTRY.matcher(feed.body()).results().map(match -> match.group(1)).toList();
  }

  private static String reference(String xml) {
    return text(xml, "sender") + "," + text(xml, "identifier") + "," + text(xml, "sent");
  }

  private static String text(String xml, String element) {
    Matcher found = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
    assertTrue(found.find(), xml);
    return found.group(1);
  }

  private Map<String, String> webhook(Map<String, String> changes) {
    Map<String, String> fields = new HashMap<>();
    fields.put("kind", "webhook");
    fields.put("name", "Cổng của tỉnh");
    fields.put("url", receiver.url());
    fields.put("minLevel", "2");
    fields.put("kinds", "flood");
    fields.put("language", "vi");
    fields.put("enabled", "on");
    fields.putAll(changes);
    return fields;
  }
}
