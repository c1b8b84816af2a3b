package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.api.staff.StaffDesk;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.TestDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Accounts in the browser. Screenshots are kept in {@code e2e/target/screenshots}. */
final class StaffBrowserTest {

  @Test
  void oneSignsInByKeyboardAndThePagesFitAPhoneAndHaveNoAxeViolation() throws Exception {
    try (Chromium chromium = Chromium.launch();
        RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      Browser browser = chromium.browser();
      String password = administrator(api);
      try (BrowserContext context = context(browser, 1280, ColorScheme.LIGHT)) {
        Page page = context.newPage();
        page.navigate(api.address("/staff/audit?lang=vi").toString());
        PageCheck.judge(page, "staff-sign-in-1280-light-vi");
        signInByKeyboard(page, password);
        assertThat(page).hasURL(Pattern.compile(".*/staff/audit.*"));
        assertThat(page.locator("h1")).hasText("Nhật ký");
        for (String language : List.of("vi", "en")) {
          walk(page, api, "1280-light-" + language, language);
        }
      }
      try (BrowserContext context = context(browser, 360, ColorScheme.DARK)) {
        Page page = context.newPage();
        page.navigate(api.address("/staff/people?lang=en").toString());
        PageCheck.judge(page, "staff-sign-in-360-dark-en");
        signInByKeyboard(page, password);
        assertThat(page.locator("h1")).hasText("Staff");
        walk(page, api, "360-dark-vi", "vi");
      }
    }
  }

  private static void signInByKeyboard(Page page, String password) {
    page.locator("#f-login").focus();
    page.keyboard().type("admin");
    page.keyboard().press("Tab");
    page.keyboard().type("not the password");
    page.keyboard().press("Enter");
    assertThat(page.locator("#problem")).isVisible();
    assertThat(page.locator("#f-login")).hasValue("admin");
    page.locator("#f-password").focus();
    page.keyboard().type(password);
    page.keyboard().press("Tab");
    assertThat(page.locator("form.card button")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator(".account")).isVisible();
  }

  private static void walk(Page page, RunningApi api, String look, String language) {
    for (Map.Entry<String, String> one :
        Map.of("desk", "/staff", "people", "/staff/people", "audit", "/staff/audit").entrySet()) {
      page.navigate(api.address(one.getValue() + "?lang=" + language).toString());
      PageCheck.judge(page, "staff-" + one.getKey() + "-" + look);
    }
  }

  private static String administrator(RunningApi api) throws SQLException {
    try (Connection connection = api.database().connect()) {
      connection.setAutoCommit(false);
      String password = new StaffDesk(new SecureRandom(), api.clock).openDemo(connection, "admin");
      connection.commit();
      return password;
    }
  }

  private static BrowserContext context(Browser browser, int width, ColorScheme scheme) {
    return browser.newContext(
        new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
  }
}
