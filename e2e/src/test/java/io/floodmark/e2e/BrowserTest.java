package io.floodmark.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The map as a person sees it: what is published over MQTT shows without a reload, on a desktop and
 * on a phone. Screenshots are kept in {@code e2e/target/screenshots}.
 */
class BrowserTest {
  private static final String TOKEN = "a-token-of-the-browser-test";

  private static Line line;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    line = Line.start(TestDatabase.Engine.EMBEDDED);
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
  void aReadingChangesMarkerChartAndAlertListWithoutReload() throws Exception {
    line.register("map-1", "Ngã tư Bần", TOKEN);
    try (MqttClient sensor = line.connect("map-1", TOKEN);
        BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      publish(sensor, 2_500);
      List<String> complaints = new ArrayList<>();
      Page page = open(context, complaints);
      Locator marker = marker(page, "map-1");
      assertThat(marker).hasAttribute("data-look", Pattern.compile("level-0|dry.*|unseen.*"));
      assertThat(page.locator("#connection")).hasAttribute("data-state", "live");

      marker.focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("#panel-title")).hasText("Ngã tư Bần");
      publish(sensor, 2_260);
      assertThat(marker).hasAttribute("data-look", "level-3");
      Locator alert =
          page.locator("#alerts-list a[data-alert]")
              .filter(new Locator.FilterOptions().setHasText("Ngã tư Bần"));
      assertThat(alert).hasCount(0);
      publish(sensor, 2_250);
      assertThat(alert).hasCount(1);
      assertThat(page.locator("#announcer")).containsText("Ngã tư Bần");
      assertThat(page.locator("#panel .chart .depth").first()).isAttached();
      assertThat(page.locator("#panel")).containsText("33 cm");
      PageCheck.pictureOfWindow(page, "desktop-panel-light-vi");

      page.keyboard().press("Escape");
      assertThat(page.locator("#panel-title")).not().isVisible();
      assertThat(marker).isFocused();
      assertEquals(List.of(), complaints);
      sensor.disconnect();
    }
  }

  @Test
  void thePhonePageFitsAndSpeaksBothLanguages() throws Exception {
    line.register("map-2", "Cổng chợ Bần", TOKEN);
    try (MqttClient sensor = line.connect("map-2", TOKEN);
        BrowserContext context = context(360, 740, ColorScheme.DARK)) {
      publish(sensor, 2_200);
      publish(sensor, 2_190);
      List<String> complaints = new ArrayList<>();
      Page page = open(context, complaints);
      assertThat(marker(page, "map-2")).isVisible();
      assertThat(page.locator("html")).hasAttribute("lang", "vi");
      PageCheck.assertFits(page, "the map");
      PageCheck.pictureOfWindow(page, "phone-dark-vi");
      page.locator("#language-switch").click();
      assertThat(page.locator("html")).hasAttribute("lang", "en");
      PageCheck.pictureOfWindow(page, "phone-dark-en");
      assertEquals(List.of(), complaints);
      sensor.disconnect();
    }
  }

  @Test
  void nothingBreaksTheAccessibilityRulesOnDesktopAndPhoneInEitherTheme() throws Exception {
    line.register("map-3", "Đường 196", TOKEN);
    try (MqttClient sensor = line.connect("map-3", TOKEN)) {
      publish(sensor, 2_150);
      publish(sensor, 2_150);
      sensor.disconnect();
    }
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      int width = scheme == ColorScheme.LIGHT ? 1366 : 360;
      try (BrowserContext context = context(width, 768, scheme)) {
        Page page = open(context, new ArrayList<>());
        page.navigate(line.httpAddress() + "/#/sensor/map-3");
        assertThat(page.locator("#panel-title")).hasText("Đường 196");
        PageCheck.assertAccessible(page, scheme + " at " + width);
      }
    }
  }

  @Test
  void aLostConnectionIsSaidAndFoundAgainWithWhatWasMissed() throws Exception {
    line.register("map-4", "Ngõ 12", TOKEN);
    try (MqttClient sensor = line.connect("map-4", TOKEN);
        BrowserContext context = context(1366, 768, ColorScheme.LIGHT)) {
      publish(sensor, 2_500);
      Page page = open(context, new ArrayList<>());
      Locator connection = page.locator("#connection");
      assertThat(connection).hasAttribute("data-state", "live");
      int port = line.stopWeb();
      assertThat(connection).hasAttribute("data-state", "reconnecting");
      publish(sensor, 2_300);
      line.startWeb(port);
      assertThat(connection)
          .hasAttribute(
              "data-state", "live", new LocatorAssertions.HasAttributeOptions().setTimeout(30_000));
      assertThat(marker(page, "map-4")).hasAttribute("data-look", "level-2");
      sensor.disconnect();
    }
  }

  @Test
  void aServerWithoutItsDatabaseIsNotCalledLive() throws Exception {
    try (BrowserContext context = context(360, 740, ColorScheme.LIGHT)) {
      Page page = open(context, new ArrayList<>());
      Locator connection = page.locator("#connection");
      LocatorAssertions.HasAttributeOptions patiently =
          new LocatorAssertions.HasAttributeOptions().setTimeout(30_000);
      assertThat(connection).hasAttribute("data-state", "live");
      int port = line.stopWeb();
      line.startWebWithoutDatabase(port);
      assertThat(connection).hasAttribute("data-state", "old", patiently);
      assertThat(connection).containsText(Pattern.compile("Dữ liệu đã cũ, từ \\d\\d:\\d\\d"));
      PageCheck.assertFits(page, "the map");
      PageCheck.pictureOfWindow(page, "phone-old-vi");
      line.stopWeb();
      line.startWeb(port);
      assertThat(connection).hasAttribute("data-state", "live", patiently);
    }
  }

  private static BrowserContext context(int width, int height, ColorScheme scheme) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setTimezoneId("Asia/Ho_Chi_Minh"));
  }

  private static Page open(BrowserContext context, List<String> complaints) {
    Page page = context.newPage();
    PageCheck.listen(page, line.httpAddress(), complaints);
    page.navigate(line.httpAddress() + "/");
    return page;
  }

  private static Locator marker(Page page, String code) {
    return page.locator("button.sensor-marker[data-sensor='" + code + "']");
  }

  private static void publish(MqttClient sensor, int distanceMm) throws Exception {
    sensor.publish(
        "sensors/" + sensor.getClientId() + "/readings",
        "{\"distance_mm\":%d}".formatted(distanceMm).getBytes(StandardCharsets.UTF_8),
        1,
        false);
  }
}
