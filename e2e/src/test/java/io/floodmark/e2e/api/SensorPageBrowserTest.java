package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page of one sensor, for everybody and for staff, over a month with two floods, a parked car,
 * a spike, an error code and a silence. Screenshots are kept in {@code e2e/target/screenshots}.
 */
final class SensorPageBrowserTest {

  /** A reading every five minutes; the newest, of the flood that is on, at noon. */
  private static final String MONTH =
      """
      INSERT INTO whole_reading (sensor_id, observed_at, received_at, distance_mm, depth_mm,
                           low_point_depth_mm, qc, qc_reasons, battery_mv, rssi_dbm)
      SELECT s.id, t, t + interval '4 seconds',
             CASE what WHEN 'car' THEN 2600 WHEN 'error' THEN 10000 WHEN 'spike' THEN 2750
               ELSE 3000 - depth - n % 7 END,
             CASE what WHEN 'car' THEN 400 WHEN 'error' THEN -7000 WHEN 'spike' THEN 250
               ELSE depth END,
             CASE WHEN what = '' AND depth >= 30 THEN depth + 180 END,
             CASE what WHEN 'car' THEN 3 WHEN 'error' THEN 4 ELSE 1 END,
             CASE what WHEN 'car' THEN 2048 WHEN 'error' THEN 8 ELSE 0 END,
             3710 + ago / 50, -70 - n % 4
      FROM sensor s,
           (SELECT t, n, ago,
                   greatest(0, 142 - ago * 12, 200 - abs(ago - 1440) * 14) AS depth,
                   CASE WHEN ago BETWEEN 100 AND 110 THEN 'car' WHEN ago = 170 THEN 'spike'
                        WHEN ago IN (240, 241) THEN 'error' ELSE '' END AS what
            FROM (SELECT timestamptz '2026-11-21T05:00:00Z' - ago * interval '5 minutes' AS t,
                         ago * 31 AS n, ago
                  FROM generate_series(0, 31 * 288) AS ago
                  WHERE ago NOT BETWEEN 200 AND 224) AS told) AS drawn
      WHERE s.code = 'bvd-03'
      """;

