package io.floodmark.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Contrast;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.api.ApiConfig;
import io.floodmark.api.WebServer;
import io.floodmark.plate.PlateCode;
import io.floodmark.schema.Schema;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a plate as a resident sees it on an old phone. */
class TagPageBrowserTest {
  private static final Instant NOON = Instant.parse("2026-11-21T05:00:00Z");

  private static final List<String> WHOLE = List.of("house-3", "house-silent", "tree");
  private static final Map<String, String> PATHS = new LinkedHashMap<>();
  private static TestDatabase database;
  private static WebServer server;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    database = TestDatabase.open(TestDatabase.Engine.EMBEDDED);
    try (HikariDataSource pool = database.database().pool("schema", 2)) {
      new Schema(pool, () -> NOON).migrate();
    }
    fill(new TaggedWard(database.database()));
    ApiConfig config =
        ApiConfig.of("127.0.0.1", 0, ZoneId.of("Asia/Ho_Chi_Minh"))
            .withPublicUrl(Optional.of("https://bien.muhao.example.gov.vn"));
    server = new WebServer(config, database.database(), () -> NOON, new SecureRandom());
    server.start();
  }

  /** Each look of the water and each kind of page, by the name of its picture. */
  private static void fill(TaggedWard ward) throws Exception {
    Instant lately = NOON.minus(Duration.ofMinutes(2));
    int[] depths = {10, 0, 142, 250, 500};
    for (int level = 0; level <= 4; level++) {
      int sensor = ward.sensor("s-" + level, "Ngã tư Bần", level == 1 ? 180 : 100);
      ward.insert(
          "UPDATE sensor SET lat = 20.9411 + 0.1 * ? WHERE id = ? RETURNING 1", level, sensor);
      ward.reading(sensor, lately, depths[level], level == 1 ? 0 : level, level > 1 ? 6.5 : 0);
      long house = ward.house();
      ward.insert(
          "UPDATE asset SET lat = 20.9413 + 0.1 * ? WHERE id = ? RETURNING 1", level, house);
      PATHS.put("house-" + level, path(ward.plate(house, "mounted")));
    }
    long far = ward.house();
    ward.insert("UPDATE asset SET lat = 10 WHERE id = ? RETURNING 1", far);
    PATHS.put("house-alone", path(ward.plate(far, "mounted")));
    int silent = ward.sensor("s-silent", "Chợ Bần", 100);
    ward.insert("UPDATE sensor SET lat = 21.9411 WHERE id = ? RETURNING 1", silent);
    ward.reading(silent, NOON.minus(Duration.ofHours(4)), 142, 2, 0);
    long quiet = ward.house();
    ward.insert("UPDATE asset SET lat = 21.9413 WHERE id = ? RETURNING 1", quiet);
    PATHS.put("house-silent", path(ward.plate(quiet, "mounted")));
    PATHS.put("tree", path(ward.plate(ward.tree("old"), "mounted")));
    PATHS.put("tree-danger", path(ward.plate(ward.tree("danger"), "printed")));
    PATHS.put(
        "drain", path(ward.plate(ward.thing("drain", "{\"condition\":\"fair\"}"), "mounted")));
    PATHS.put("revoked", path(ward.plate(ward.tree("shade"), "revoked")));
    PATHS.put("unbound", path(ward.plate(null, "made")));
    PATHS.put("unknown", path(ward.unused()));
  }

  private static String path(PlateCode code) {
    return "/Q/" + code.value();
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
      database.close();
    }
  }

  @Test
  void everyPageFitsASmallPhoneAndBreaksNoRule() {
    for (String language : List.of("vi", "en")) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = context(320, scheme, Contrast.NO_PREFERENCE, true)) {
          for (Map.Entry<String, String> entry : PATHS.entrySet()) {
            // All looks once; in the other language and theme those that hold all there is.
            boolean first = language.equals("vi") && scheme == ColorScheme.LIGHT;
            if (!first && !WHOLE.contains(entry.getKey())) {
              continue;
            }
            String name =
                "tagpage-"
                    + entry.getKey()
                    + "-"
                    + scheme.name().toLowerCase(Locale.ROOT)
                    + "-"
                    + language;
            Page page = open(context, entry.getValue() + "?lang=" + language, complaints);
            PageCheck.picture(page, name);
            check(page, name);
            page.close();
          }
        }
        assertEquals(List.of(), complaints, scheme + " " + language);
      }
    }
  }

  @Test
  void highContrastAndAWideScreenBreakNoRuleEither() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (BrowserContext context = context(1280, scheme, Contrast.MORE, true)) {
        for (String key : List.of("house-3", "tree")) {
          List<String> complaints = new ArrayList<>();
          Page page = open(context, PATHS.get(key), complaints);
          String name = "tagpage-wide-" + key + "-" + scheme.name().toLowerCase(Locale.ROOT);
          PageCheck.pictureOfWindow(page, name);
          check(page, name);
          assertEquals(List.of(), complaints);
        }
      }
    }
  }

  @Test
  void thePageIsWholeWithoutScript() {
    try (BrowserContext context = context(360, ColorScheme.LIGHT, Contrast.NO_PREFERENCE, false)) {
      List<String> complaints = new ArrayList<>();
      Page page = open(context, PATHS.get("house-3"), complaints);
      assertThat(page.locator("h1")).hasText("12/5A Nguyễn Văn Linh");
      assertThat(page.locator(".pass li")).hasCount(6);
      page.locator(".lang").click();
      assertThat(page.locator("html")).hasAttribute("lang", "en");
      assertThat(page.locator(".now")).containsText("Level 3");
      assertTrue(page.url().contains(PATHS.get("house-3")), "the code stays: " + page.url());
      PageCheck.pictureOfWindow(page, "tagpage-no-script");
      assertEquals(List.of(), complaints);
    }
  }

  private static void check(Page page, String name) {
    PageCheck.assertAccessible(page, name);
    PageCheck.assertFits(page, name);
    assertTrue(
        (double) page.evaluate("parseFloat(getComputedStyle(document.body).fontSize) + 0.001")
            >= 18,
        "large type");
    assertEquals(
        List.of(),
        page.evaluate(
            """
            [...document.querySelectorAll('a')].filter(a => a.getBoundingClientRect().height < 44).map(a => a.textContent)
            """),
        "what is touched is 44 px high: " + name);
  }

  private static BrowserContext context(
      int width, ColorScheme scheme, Contrast contrast, boolean script) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 720)
                .setColorScheme(scheme)
                .setContrast(contrast)
                .setJavaScriptEnabled(script));
  }

  private static Page open(BrowserContext context, String path, List<String> complaints) {
    Page page = context.newPage();
    String address = "http://127.0.0.1:" + server.port();
    PageCheck.listen(page, address, complaints);
    page.navigate(address + path);
    return page;
  }
}
