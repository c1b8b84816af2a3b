package io.floodmark.e2e.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Geolocation;
import io.floodmark.api.ApiConfig;
import io.floodmark.api.staff.StaffDesk;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.Needs;
import io.floodmark.e2e.PageCheck;
import io.floodmark.e2e.plates.PrintedPages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path of a plate as people walk it: an empty ward, a list, a printed sheet, a phone in
 * the street, a resident's report, its answer. Screenshots are kept in {@code
 * e2e/target/screenshots}.
 */
final class WholePathBrowserTest {
  private static final String PUBLIC_URL = "https://bien.phuong.example.vn";
  private static final String OF_ADMIN = "con trâu ở giữa đồng";
  private static final String OF_OPERATOR = "con bò ăn cỏ non";
  private static final String ANSWER = "Đội cây xanh đã cắt và dọn cành gãy.";

  private static final String TREES =
      """
      Mã cây;Tên cây;Loài;Đường kính (cm);Chiều cao (m);Tình trạng;Tổ dân phố;Đường;Vị trí;Kinh độ;Vĩ độ
      C-001;Phượng vĩ;Delonix regia;42;9,5;Tốt;Tổ dân phố 3;Nguyễn Văn Linh;Trước cổng trường;106,0712;20,9420
      C-002;Xà cừ;Khaya senegalensis;88;17;Kém;Tổ dân phố 3;Nguyễn Văn Linh;Trước chợ;106,0716;20,9424
      """;

  private static RunningApi api;
  private static Chromium chromium;
  private static String firstPassword;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    Needs.pdftoppm();
    Needs.zbarimg();
    api =
        RunningApi.start(
            ApiConfig.of("127.0.0.1", 0, RunningApi.WARD).withPublicUrl(Optional.of(PUBLIC_URL)));
    try (Connection connection = api.database().connect()) {
      connection.setAutoCommit(false);
      firstPassword =
          new StaffDesk(new SecureRandom(), api.clock)
              .makeFirstAdmin(connection, "admin")
              .orElseThrow();
      connection.commit();
    }
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
  void fromAnEmptyWardToAnAnsweredReport() throws Exception {
    try (BrowserContext desk = wide();
        BrowserContext street = phone(true);
        BrowserContext home = phone(false)) {
      Page admin = desk.newPage();
      Page operator = street.newPage();
      Page resident = home.newPage();

      enter(admin, "admin", firstPassword, OF_ADMIN);
      assertThat(admin.locator(".first-steps")).containsText("Nhập danh sách nhà và cây");
      addGroup(admin);
      String handed = addOperator(admin);
      importTrees(admin);
      String code = print(admin);

      enter(operator, "lan.nguyen", handed, OF_OPERATOR);
      mount(operator, code);

      String link = report(resident, code);
      String number = handOver(admin);
      close(operator, number);

      resident.navigate(link);
      assertThat(resident.locator(".status .badge")).hasText("Đã xong");
      assertThat(resident.locator(".status")).containsText(ANSWER);
      assertThat(resident.locator(".photo-row img")).hasCount(2);
      PageCheck.picture(resident, "path-resident-done");
      eraseContact(resident, admin, number);
      assertAudited(admin);
    }
  }

  /** Signs in with the password that was handed out, and sets one of one's own. */
  private static void enter(Page page, String login, String handed, String own) {
    page.navigate(api.address("/staff?lang=vi").toString());
    page.locator("#f-login").fill(login);
    page.locator("#f-password").fill(handed);
    page.locator("form.card button").click();
    assertThat(page.locator("h1")).hasText("Đổi mật khẩu");
    page.locator("[name=current]").fill(handed);
    page.locator("[name=new]").fill(own);
    page.locator("[name=again]").fill(own);
    page.locator("form.card button").click();
    assertThat(page.locator(".notice")).containsText("Đã đổi mật khẩu");
  }

  private static void addGroup(Page admin) {
    admin.locator(".first-steps a[href='/staff/groups']").click();
    admin.locator("[name=code]").fill("tdp-03");
    admin.locator("[name=name]").fill("Tổ dân phố 3");
    admin.locator("main form button.primary").click();
    assertThat(admin.locator("h2").first()).hasText("Tổ dân phố 3");
  }

