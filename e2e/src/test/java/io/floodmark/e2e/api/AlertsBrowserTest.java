package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.floodmark.e2e.api.RunningApi.NOON;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The alert inbox as somebody uses it who has never seen it. Screenshots are kept in {@code
 * e2e/target/screenshots}.
 */
final class AlertsBrowserTest {

  private static RunningApi api;
  private static StaffClient operator;
  private static Chromium chromium;
  private static int crossing;
  private static int flood;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    operator = api.signIn(Role.OPERATOR);
    crossing = api.street.sensor("bvd-03", "Ngã tư Bần");
    api.street.raise(crossing, 1, NOON.minusSeconds(1_500));
    api.street.move(crossing, 3, NOON.minusSeconds(780));
    flood = api.street.sensor("bvd-04", "Chợ Đường Cái");
    api.street.raise(flood, 2, NOON.minusSeconds(7_200));
    api.street.move(flood, 0, NOON.minusSeconds(600));
    int school = api.street.sensor("bvd-05", "Cổng trường tiểu học Bần Yên Nhân");
    new Register(api.database())
        .execute(
            """
            WITH silent AS (
              INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at)
              VALUES (%d, 'silent', 'active', 1, 1, '2026-11-21T03:40:00Z', '2026-11-21T03:40:00Z')
              RETURNING id, sensor_id)
            INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
                                     recorded_at)
            SELECT id, sensor_id, 'raised', 0, 1, '2026-11-21T03:40:00Z', '2026-11-21T03:40:00Z'
            FROM silent
            """
                .formatted(school));
    operator.json(
        "POST",
        "/api/v1/bulletins",
        "{\"scale\":\"alarm\",\"level\":1,\"place\":\"Trạm Như Quỳnh\",\"source\":\"Đài KTTV Hưng"
            + " Yên, TLLL-05/2026\",\"validUntil\":\"2026-11-21T23:00:00Z\"}");
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
  void anOperatorAcknowledgesShelvesAndClosesOnAPhoneAndByKeyboard() throws Exception {
    PagesInBothThemes.judge(
        api,
        chromium,
        operator,
        1366,
        "alerts",
        Map.of(
            "inbox", "/staff/alerts",
            "one", "/staff/alerts/1",
            "bulletins", "/staff/alerts/bulletins"));
    try (BrowserContext phone = operator.browser(chromium, 360, ColorScheme.LIGHT)) {
      Page page = phone.newPage();
      page.navigate(api.address("/staff/alerts?lang=vi").toString());
      assertThat(page).hasTitle(Pattern.compile("^\\(3\\) .*"));
      assertThat(page.locator(".alert-row").first()).containsText("Mức 3");
      page.locator(".alert-row").first().locator("a").tap();
      page.locator("#acknowledge-note").fill("Đang ra xem");
      page.locator("form[action$='/acknowledge'] button").tap();
      assertThat(page.locator(".notice")).containsText("Đã xác nhận");
      assertThat(page.locator(".alert-story")).containsText("Đang ra xem");
      page.locator("summary", new Page.LocatorOptions().setHasText("Tạm ẩn")).tap();
      page.locator("#shelve-reason").fill("Bơm đang chạy");
      page.locator("form[action$='/shelve'] button").tap();
      assertThat(page.locator(".notice")).containsText("Đã tạm ẩn");
      PageCheck.judge(page, "alerts-shelved-360-vi");
    }
    try (BrowserContext desk = operator.browser(chromium, 1366, ColorScheme.DARK)) {
      Page page = desk.newPage();
      page.navigate(api.address("/staff/alerts?lang=en").toString());
      assertThat(page.locator("#live-state")).hasText("Updates by itself");
      assertThat(page.locator(".alert-row")).hasCount(2);
      // Another one comes while somebody aims at one of them: what is under the pointer stays.
      page.locator(".alert-row").last().hover();
      int market = api.street.sensor("bvd-06", "Ngõ 12 phố Bần");
      api.street.raise(market, 4, NOON);
      assertThat(page.locator("#alert-changes")).isVisible();
      assertThat(page.locator(".alert-row")).hasCount(2);
      page.locator("#alert-changes").click();
      assertThat(page.locator(".alert-row")).hasCount(3);
      assertThat(page.locator(".alert-row").first()).containsText("Level 4");
      assertThat(page.locator("#live-state")).hasText("There is a new alert");
      assertThat(page).hasTitle(Pattern.compile("^\\(3\\) .*"));
      page.locator("#alert-sound").press("Enter");
      assertThat(page.locator("#alert-sound")).hasAttribute("aria-pressed", "true");
      PageCheck.judge(page, "alerts-live-1366-en-dark");
      page.locator(".alert-row a", new Page.LocatorOptions().setHasText("Chợ Đường Cái")).focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).containsText("Chợ Đường Cái");
      page.locator("#close-remark").fill("The water is gone");
      page.locator("form[action$='/close'] button").press("Enter");
      assertThat(page.locator(".notice")).containsText("closed");
      assertThat(page.locator("form[action$='/acknowledge']")).hasCount(0);
    }
  }
}
