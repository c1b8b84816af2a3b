package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.ApiConfig;
import io.floodmark.e2e.Chromium;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pages of plates, imports, exports, scores and the audit log, each with something in it.
 * Screenshots are kept in {@code e2e/target/screenshots}.
 */
final class RegisterPagesBrowserTest {
  private static final Map<String, String> PATHS = new HashMap<>();

  private static RunningApi api;
  private static StaffClient staff;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    api =
        RunningApi.start(
            ApiConfig.of("127.0.0.1", 0, RunningApi.WARD)
                .withPublicUrl(Optional.of("https://phuong.example.vn")));
    staff = api.signIn(Role.ADMIN);
    Register register = new Register(api.database());
    int group = register.group("tdp-03");
    register.asset("tree", group);
    register.asset("house", group);
    String batch =
        made(staff.post("/staff/plates/new", Map.of("what", "assets", "format", "l7160")));
    List<String> codes =
        List.of(register.text("SELECT string_agg(code, ' ') FROM plate").split(" "));
    String plate = "/staff/plates/" + codes.get(0);
    staff.postFiles(
        plate + "/mount",
        Map.of("lon", "106.0701", "lat", "20.9401", "accuracy", "8", "note", "Cột bên trái"),
        List.of());
    staff.post("/staff/plates/" + codes.get(1) + "/lost", Map.of("reason", "Bị gỡ"));
    PATHS.put("plates", "/staff/plates");
    PATHS.put("plates-new", "/staff/plates/new");
    PATHS.put("plates-batch", batch);
    PATHS.put("plate", plate);
    PATHS.put("plate-lost", "/staff/plates/" + codes.get(1));
    PATHS.put("plate-check", plate + "/check");
    PATHS.put("plate-check-placed", plate + "/check?lon=106.0705&lat=20.9405&accuracy=12");
    PATHS.put("import-columns", upload("cot.csv", "Loài;Kinh độ;Vĩ độ\nBàng;106,07;20,94\n"));
    PATHS.put("import-checked", checked("loi.csv", "Loài;Kinh độ;Vĩ độ\nBàng;x;y\n"));
    PATHS.put("imports", "/staff/assets/import");
    PATHS.put("export", "/staff/assets/export");
    PATHS.put("quality", "/staff/quality?kind=tree");
    PATHS.put("audit", "/staff/audit");
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
  void nothingBreaksTheAccessibilityRulesInEitherLanguageAndTheme() {
    PagesInBothThemes.judge(api, chromium, staff, 1366, "register", PATHS);
  }

  private static String made(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
  }

  private static String upload(String name, String list) throws Exception {
    return made(
        staff.postFiles(
            "/staff/assets/import",
            Map.of("kind", "tree"),
            List.of(new StaffClient.Part("file", name, list.getBytes(StandardCharsets.UTF_8)))));
  }

  private static String checked(String name, String list) throws Exception {
    String page = upload(name, list);
    made(
        staff.post(
            page + "/check",
            Map.of("column.0", "commonName", "column.1", "lon", "column.2", "lat")));
    return page;
  }
}