  private static String addOperator(Page admin) {
    admin.navigate(api.address("/staff/people/new").toString());
    admin.locator("[name=login]").fill("lan.nguyen");
    admin.locator("[name=name]").fill("Nguyễn Thị Lan");
    admin.locator("input[value=operator]").check();
    admin.locator("main form button.primary").click();
    assertThat(admin.locator("h1")).hasText("Mật khẩu tạm");
    return admin.locator("code.secret").last().textContent();
  }

  private static void importTrees(Page admin) {
    admin.navigate(api.address("/staff/assets").toString());
    assertThat(admin.locator(".empty")).containsText("Sổ chưa có tài sản nào");
    admin.locator("a:has-text('Nhập danh sách')").click();
    admin
        .locator("#file")
        .setInputFiles(
            new FilePayload("cay.csv", "text/csv", TREES.getBytes(StandardCharsets.UTF_8)));
    admin.locator("#kind").selectOption("tree");
    admin.locator("main form button.primary").click();
    assertThat(admin.locator("h1")).hasText("Nhập danh sách: cột nào là gì");
    assertThat(admin.locator("table.mapping option:checked:has-text('không nhập')")).hasCount(0);
    admin.locator("button:has-text('Kiểm tra mọi dòng')").click();
    assertThat(admin.locator(".notice h2")).hasText("Mọi dòng đều nhập được");
    admin.locator("button:has-text('Nhập 2 dòng')").click();
    assertThat(admin.locator(".notice")).containsText("2 tài sản mới");
    PageCheck.picture(admin, "path-imported");
  }

  /** Makes and prints the plates; reads with other people's programs what came out. */
  private String print(Page admin) throws Exception {
    admin.locator("a:has-text('Tạo biển mã QR')").click();
    admin.locator("button:has-text('Tạo 2 biển')").click();
    assertThat(admin.locator("td:has-text('Phượng vĩ C-001, Nguyễn Văn Linh')")).hasCount(1);
    Download download =
        admin.waitForDownload(() -> admin.locator("button:has-text('Tải PDF')").click());
    Path pdf = folder.resolve("labels.pdf");
    download.saveAs(pdf);
    List<String> read = PrintedPages.read(PrintedPages.render(pdf, 150, folder), folder);
    assertEquals(2, read.size(), read.toString());
    String row = admin.locator("tr:has-text('Phượng vĩ') .plate-code").textContent();
    String code = row.strip().replace("-", "");
    String address = PUBLIC_URL.toUpperCase(Locale.ROOT) + "/Q/" + code;
    assertTrue(read.contains(address), () -> address + " is not among " + read);
    admin.locator("button:has-text('Đánh dấu đã in')").click();
    assertThat(admin.locator(".notice")).containsText("quét mã bằng máy ảnh");
    return code;
  }

  /** As the camera of a phone opens it: the address that stands in the symbol. */
  private static void scan(Page phone, String code) {
    phone.navigate(api.address("/Q/" + code).toString());
    assertThat(phone.locator("h1")).hasText("Phượng vĩ");
    PageCheck.assertFits(phone, "the page");
  }

  private static void mount(Page operator, String code) throws Exception {
    scan(operator, code);
    operator.locator("a:has-text('Gắn biển này')").click();
    operator.locator("#take-place").click();
    assertThat(operator.locator(".notice")).containsText("Cách vị trí đã đăng ký 6 m");
    operator.locator("#f-photo").setInputFiles(photo("bien.jpg", Color.ORANGE));
    PageCheck.picture(operator, "path-mounting");
    operator.locator("button:has-text('Ghi nhận đã gắn')").click();
    assertThat(operator.locator(".notice")).containsText("Đã gắn biển");
    assertThat(operator.locator(".plate-photo")).hasCount(1);
    assertThat(operator.locator("main")).containsText("Xà cừ C-002, Nguyễn Văn Linh");
    scan(operator, code);
    assertThat(operator.locator("a:has-text('Kiểm tra biển này')")).isVisible();
  }

  private static String report(Page resident, String code) throws Exception {
    scan(resident, code);
    assertThat(resident.locator("a:has-text('cán bộ')")).hasCount(0);
    PageCheck.picture(resident, "path-resident-plate");
    resident.locator("a:has-text('Báo cây nghiêng')").click();
    assertThat(resident.locator(".tagged")).containsText("Phượng vĩ");
    assertThat(resident.locator("#depth")).isHidden();
    PageCheck.assertFits(resident, "the page");
    resident.locator("#text").fill("Cành lớn gãy, chắn vỉa hè.");
    resident.locator("#contact").fill("0912 345 678");
    resident.locator("#photos").setInputFiles(photo("canh-gay.jpg", Color.RED));
    resident.locator("button:has-text('Gửi phản ánh')").click();
    assertThat(resident.locator(".notice")).containsText("Đã nhận phản ánh");
    assertThat(resident.locator(".photo-row img")).hasCount(1);
    PageCheck.assertFits(resident, "the page");
    return resident.url().replaceFirst("\\?.*", "");
  }

