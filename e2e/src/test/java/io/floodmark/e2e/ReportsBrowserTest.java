package io.floodmark.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import io.floodmark.plate.PlateCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reports as people see them: a resident with an old phone and without JavaScript, staff at a desk.
 * Screenshots are kept in {@code e2e/target/screenshots}.
 */
class ReportsBrowserTest {
  private static final String SECRET = "a-session-of-the-browser-test";
  private static final PlateCode PLATE = PlateCode.draw(new Random(4711));

  private static Line line;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    line = Line.start(TestDatabase.Engine.EMBEDDED);
    line.query(
        """
        WITH a AS (
          INSERT INTO asset (kind, name, lon, lat, details, created_at, updated_at)
          VALUES ('tree', 'Cây phượng cổng chợ', 106.0712, 20.9411, '{"commonName": "Cây phượng"}', now(), now())
          RETURNING id)
        INSERT INTO plate (code, asset_id, state, made_at, mounted_at)
        SELECT ?, id, 'mounted', now(), now() FROM a
        RETURNING code
        """,
        PLATE.value());
    line.query(
        """
        WITH s AS (
          INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
          VALUES ('lan', 'Trần Thị Lan', 'operator', 'none', now(), now())
          RETURNING id)
        INSERT INTO staff_session (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
        SELECT sha256(convert_to(?, 'UTF8')), id, 'csrf', now(), now(), now() + interval '1 day', '127.0.0.1', 'test' FROM s
        RETURNING id
        """,
        SECRET);
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
  void aWholeReportWithAPhotoIsFiledAndHandledWithJavaScriptOff() throws Exception {
    try (BrowserContext phone = context(360, 740, ColorScheme.LIGHT, false)) {
      Page page = phone.newPage();
      page.navigate(line.httpAddress() + "/report?code=" + PLATE + "&category=tree&lang=vi");
      assertThat(page.locator(".tagged")).containsText("Cây phượng");
      assertThat(page.locator("input[name=category][value=tree]")).isChecked();
      PageCheck.assertFits(page, "the page");
      PageCheck.picture(page, "reports-form-phone");
      page.locator("#text").fill("Cành lớn bị gãy, chắn nửa đường");
      page.locator("#contact").fill("0912 345 678");
      page.locator("#photos")
          .setInputFiles(new FilePayload("ghi-chu.jpg", "image/jpeg", new byte[] {1, 2, 3}));
      page.locator("button.wide").click();
      assertThat(page.locator("#errors")).containsText("Tệp này không phải là ảnh");
      assertThat(page.locator("#text")).hasValue("Cành lớn bị gãy, chắn nửa đường");
      PageCheck.assertFits(page, "the page");
      PageCheck.picture(page, "reports-form-refused-phone");
      page.locator("#photos").setInputFiles(photo());
      page.locator("button.wide").click();
      assertThat(page.locator(".notice")).containsText("Đã nhận phản ánh");
      assertThat(page.locator(".photo-row img")).hasCount(1);
      assertTrue(page.url().contains("/r/"), page.url());
      PageCheck.assertFits(page, "the page");
      PageCheck.picture(page, "reports-reporter-phone");
      String link = page.url().replace("?done=filed", "");
      handle();
      page.navigate(link);
      assertThat(page.locator(".status")).containsText("Đã cắt và dọn cành");
      assertThat(page.locator(".photo-row img")).hasCount(2);
    }
  }

  private static void handle() throws Exception {
    try (BrowserContext desk = context(1366, 900, ColorScheme.LIGHT, false)) {
      Page page = desk.newPage();
      page.navigate(line.httpAddress() + "/staff/reports?lang=vi");
      PageCheck.picture(page, "reports-inbox-desktop");
      page.locator(".report-list a").first().click();
      assertThat(page.locator(".facts")).containsText("0912 345 678");
      PageCheck.picture(page, "reports-detail-desktop");
      page.locator("button:has-text('Tiếp nhận')").click();
      page.locator("button:has-text('Giao việc')").click();
      page.locator("button:has-text('Bắt đầu xử lý')").click();
      page.locator("#answer").fill("Đã cắt và dọn cành gãy lúc 9 giờ.");
      page.locator("button:has-text('Hoàn thành')").click();
      assertThat(page.locator(".notice.bad")).containsText("ảnh hiện trường");
      assertThat(page.locator("#answer")).hasValue("Đã cắt và dọn cành gãy lúc 9 giờ.");
      page.locator("#photos").setInputFiles(photo());
      page.locator("button:has-text('Hoàn thành')").click();
      assertThat(page.locator(".notice")).containsText("Đã hoàn thành");
      PageCheck.picture(page, "reports-done-desktop");
    }
  }

  @Test
  void nothingBreaksTheAccessibilityRulesInEitherLanguageAndTheme() throws Exception {
    String link;
    try (BrowserContext context = context(1366, 900, ColorScheme.LIGHT, true)) {
      Page page = context.newPage();
      page.navigate(line.httpAddress() + "/report?lang=vi&category=flood&lon=106.0712&lat=20.9411");
      page.locator("input[value=knee]").check();
      page.locator("button.wide").click();
      link = page.url().replaceAll("\\?.*", "").substring(line.httpAddress().length());
      page.navigate(line.httpAddress() + "/staff/reports");
    }
    String number = line.query("SELECT number FROM report WHERE category = ?", "flood");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      // A language and a width to each theme: rules about colours do not read, and a page is slow.
      int width = scheme == ColorScheme.LIGHT ? 1366 : 320;
      String language = scheme == ColorScheme.LIGHT ? "vi" : "en";
      try (BrowserContext context = context(width, 800, scheme, true)) {
        Page page = context.newPage();
        int i = 0;
        for (String path : List.of("/report", link, "/staff/reports", "/staff/reports/" + number)) {
          page.navigate(line.httpAddress() + path + "?lang=" + language);
          PageCheck.judge(page, "reports-axe-" + i++ + "-" + width + "-" + language);
        }
      }
    }
  }

  private static BrowserContext context(
      int width, int height, ColorScheme scheme, boolean scripts) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setJavaScriptEnabled(scripts)
                    .setTimezoneId("Asia/Ho_Chi_Minh"));
    if (width > 700 || scripts) {
      context.addCookies(
          List.of(new Cookie("floodmark_session", SECRET).setUrl(line.httpAddress())));
    }
    return context;
  }

  private static FilePayload photo() throws Exception {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(110, 150, 90));
    pen.fillRect(0, 0, 640, 480);
    pen.setColor(new Color(90, 60, 40));
    pen.fillRect(60, 220, 520, 60);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return new FilePayload("canh-gay.jpg", "image/jpeg", bytes.toByteArray());
  }
}
