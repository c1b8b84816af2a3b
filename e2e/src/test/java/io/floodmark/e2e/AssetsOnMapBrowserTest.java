package io.floodmark.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.server.demo.DemoRegister;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Houses and trees on the public map and in the list beside it, over the demo's register. */
class AssetsOnMapBrowserTest {
  private static final Instant NOON = Instant.parse("2026-11-21T05:00:00Z");

  private static Line line;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    line = Line.start(TestDatabase.Engine.EMBEDDED);
    try (Connection connection = line.database().connect()) {
      DemoRegister.addTo(connection, 12103, NOON);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (line != null) {
      line.close();
    }
  }

  @Test
  void aHouseIsFoundByItsAddressAndShownWithAWayToReport() {
    try (BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      page.locator("#tab-assets").click();
      search(page, "12 nguyen van linh");
      assertThat(entries(page)).hasCount(1);
      entries(page).first().focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("#asset-card-title")).hasText("Số 12 Đường Nguyễn Văn Linh");
      assertThat(page.locator("#asset-card-title")).isFocused();
      assertThat(page.locator("#asset-card")).containsText("Dữ liệu giả định");
      assertThat(page.locator(".card-links a"))
          .hasAttribute("href", Pattern.compile("/report\\?lon=106\\.\\d{6}&lat=20\\.\\d{6}"));
      PageCheck.pictureOfWindow(page, "assets-house-vi");
      page.keyboard().press("Escape");
      assertThat(page.locator("#asset-card")).isHidden();
      assertThat(entries(page).first()).isFocused();
    }
  }

  @Test
  void aTreeIsFoundWithoutAccentsAndTheArrowsGoThroughTheList() {
    try (BrowserContext context = context(1366, 768, ColorScheme.DARK)) {
      Page page = open(context, "/?layers=house");
      page.locator("#tab-assets").click();
      search(page, "cay phuong");
      assertThat(page.locator(".asset-summary")).containsText("Cây xanh");
      entries(page).first().focus();
      page.keyboard().press("ArrowDown");
      assertThat(entries(page).nth(1)).isFocused();
      page.keyboard().press("End");
      assertThat(entries(page).last()).isFocused();
    }
  }

  @Test
  void aCountLeadsCloserUntilSingleThingsAreListed() {
    try (BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      Page page = open(context, "/?layers=tree");
      page.locator("#tab-assets").click();
      Locator count = entries(page).filter(new Locator.FilterOptions().setHasText("Cây xanh: "));
      assertThat(count.first()).isVisible();
      String before = page.locator(".asset-summary").innerText();
      count.last().click();
      assertThat(page.locator(".asset-summary")).not().hasText(before);
      // Looked for and pressed in one go: answers on their way may take a count away at any moment.
      page.waitForFunction(
          """
          () => {
            const entries = [...document.querySelectorAll('.asset-list button')];
            const counts = entries.filter(({ textContent }) => textContent.includes('Cây xanh: '));
            counts.at(-1)?.click();
            return entries.length > 0 && counts.length === 0;
          }
          """,
          null,
          new Page.WaitForFunctionOptions().setPollingInterval(500));
      assertThat(count).hasCount(0);
      assertThat(entries(page).first()).hasText(Pattern.compile("Cây xanh.*Tổ dân phố.*"));
    }
  }

  @Test
  void nothingIsAskedForWhereTheLayersAreOff() {
    try (BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
      page.onRequest((Request request) -> asked.add(request.url()));
      page.navigate(line.httpAddress() + "/?layers=");
      assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
      assertTrue(asked.stream().noneMatch(url -> url.contains("/api/v1/assets")), asked::toString);
      page.locator("#layers summary").click();
      page.waitForRequest(
          "**/api/v1/assets?*kind=tree*",
          () -> page.locator("#layers input[value='tree']").check());
      assertThat(page).hasURL(Pattern.compile(".*\\?layers=tree$"));
    }
  }

  @Test
  void aKindThatTheWardAddedHasALayerAndASignInTheKeyInBothLanguages() throws Exception {
    line.query(
        """
        INSERT INTO asset_kind (code, name_vi, name_en, position) VALUES (?, 'Ghế đá', 'Bench', 20)
        RETURNING code
        """,
        "bench");
    try (BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      Page page = open(context, "/?layers=bench");
      page.locator("#layers summary").click();
      assertThat(page.locator("#layers input[value='bench']")).isChecked();
      assertThat(page.locator("#layers")).containsText("Ghế đá");
      page.locator("#more summary").click();
      assertThat(page.locator("#key")).containsText("Ghế đá");
      page.locator("#language-switch").click();
      assertThat(page.locator("#key")).containsText("Bench");
      assertThat(page.locator("#layers")).containsText("Bench");
    }
  }

  @Test
  void staffAreLedToTheRegister() throws Exception {
    try (BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      context.setExtraHTTPHeaders(Map.of("Cookie", "floodmark_session=" + signIn()));
      Page page = open(context, "/");
      page.locator("#tab-assets").click();
      search(page, "12 nguyen van linh");
      entries(page).first().click();
      assertThat(page.locator(".card-links a[href^='/staff/assets/']")).isVisible();
    }
  }

  @Test
  void nothingBreaksTheAccessibilityRulesInEitherLanguage() {
    for (String language : List.of("vi", "en")) {
      int width = language.equals("vi") ? 1366 : 360;
      try (BrowserContext context = context(width, 768, ColorScheme.LIGHT)) {
        Page page = open(context, "/#/?lang=" + language);
        page.locator("#report").click();
        PageCheck.assertAccessible(page, language + " placing at " + width);
        page.locator("#placing [data-part=address]").click();
        search(page, "pho ban");
        assertThat(entries(page).first()).isVisible();
        PageCheck.assertAccessible(page, language + " list at " + width);
        entries(page).first().click();
        assertThat(page.locator("#asset-card")).isVisible();
        PageCheck.assertAccessible(page, language + " card at " + width);
        PageCheck.assertFits(page, language + " at " + width);
        PageCheck.pictureOfWindow(page, "assets-card-" + language + "-" + width);
      }
    }
  }

  private static String signIn() throws Exception {
    String secret = "session-of-the-map-test";
    try (Connection connection = line.database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                WITH viewer AS (
                  INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
                  VALUES ('map-viewer', 'Cán bộ thử', 'viewer', 'none', now(), now())
                  RETURNING id)
                INSERT INTO staff_session
                  (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
                SELECT sha256(convert_to(?, 'UTF8')), id, 'csrf', now(), now(), now() + interval '1 day',
                       '127.0.0.1', 'test'
                FROM viewer
                """)) {
      insert.setString(1, secret);
      insert.executeUpdate();
    }
    return secret;
  }

  private static void search(Page page, String words) {
    page.locator("#assets-list [data-part=search]").fill(words);
    assertThat(page).hasURL(Pattern.compile(".*[?&]q=.*"));
  }

  private static Locator entries(Page page) {
    return page.locator(".asset-list button");
  }

  private static BrowserContext context(int width, int height, ColorScheme scheme) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setTimezoneId("Asia/Ho_Chi_Minh"));
  }

  private static Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.navigate(line.httpAddress() + path);
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    return page;
  }
}
