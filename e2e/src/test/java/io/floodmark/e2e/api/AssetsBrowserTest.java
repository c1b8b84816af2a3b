package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The register as staff use it: with the keyboard alone, with a finger on a phone, in both
 * languages. Screenshots are kept in {@code e2e/target/screenshots}.
 */
final class AssetsBrowserTest {
  private static final Pattern ONE = Pattern.compile(".*/staff/assets/\\d+\\?done=created");
  private static final int TABS_MAX = 80;

  private static RunningApi api;
  private static StaffClient staff;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    staff = api.signIn(Role.OPERATOR);
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
  void aTreeIsMadeWithTheKeyboardAlone() throws Exception {
    try (BrowserContext desk = staff.browser(chromium, 1280, ColorScheme.LIGHT)) {
      Page page = desk.newPage();
      page.navigate(api.address("/staff/assets?lang=vi").toString());
      tabTo(page, "a[href='/staff/assets/new?kind=tree']");
      page.keyboard().press("Enter");
      page.waitForURL("**/staff/assets/new?kind=tree");
      tabTo(page, ".position-ground");
      page.keyboard().press("ArrowRight");
      double lat = number(page, "#lat");
      double lon = number(page, "#lon");
      page.keyboard().press("Shift+ArrowUp");
      page.keyboard().press("ArrowLeft");
      assertEquals(10 / 111_320.0, number(page, "#lat") - lat, 2e-6, "ten metres north");
      assertTrue(number(page, "#lon") < lon, "one metre west");
      tabTo(page, "#species");
      page.keyboard().type("Delonix regia");
      tabTo(page, "#commonName");
      page.keyboard().type("Phượng vĩ");
      tabTo(page, "#heightMm");
      page.keyboard().type("7,5");
      page.keyboard().press("Enter");
      page.waitForURL(ONE);
      assertThat(page.locator("h1")).containsText("Phượng vĩ");
      assertThat(page.locator("dl.facts").first()).containsText("7,5 m");
      assertThat(page.locator(".notice")).containsText("Đã thêm tài sản");
    }
  }

  @Test
  void aTapOnTheMapSaysWhereATreeStands() throws Exception {
    try (BrowserContext phone = staff.browser(chromium, 360, ColorScheme.DARK)) {
      Page page = phone.newPage();
      page.navigate(api.address("/staff/assets/new?kind=tree&lang=vi").toString());
      Locator ground = page.locator(".position-ground");
      ground.tap(new Locator.TapOptions().setPosition(90, 200));
      assertThat(page.locator("#lat")).not().hasValue("");
      double west = number(page, "#lon");
      double south = number(page, "#lat");
      ground.tap(new Locator.TapOptions().setPosition(200, 60));
      assertTrue(number(page, "#lon") > west, "the second tap was further east");
      assertTrue(number(page, "#lat") > south, "and further north");
      assertThat(page.locator(".position-point")).hasCount(1);
      page.locator("form.asset-form button[type=submit]").tap();
      page.waitForURL(ONE);
    }
  }

  @Test
  void nothingBreaksTheAccessibilityRulesInEitherLanguageAndTheme() throws Exception {
    String made =
        staff
            .json(
                "POST",
                "/api/v1/assets",
                """
                {"kind":"tree","lon":106.0712,"lat":20.9411,"ref":"C-1","street":"Lê Lợi",
                 "details":{"species":"Ficus benjamina","commonName":"Sanh","condition":"poor"}}
                """)
            .body();
    long id = RunningApi.parse(made).path("id").asLong();
    PagesInBothThemes.judge(
        api,
        chromium,
        staff,
        1280,
        "assets",
        Map.of(
            "list", "/staff/assets",
            "form", "/staff/assets/new?kind=tree",
            "detail", "/staff/assets/" + id));
  }

  private static void tabTo(Page page, String selector) {
    for (int i = 0; i < TABS_MAX; i++) {
      page.keyboard().press("Tab");
      if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
        return;
      }
    }
    throw new AssertionError("The Tab key does not reach " + selector + " at " + page.url());
  }

  private static double number(Page page, String field) {
    return Double.parseDouble(page.inputValue(field));
  }
}