  /** Taken on and given to the operator; the number of the report. */
  private static String handOver(Page admin) {
    admin.navigate(api.address("/staff/reports").toString());
    assertThat(admin.locator(".report-list"))
        .containsText("Phượng vĩ C-001, Nguyễn Văn Linh, Trước cổng trường");
    admin.locator(".report-list a").click();
    assertThat(admin.locator(".facts")).containsText("0912 345 678");
    assertThat(admin.locator(".asset-map .position-point")).hasCount(1);
    PageCheck.picture(admin, "path-inbox-report");
    admin.locator("button:has-text('Tiếp nhận')").click();
    admin.locator("#assignTo").selectOption("Nguyễn Thị Lan");
    admin.locator("button:has-text('Giao việc')").click();
    assertThat(admin.locator(".notice")).containsText("Đã giao việc");
    assertThat(admin.locator(".facts")).containsText("Nguyễn Thị Lan");
    String path = admin.url().replaceFirst("\\?.*", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void close(Page operator, String number) throws Exception {
    operator.navigate(api.address("/staff").toString());
    assertThat(operator.locator(".tiles")).containsText("1 giao cho bạn");
    operator.navigate(api.address("/staff/reports?mine=1").toString());
    operator.locator(".report-list a[href$='" + number + "']").click();
    operator.locator("button:has-text('Bắt đầu xử lý')").click();
    operator.locator("#answer").fill(ANSWER);
    operator.locator("button:has-text('Hoàn thành')").click();
    assertThat(operator.locator(".notice.bad")).containsText("Hãy thêm ảnh hiện trường");
    assertThat(operator.locator("#answer")).hasValue(ANSWER);
    operator.locator("#photos").setInputFiles(photo("da-don.jpg", Color.GREEN));
    operator.locator("button:has-text('Hoàn thành')").click();
    assertThat(operator.locator(".notice")).containsText("Đã hoàn thành");
    PageCheck.assertFits(operator, "the page");
  }

  private static void eraseContact(Page resident, Page admin, String number) {
    resident.locator("[name=sure]").check();
    resident.locator("button:has-text('Xóa nội dung')").click();
    assertThat(resident.locator(".notice")).containsText("Đã xóa nội dung");
    admin.navigate(api.address("/staff/reports/" + number).toString());
    assertThat(admin.locator("main")).not().containsText("0912 345 678");
    assertThat(admin.locator("main")).containsText(ANSWER);
  }

  private static void assertAudited(Page admin) {
    admin.navigate(api.address("/staff/audit").toString());
    for (String done :
        List.of(
            "Hoàn thành phản ánh",
            "Giao phản ánh",
            "Trạng thái: Đã in → Đã gắn",
            "In biển",
            "Nhập danh sách tài sản",
            "Thêm tổ dân phố",
            "Vai trò: Cán bộ xử lý")) {
      assertThat(admin.locator("main table")).containsText(done);
    }
    assertThat(admin.locator("main")).not().containsText("{\"");
    PageCheck.picture(admin, "path-audit");
  }

  private static BrowserContext wide() {
    return chromium
        .browser()
        .newContext(new Browser.NewContextOptions().setViewportSize(1366, 768));
  }

  /** An operator's with a position and scripts, or a resident's old one without. */
  private static BrowserContext phone(boolean isModern) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(isModern ? 360 : 320, 640)
            .setJavaScriptEnabled(isModern)
            .setHasTouch(true)
            .setGeolocation(new Geolocation(20.94205, 106.07118).setAccuracy(8));
    return chromium
        .browser()
        .newContext(isModern ? options.setPermissions(List.of("geolocation")) : options);
  }

  private static FilePayload photo(String name, Color colour) throws Exception {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(200, 215, 225));
    pen.fillRect(0, 0, 640, 480);
    pen.setColor(colour);
    pen.fillOval(220, 140, 200, 200);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return new FilePayload(name, "image/jpeg", bytes.toByteArray());
  }
}
