package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The sensors page as a ward uses that never opens a terminal. Screenshots are kept in {@code
 * e2e/target/screenshots}.
 */
final class SensorsBrowserTest {

  private static final String STREETS =
      """
      {"type":"FeatureCollection","features":[
       {"type":"Feature","properties":{"name":"Đường Nguyễn Văn Linh","sensors":["bvd-03"]},
        "geometry":{"type":"LineString","coordinates":[[106.066,20.9425],[106.0712,20.9411],[106.077,20.94]]}},
       {"type":"Feature","properties":{"name":"Chợ Đường Cái"},
        "geometry":{"type":"LineString","coordinates":[[106.062,20.941],[106.0652,20.9412],[106.066,20.947]]}}]}
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
    api.street.state(ban, RunningApi.NOON, 142, 1, 3);
    int market = api.street.sensor("bvd-04", "Chợ Đường Cái");
    api.street.state(market, RunningApi.NOON.minusSeconds(7_200), 0, 3, 0);
    api.street.sensor("bvd-05", "Cổng trường tiểu học Bần Yên Nhân");
    new Register(api.database())
        .execute(
            """
            WITH moved AS (UPDATE sensor SET lon = 106.0652 WHERE code = 'bvd-04'),
                 counted AS (
              INSERT INTO rejected_tally (day, sensor_id, reason, messages)
              SELECT '2026-11-20', id, 'syntax', 1204 FROM sensor WHERE code = 'bvd-03')
            INSERT INTO rejected_message (received_at, sensor_id, topic, reason, detail, size_bytes, payload)
            SELECT timestamptz '2026-11-20T04:00:00Z' + n * interval '1 minute', id,
                   'sensors/bvd-03/readings',
                   CASE WHEN n % 2 = 0 THEN 'syntax' ELSE 'empty' END, 'It is no JSON object.',
                   4000 + n,
                   CASE WHEN n % 3 = 0 THEN decode(repeat('00ff', 200), 'hex')
                        ELSE convert_to('<b>' || repeat('x', 400), 'UTF8') END
            FROM sensor, generate_series(1, 30) AS n WHERE code = 'bvd-03'
            """);
    admin.json("POST", "/api/v1/streets", STREETS);
    admin.post(
        "/staff/sensors/bvd-03/edit",
        Map.of(
            "version",
                RunningApi.parse(admin.get("/api/v1/sensors/bvd-03/registration").body())
                    .get("version")
                    .asText(),
            "name", "Ngã tư Bần",
            "lon", "106.0712",
            "lat", "20.9411",
            "mount_height_mm", "3000",
            "low_point_delta_mm", "180",
            "attention_mm", "120",
            "street", "Nguyễn Văn Linh",
            "zone", "Bần"));
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
  void aSensorIsRegisteredOnAPhoneByATapOnTheMap() throws Exception {
    try (BrowserContext phone = admin.browser(chromium, 360, ColorScheme.LIGHT)) {
      phone.grantPermissions(List.of("clipboard-read", "clipboard-write"));
      Page page = phone.newPage();
      page.navigate(api.address("/staff/new-sensor?lang=vi").toString());
      page.fill("#f-code", "bvd-09");
      page.fill("#f-name", "Ngõ 12 phố Bần");
      page.fill("#f-mount_height_mm", "2500");
      page.locator(".position-ground").tap();
      assertThat(page.locator("#f-lat")).not().hasValue("");
      assertThat(page.locator("#lowest")).containsText("từ mức 1 trở lên");
      page.fill("#f-low_point_delta_mm", "180");
      assertThat(page.locator("#lowest")).containsText("từ mức 2 (cảnh báo) trở lên");
      assertThat(page.locator("#lowest")).containsText("210 mm");
      page.selectOption("#f-kind", "rain");
      assertThat(page.locator("#f-mount_height_mm")).isHidden();
      assertThat(page.locator("#lowest")).containsText("không báo mức ngập");
      page.selectOption("#f-kind", "distance");
      page.fill("#f-warning_mm", "90");
      page.locator("form.sensor-form button[type=submit]").tap();
      assertThat(page.locator("#f-warning_mm-error")).containsText("lớn hơn mức 1");
      assertEquals("Ngõ 12 phố Bần", page.inputValue("#f-name"));
      PageCheck.judge(page, "sensors-mistake-360-vi");
      page.fill("#f-warning_mm", "200");
      page.locator("form.sensor-form button[type=submit]").tap();
      String token = page.locator("#handed-password").textContent();
      assertTrue(token.matches("[0-9a-f]{32}"), token);
      page.locator("[data-copy=handed-password]").tap();
      assertThat(page.locator("[data-copy=handed-password]")).hasText("Đã chép");
      assertEquals(token, page.evaluate("navigator.clipboard.readText()"));
      PageCheck.judge(page, "sensors-token-360-vi");
      page.locator(".handed .button.primary").tap();
      assertThat(page.locator("h1")).hasText("Ngõ 12 phố Bần");
      assertThat(page.locator("main")).not().containsText(token);
    }
  }

  @Test
  void aKeyIsRenewedAndASensorRetiredOnlyAfterASecondLook() throws Exception {
    admin.json(
        "POST",
        "/api/v1/sensors",
        "{\"code\":\"bvd-10\",\"kind\":\"depth\",\"lon\":106.08,\"lat\":20.94}");
    try (BrowserContext desk = admin.browser(chromium, 1280, ColorScheme.DARK)) {
      Page page = desk.newPage();
      page.navigate(api.address("/staff/sensors/bvd-10?lang=vi").toString());
      assertThat(page.locator("form[action$='/token'] button")).isHidden();
      page.locator("summary", new Page.LocatorOptions().setHasText("Cấp khóa")).click();
      page.locator("form[action$='/token'] button").click();
      assertThat(page.locator("#handed-password")).isVisible();
      PageCheck.judge(page, "sensors-token-1280-vi-dark");
      page.locator(".handed .button.primary").click();
      page.locator("summary", new Page.LocatorOptions().setHasText("Ngừng dùng")).click();
      page.fill("#f-why", "Cột bị đổ");
      page.locator("form[action$='/retire'] button").click();
      assertThat(page.locator(".notice").first()).containsText("Đã ngừng dùng");
      assertThat(page.locator("form[action$='/token']")).hasCount(0);
      assertThat(page.locator(".story").last()).containsText("Cột bị đổ");
    }
  }

  @Test
  void nothingBreaksTheAccessibilityRulesInEitherLanguageAndTheme() {
    PagesInBothThemes.judge(
        api,
        chromium,
        admin,
        1280,
        "sensors",
        Map.of(
            "list", "/staff/sensors",
            "form", "/staff/new-sensor",
            "edit", "/staff/sensors/bvd-03/edit",
            "one", "/staff/sensors/bvd-03",
            "rejected", "/staff/rejected?sensor=bvd-03"));
  }

  @Test
  void theWayOfTravellingThatSomebodyChoosesColoursStreetsAndList() throws Exception {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      int width = scheme == ColorScheme.LIGHT ? 1280 : 360;
      try (BrowserContext context = admin.browser(chromium, width, scheme)) {
        Page page = context.newPage();
        page.navigate(api.address("/").toString());
        Locator wet = page.locator(".street-hit[aria-label^='Đường Nguyễn Văn Linh']");
        assertThat(wet).hasAttribute("data-verdict", "no");
        assertThat(wet).hasAttribute("aria-label", "Đường Nguyễn Văn Linh, Xe máy: không nên đi");
        page.selectOption("#way", "truck");
        assertThat(wet).hasAttribute("data-verdict", "yes");
        // Nobody has said yet which sensor speaks for the other one.
        assertThat(page.locator(".street-hit").nth(0)).hasAttribute("data-verdict", "unknown");
        page.reload();
        assertThat(wet).hasAttribute("data-verdict", "yes");
        page.selectOption("#way", "car");
        wet.focus();
        page.keyboard().press("Enter");
        Locator card = page.locator("#asset-card");
        assertThat(card).containsText("Ô tô con: không nên đi (tham khảo)");
        assertThat(card).containsText("Ngã tư Bần");
        PageCheck.judge(page, "travel-map-" + width);
        page.keyboard().press("Escape");
        assertThat(wet).isFocused();
        if (width < 700) {
          page.locator("[data-view=list]").tap();
        }
        page.locator("#tab-travel").click();
        assertThat(page.locator("#travel-list [data-part=summary]"))
            .hasText("Ô tô con (đoạn đường): 1 không nên đi, 1 chưa rõ.");
        assertThat(page.locator("#travel-list [data-stretch] strong").first())
            .hasText("Đường Nguyễn Văn Linh");
        assertThat(page.locator("#travel-list [data-part=limits]"))
            .hasText("Thận trọng từ 15 cm, không nên đi từ 30 cm.");
        PageCheck.judge(page, "travel-list-" + width);
        page.locator("#travel-list [data-entry='sensor-bvd-03']").click();
        assertThat(page.locator("#panel .verdicts .chosen")).containsText("Ô tô con");
        assertThat(page.locator("#panel")).containsText("che hố ga mất nắp");
        PageCheck.judge(page, "travel-panel-" + width);
      }
    }
  }

  @Test
  void thePagesOfStreetsKeepTheAccessibilityRulesInEitherLanguageAndTheme() throws Exception {
    String street =
        RunningApi.parse(api.get("/api/v1/streets").body()).at("/features/0/id").asText();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      boolean light = scheme == ColorScheme.LIGHT;
      try (BrowserContext context = admin.browser(chromium, light ? 1280 : 360, scheme)) {
        Page page = context.newPage();
        for (String path :
            List.of("streets", "streets/" + street, "streets/import", "travel-limits")) {
          page.navigate(
              api.address("/staff/" + path + (light ? "?lang=vi" : "?lang=en")).toString());
          PageCheck.judge(page, path.replace('/', '-') + (light ? "-1280-vi" : "-360-en-dark"));
        }
        // Enter saves what was typed, also where another way has a button to its default first.
        page.fill("#f-caution-footAdult", light ? "160" : "150");
        page.locator("#f-caution-footAdult").press("Enter");
        page.fill("#f-caution-truck", light ? "450" : "500");
        page.locator("#f-caution-truck").press("Enter");
        assertThat(page.locator("#f-caution-truck")).hasValue(light ? "450" : "500");
        assertThat(page.locator("#f-caution-footAdult")).hasValue(light ? "160" : "150");
      }
    }
  }
}