  private static RunningApi api;
  private static StaffClient admin;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    admin = api.signIn(Role.ADMIN);
    int ban = api.street.sensor("bvd-03", "Ngã tư Bần");
    Register register = new Register(api.database());
    register.execute(
        "UPDATE sensor SET report_interval_s = 300, severe_mm = 335 WHERE code = 'bvd-03'");
    register.execute(MONTH);
    register.execute(
        """
        INSERT INTO reading_verdict (sensor_id, observed_at, test, qc_reason, flag, decided_by, decided_at)
        SELECT sensor_id, observed_at, 'spike', 16, 4, observed_at, observed_at
        FROM whole_reading
        WHERE depth_mm = 250 AND distance_mm = 2750
        """);
    register.execute(
        """
        INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at, cleared_at)
        SELECT id, 'flood', 'cleared', 1, 3, '2026-11-16T03:55:00Z', '2026-11-16T06:30:00Z',
               '2026-11-16T06:30:00Z'
        FROM sensor WHERE code = 'bvd-03'
        """);
    api.street.state(ban, RunningApi.NOON, 142, 1, 3);
    api.street.raise(ban, 3, RunningApi.NOON.minus(Duration.ofMinutes(5)));
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (api != null) {
      api.close();
    }
  }

  @Test
  void everybodyReadsHowTheWaterStandsAndWhyReadingsAreDoubtedButNothingOfTheDevice()
      throws Exception {
    String page = api.get("/sensors/bvd-03").body();
    for (String said :
        List.of(
            "Mức 3, nguy hiểm",
            "142 mm",
            "322 mm",
            "Đang dâng, 6,5 mm mỗi phút",
            "Có thể lên mức 4, rất nguy hiểm trong 2–9 phút nữa.",
            "trên dữ liệu mô phỏng",
            "chưa kiểm duyệt",
            "Có vật đỗ hoặc để dưới cảm biến",
            "Nhô khác hẳn số đo")) {
      assertTrue(page.contains(said), said + " in " + page);
    }
    for (String secret :
        List.of("3,71 V", "dBm", "Tình trạng thiết bị", "/staff/sensors/bvd-03\"")) {
      assertFalse(page.contains(secret), secret);
    }
    String english = api.get("/sensors/bvd-03?lang=en&range=6h").body();
    assertTrue(english.contains("Level 3, danger") && english.contains("No reading is doubted"));
    assertEquals(404, api.get("/sensors/none").statusCode());
    JsonNode raw = api.json("/api/v1/sensors/bvd-03/readings?detail=raw&from=2026-11-21T04:50:00Z");
    assertEquals("rawMm", raw.at("/columns/6").asText());
    assertTrue(Math.abs(raw.at("/rows/0/6").asInt() - raw.at("/rows/0/1").asInt()) < 7);
  }

  @Test
  void staffSeeWhatIsMissingAndWhatOtherThresholdsWouldHaveRaisedWithoutSavingThem()
      throws Exception {
    String page = admin.get("/staff/sensors/bvd-03").body();
    // 25 readings are missing of the 288 that five minutes make of a day.
    assertTrue(page.contains("8,7 %: thiếu 25 trong 288"), page);
    assertTrue(page.contains("Đã nhận 263."), page);
    assertTrue(page.contains("Giảm 4"), page);
    assertTrue(page.contains("số đo đến sau giờ của thiết bị 4,0 giây"), page);
    Map<String, String> form = form();
    form.put("step", "preview");
    HttpResponse<String> usual = admin.post("/staff/sensors/bvd-03/edit", form);
    assertEquals(200, usual.statusCode());
    assertTrue(usual.body().contains("Thực tế đã cảnh báo: <strong>2 lần"), usual.body());
    assertTrue(usual.body().contains("16/11/2026 "), usual.body());
    int byUsual = wouldRaise(usual.body());
    assertTrue(byUsual >= 2, usual.body());
    // The flood that is on stays below, the one before it does not.
    form.putAll(Map.of("attention_mm", "340", "warning_mm", "350", "danger_mm", "360"));
    String higher = admin.post("/staff/sensors/bvd-03/edit", form).body();
    assertEquals(byUsual - 1, wouldRaise(higher));
    assertTrue(higher.contains("value=\"340\"") && higher.contains("Chưa lưu gì."), higher);
    form.put("warning_mm", "20");
    HttpResponse<String> wrong = admin.post("/staff/sensors/bvd-03/edit", form);
    assertEquals(422, wrong.statusCode());
    assertTrue(wrong.body().contains("Nhập số nguyên lớn hơn mức 1"), wrong.body());
    assertEquals("100", new Register(api.database()).text("SELECT attention_mm FROM sensor"));
    assertEquals(
        403, api.signIn(Role.VIEWER).post("/staff/sensors/bvd-03/edit", form).statusCode());
    StaffClient operator = api.signIn(Role.OPERATOR);
    assertTrue(operator.get("/staff/sensors/bvd-03").body().contains("bvd-03/preview\""));
    String trial = "/staff/sensors/bvd-03/preview";
    assertFalse(operator.get(trial).body().contains("Thực tế đã cảnh báo"));
    String tried =
        operator.get(trial + "?attention_mm=340&warning_mm=350&danger_mm=360&severe_mm=500").body();
    assertEquals(byUsual - 1, wouldRaise(tried));
    assertTrue(tried.contains("không lưu được gì"), tried);
    assertEquals(422, operator.get(trial + "?attention_mm=340").statusCode());
    assertEquals(403, operator.post("/staff/sensors/bvd-03/edit", form).statusCode());
    assertEquals(403, api.signIn(Role.VIEWER).get(trial).statusCode());
  }

  @Test
  void adminsSetWhatIsWatchedAndWhichNeighboursCount() throws Exception {
    String data = "/api/v1/sensors/bvd-03/measuring";
    String before = admin.get(data).body();
    assertTrue(before.contains("\"batteryLowMv\":3300,\"fastRiseMmPerMin\":10"), before);
    Map<String, String> form = new HashMap<>();
    form.put("version", version(before));
    form.put("neighbours_of", "listed");
    form.put("neighbours", "bvd-03; no-such");
    form.put("battery_low_mv", "499");
    form.put("fast_rise_mm_per_min", "0");
    HttpResponse<String> wrong = admin.post("/staff/sensors/bvd-03/measuring", form);
    assertEquals(422, wrong.statusCode());
    for (String field : List.of("neighbours", "battery_low_mv", "fast_rise_mm_per_min")) {
      assertTrue(wrong.body().contains("href=\"#m-" + field + "\""), wrong.body());
    }
    assertTrue(wrong.body().contains("Có mã không phải của điểm đo nào."), wrong.body());
    form.put("neighbours_of", "none");
    form.put("battery_low_mv", "");
    form.put("fast_rise_mm_per_min", "15");
    assertEquals(303, admin.post("/staff/sensors/bvd-03/measuring", form).statusCode());
    String set = admin.get(data).body();
    assertTrue(
        set.contains("\"neighbours\":[],\"batteryLowMv\":null,\"fastRiseMmPerMin\":15"), set);
    String page = admin.get("/staff/sensors/bvd-03").body();
    for (String said : List.of("<dd>không theo dõi", "15 mm/phút", "<dd>Không có", "10 → 15")) {
      assertTrue(page.contains(said), said);
    }
    String json = "{\"version\":\"%s\",\"temperatureCompensated\":true%s}";
    String tooLow = json.formatted(version(set), ",\"batteryLowMv\":400");
    assertEquals(422, admin.json("PUT", data, tooLow).statusCode());
    String again = admin.json("PUT", data, json.formatted(version(set), "")).body();
    assertTrue(again.contains("\"neighbours\":null,\"batteryLowMv\":3300"), again);
  }

  private static String version(String json) {
    return json.replaceFirst("(?s).*\"version\":\"(\\d+)\".*", "$1");
  }

  @Test
  void theChartIsReadByKeyboardAndByTapInTheRangeThatTheAddressSays() throws Exception {
    try (BrowserContext phone = admin.browser(chromium, 360, ColorScheme.LIGHT)) {
      Page page = phone.newPage();
      page.navigate(api.address("/sensors/bvd-03?lang=vi").toString());
      page.locator(".ranges a", new Page.LocatorOptions().setHasText("7 ngày")).tap();
      assertThat(page).hasURL(Pattern.compile("range=7d"));
      assertThat(page.locator(".ranges [aria-current]")).hasText("7 ngày");
      page.navigate(api.address("/sensors/bvd-03?lang=vi&range=24h").toString());
      Locator plot = page.locator(".chart-plot");
      assertThat(page.locator(".chart .raw")).hasAttribute("d", Pattern.compile("^M"));
      plot.focus();
      page.keyboard().press("End");
      assertThat(page.locator(".chart-readout")).containsText("12:00 21/11: 14 cm");
      // The car stood there from 100 to 110 readings before.
      for (int i = 0; i < 10; i++) {
        page.keyboard().press("PageDown");
      }
      assertThat(plot).hasAttribute("aria-valuetext", Pattern.compile("nghi ngờ: Có vật đỗ"));
      page.locator("details.table summary").tap();
      assertThat(page.locator(".readings")).containsText("Có vật đỗ hoặc để dưới cảm biến");
      assertThat(page.locator(".readings .gap").first()).isVisible();
    }
  }

  @Test
  void nothingBreaksTheAccessibilityRulesInEitherLanguageAndTheme() throws Exception {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      // A language and a width to each theme: rules about colours do not read, and a page is slow.
      int width = scheme == ColorScheme.LIGHT ? 1366 : 360;
      String language = scheme == ColorScheme.LIGHT ? "vi" : "en";
      String end = "-" + width + "-" + language + (scheme == ColorScheme.DARK ? "-dark" : "");
      try (BrowserContext context = admin.browser(chromium, width, scheme)) {
        Page page = context.newPage();
        page.navigate(api.address("/sensors/bvd-03?range=7d&lang=" + language).toString());
        assertThat(page.locator(".chart .axis-title")).isVisible();
        PageCheck.judge(page, "page-open" + end);
        page.navigate(api.address("/staff/sensors/bvd-03?lang=" + language).toString());
        assertThat(page.locator(".chart .axis-title")).isVisible();
        PageCheck.judge(page, "page-staff" + end);
        page.navigate(api.address("/staff/sensors/bvd-03/edit?lang=" + language).toString());
        page.fill("#f-attention_mm", "90");
        page.locator("button[name=step]").click();
        assertThat(page.locator("#preview-heading")).isInViewport();
        PageCheck.judge(page, "page-preview" + end);
        if (width == 360) {
          page.navigate(api.address("/#/sensor/bvd-03").toString());
          assertThat(page.locator("[data-part=present] .next")).containsText("2–9 phút nữa");
          PageCheck.judge(page, "panel-next" + end);
        }
      }
    }
  }

  private static int wouldRaise(String page) {
    Matcher count = Pattern.compile("Theo số liệu đang nhập: <strong>(\\d+) lần").matcher(page);
    assertTrue(count.find(), page);
    return Integer.parseInt(count.group(1));
  }

  private static Map<String, String> form() throws Exception {
    JsonNode held = RunningApi.parse(admin.get("/api/v1/sensors/bvd-03/registration").body());
    return new HashMap<>(
        Map.of(
            "version", held.get("version").asText(),
            "name", "Ngã tư Bần",
            "kind", "distance",
            "lon", "106.0712",
            "lat", "20.9411",
            "mount_height_mm", "3000",
            "low_point_delta_mm", "180",
            "report_interval_s", "300"));
  }
}
