package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Groups, households, care records and photos as staff see them: at a desk in Vietnamese and by
 * day, on a phone in English and by night. Screenshots are kept in {@code e2e/target/screenshots}.
 */
final class RecordPagesTest {

  @Test
  void thePagesWorkInTheBrowserFitAPhoneAndHaveNoAxeViolation() throws Exception {
    try (Chromium chromium = Chromium.launch();
        RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      Register register = new Register(api.database());
      int group = register.group("tdp-03");
      long house = register.asset("house", group);
      long tree = register.asset("tree", group);
      StaffClient staff = api.signIn(Role.ADMIN, Right.SEE_HOUSEHOLDS);
      try (BrowserContext context = staff.browser(chromium, 1280, ColorScheme.LIGHT)) {
        fill(context.newPage(), api, group, house, tree);
      }
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        int width = scheme == ColorScheme.LIGHT ? 1280 : 360;
        try (BrowserContext context = staff.browser(chromium, width, scheme)) {
          String look = width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
          String language = scheme == ColorScheme.LIGHT ? "vi" : "en";
          walk(context.newPage(), api, group, house, tree, look, language);
        }
      }
    }
  }

  private static void fill(Page page, RunningApi api, int group, long house, long tree)
      throws Exception {
    page.navigate(api.address("/staff/groups/" + group).toString());
    page.fill("#p0-personName", "Trần Thị Lan");
    page.fill("#p0-duty", "Tổ trưởng");
    page.fill("#p0-phone", "0912 345 678");
    page.click("form[action$='/people'] button");
    assertEquals("Đã thêm người phụ trách.", page.textContent(".notice").strip());

    page.navigate(api.address("/staff/assets/" + house + "/households").toString());
    page.click("summary:has-text('Mở mẫu nhập')");
    page.fill("#new-headName", "Nguyễn Văn Bình");
    page.fill("#new-phone", "0987 654 321");
    page.fill("#new-people", "5");
    page.fill("#new-elderly", "2");
    page.fill("#new-children", "1");
    page.check("#new-needsHelp");
    page.fill("#new-note", "Bà cụ đi xe lăn, ở tầng trệt.");
    page.fill("#new-consentOn", "2026-11-20");
    page.fill("#new-consentHow", "Ký phiếu tại nhà");
    page.click("form[action$='/households/add'] button");

    page.navigate(api.address("/staff/assets/" + tree + "/care").toString());
    page.selectOption("#f-kind", "inspection");
    page.fill("#f-doneOn", "2026-10-20");
    page.fill("#f-signer", "Lê Văn Hùng, Công ty Cây xanh");
    page.fill("#f-findings", "Cành khô phía đường, rễ nổi.\nĐề nghị cắt tỉa trước bão.");
    page.selectOption("#f-condition", "fair");
    page.selectOption("#f-risk", "high");
    page.fill("#f-nextDue", "2026-11-01");
    page.setInputFiles("#f-photo", new FilePayload("a.jpg", "image/jpeg", jpeg()));
    page.click("form[action$='/care'] button[type=submit]");
    page.click("a[href*='corrects=']");
    page.selectOption("#f-risk", "moderate");
    page.fill("#f-findings", "Ghi nhầm nguy cơ: vừa, không phải cao.");
    page.fill("#f-nextDue", "2026-11-15");
    page.click("form[action$='/care'] button[type=submit]");
    assertEquals("Đã ghi vào sổ.", page.textContent(".notice").strip());

    page.navigate(api.address("/staff/assets/" + tree + "/photos").toString());
    page.setInputFiles(
        "#up-photos",
        new FilePayload[] {
          new FilePayload("a.jpg", "image/jpeg", jpeg()),
          new FilePayload("b.jpg", "image/jpeg", jpeg())
        });
    page.fill("#up-caption", "Nhìn từ phía đường");
    page.click("form[enctype] button");
    page.click("form[action$='/public'] button");
    assertEquals("Ảnh này giờ ai cũng xem được.", page.textContent(".notice").strip());
  }

  private static void walk(
      Page page, RunningApi api, int group, long house, long tree, String look, String language) {
    Map<String, String> pages =
        Map.of(
            "groups", "/staff/groups",
            "group", "/staff/groups/" + group,
            "households-closed", "/staff/assets/" + house + "/households",
            "help-closed", "/staff/households",
            "care", "/staff/assets/" + tree + "/care",
            "care-print", "/staff/assets/" + tree + "/care/print",
            "due", "/staff/care/due",
            "photos", "/staff/assets/" + tree + "/photos");
    String name = look + "-" + language;
    for (Map.Entry<String, String> one : pages.entrySet()) {
      page.navigate(api.address(one.getValue() + "?lang=" + language).toString());
      PageCheck.judge(page, "records-" + one.getKey() + "-" + name);
    }
    page.navigate(api.address("/staff/assets/" + house + "/households").toString());
    page.fill("#f-reason", "x");
    page.click("form[action$='/households'] button");
    PageCheck.judge(page, "records-households-wrong-" + name);
    page.fill("#f-reason", "Lập danh sách sơ tán");
    page.click("form[action$='/households'] button");
    PageCheck.judge(page, "records-households-open-" + name);
    page.navigate(api.address("/staff/households").toString());
    page.fill("#f-reason", "Lập danh sách sơ tán");
    page.click("form[action$='/staff/households'] button.primary");
    PageCheck.judge(page, "records-help-open-" + name);
  }

  private static byte[] jpeg() throws Exception {
    BufferedImage image = new BufferedImage(900, 675, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.CYAN, 0, 675, Color.WHITE));
    pen.fillRect(0, 0, 900, 675);
    pen.setColor(new Color(90, 60, 30));
    pen.fillRect(420, 330, 60, 345);
    pen.setColor(new Color(40, 110, 50));
    pen.fillOval(250, 60, 400, 340);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
