package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.api.ApiConfig;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.Until;
import io.floodmark.staff.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The pages of channels on a desk and on a phone; screenshots in {@code e2e/target/screenshots}.
 */
final class ChannelsBrowserTest {

  @Test
  void aChannelIsAddedOnAPhoneAndThePagesKeepTheAccessibilityRules() throws Exception {
    try (Chromium chromium = Chromium.launch();
        Receiver receiver = new Receiver();
        RunningApi api =
            RunningApi.start(
                ApiConfig.of("127.0.0.1", 0, RunningApi.WARD).withLoopbackWebhooks(true))) {
      StaffClient admin = api.signIn(Role.ADMIN);
      int sensor = api.street.sensor("bvd-03", "Ngã tư Bần");
      addByPhone(chromium, api, admin, receiver);
      receiver.answer(410);
      api.street.raise(sensor, 3, api.clock.instant());
      receiver.next();
      Until.succeeds(
          "it is given up",
          () -> assertTrue(admin.get("/staff/channels").body().contains("1 tin không")));
      receiver.answer(503);
      api.street.move(sensor, 4, api.clock.instant());
      receiver.next();
      PagesInBothThemes.judge(
          api,
          chromium,
          admin,
          1366,
          "tell",
          Map.of(
              "list", "/staff/channels",
              "one", "/staff/channels/1",
              "edit", "/staff/channels/1/edit",
              "email", "/staff/channels/new?kind=email",
              "mqtt", "/staff/channels/new?kind=mqtt",
              "cap", "/staff/channels/new?kind=cap"));
    }
  }

  private static void addByPhone(
      Chromium chromium, RunningApi api, StaffClient admin, Receiver receiver) {
    try (BrowserContext phone = admin.browser(chromium, 360, ColorScheme.LIGHT)) {
      Page page = phone.newPage();
      page.navigate(api.address("/staff/channels?lang=vi").toString());
      assertThat(page.locator(".empty")).containsText("Chưa có kênh nào");
      page.locator("a[href$='kind=webhook']").tap();
      page.fill("#f-name", "Cổng dữ liệu của tỉnh");
      page.fill("#f-url", receiver.url());
      page.uncheck("input[name=kinds][value=flood]");
      page.locator("main button[type=submit]").tap();
      assertThat(page.locator(".notice.bad")).containsText("Chọn ít nhất một loại");
      PageCheck.judge(page, "tell-mistake-360-vi");
      page.check("input[name=kinds][value=flood]");
      page.check("input[name=kinds][value=silent]");
      page.fill("#f-quietFrom", "22:00");
      page.fill("#f-quietTo", "06:00");
      page.fill("#f-maxPerHour", "10");
      page.locator("main button[type=submit]").tap();
      assertThat(page.locator("code.secret")).isVisible();
      page.locator("main .button.primary").tap();
      assertThat(page.locator("h1")).hasText("Cổng dữ liệu của tỉnh");
      page.locator("form[action$='/test'] button").tap();
      assertThat(page.locator(".notice").first()).hasText("Đã gửi tin thử.");
    }
  }
}
