package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.ApiConfig;
import io.floodmark.staff.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of plates over HTTP, and who may take which part in it. */
final class PlatesHttpTest extends ApiOnEachEngine {
  private static final Map<String, String> NO_POSITION = Map.of("note", "Máy không có vị trí");
  private static final Map<String, String> HERE =
      Map.of("lon", "106.0701", "lat", "20.9401", "accuracy", "8");

  private StaffClient staff;

  @BeforeEach
  void prepare() throws Exception {
    staff = api.signIn(Role.OPERATOR);
  }

  private static String location(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
  }

  private String made() throws Exception {
    return location(staff.post("/staff/plates/new", Map.of("what", "assets", "format", "l7160")));
  }

  private String blank() throws Exception {
    location(
        staff.post(
            "/staff/plates/new", Map.of("what", "blank", "format", "plate60", "count", "1")));
    return register.text("SELECT code FROM plate ORDER BY made_at DESC, batch_id DESC LIMIT 1");
  }

  private String state(String code) throws SQLException {
    return register.text("SELECT state FROM plate WHERE code = '" + code + "'");
  }

  @Test
  void aPlateIsMadePrintedMountedCheckedLostFoundAndReplaced() throws Exception {
    long tree = register.asset("tree", 0);
    String batch = made();
    String code = register.text("SELECT code FROM plate WHERE asset_id = " + tree);
    String page = "/staff/plates/" + code;
    assertTrue(staff.get(batch).body().contains(code.substring(0, 5) + "-" + code.substring(5)));
    location(staff.post(batch + "/printed", Map.of()));
    assertEquals("printed", state(code));
    assertTrue(staff.get("/q/" + code).body().contains(page + "/mount"));

    assertTrue(staff.get(page + "/mount").body().contains("plate-place.js"));
    String far = staff.get(page + "/mount?lon=106.071&lat=20.94&accuracy=9").body();
    assertTrue(far.contains("104 m"), far);
    location(staff.postFiles(page + "/mount", HERE, List.of()));
    assertEquals("mounted", state(code));
    assertEquals(
        "15", register.text("SELECT round(distance_m) FROM plate_event WHERE kind = 'mounted'"));
    assertEquals(409, staff.postFiles(page + "/mount", HERE, List.of()).statusCode());
    assertTrue(staff.get("/q/" + code).body().contains(page + "/check"));
    assertFalse(api.get("/q/" + code).body().contains("/staff/plates"));

    location(staff.postFiles(page + "/check", NO_POSITION, List.of()));
    assertEquals(422, staff.postFiles(page + "/check", Map.of(), List.of()).statusCode());
    assertEquals(422, staff.post(page + "/lost", Map.of()).statusCode());
    location(staff.post(page + "/lost", Map.of("reason", "Bão làm rơi")));
    assertEquals(410, api.get("/q/" + code).statusCode());
    assertEquals(409, staff.postFiles(page + "/check", HERE, List.of()).statusCode());
    location(staff.post(page + "/found", Map.of("reason", "Dân đem trả")));
    assertEquals("printed", state(code));
    assertEquals(200, api.get("/q/" + code).statusCode());

    String next = location(staff.post(page + "/replace", Map.of("reason", "Mờ mã")));
    String newCode = next.substring(next.length() - 10);
    assertEquals("replaced", state(code));
    assertEquals(
        newCode, register.text("SELECT replaced_by FROM plate WHERE code = '" + code + "'"));
    assertEquals(410, api.get("/q/" + code).statusCode());
    assertEquals(200, api.get("/q/" + newCode).statusCode());
    assertEquals(409, staff.post(page + "/revoke", Map.of("reason", "thử")).statusCode());
    String history = staff.get(page).body();
    assertTrue(history.contains("Bão làm rơi") && history.contains("Mờ mã"), history);
    location(staff.post(next + "/revoke", Map.of("reason", "Cây bị chặt")));
    assertEquals(410, api.get("/q/" + newCode).statusCode());

    assertEquals(
        "made,printed,mounted,checked,lost,found,replaced",
        register.text(
            "SELECT string_agg(kind, ',' ORDER BY id) FROM plate_event WHERE code = '"
                + code
                + "'"));
    assertThrows(SQLException.class, () -> register.execute("DELETE FROM plate_event"));
    assertEquals(
        "0",
        register.text(
            "SELECT count(*) FROM audit_entry WHERE subject || detail::text LIKE '%"
                + code
                + "%'"));
  }

  @Test
  void aBlankPlateIsBoundToWhatStandsNearWhenItIsMounted() throws Exception {
    long tree = register.asset("tree", 0);
    String code = blank();
    String page = "/staff/plates/" + code + "/mount";
    String form = staff.get(page + "?lon=106.0701&lat=20.9401&accuracy=5").body();
    assertTrue(form.contains("value=\"" + tree + "\""), form);
    assertEquals(422, staff.postFiles(page, HERE, List.of()).statusCode());
    Map<String, String> chosen =
        Map.of("asset", Long.toString(tree), "lon", "106.07", "lat", "20.94", "accuracy", "5");
    location(staff.postFiles(page, chosen, List.of()));
    assertEquals("mounted", state(code));

    String second = blank();
    String again = "/staff/plates/" + second + "/mount";
    assertFalse(
        staff.get(again + "?lon=106.0701&lat=20.9401&accuracy=5").body().contains("site-" + tree));
    assertEquals(409, staff.postFiles(again, chosen, List.of()).statusCode());
    assertEquals("made", state(second));
    assertEquals(
        409,
        staff.post("/staff/plates/" + second + "/replace", Map.of("reason", "thử")).statusCode());
  }

  @Test
  void ofTwoPhonesThatMountOnePlateOneIsTold() throws Exception {
    long first = register.asset("tree", 0);
    long second = register.asset("tree", 0);
    String code = blank();
    List<Future<Integer>> answers = new ArrayList<>();
    ExecutorService phones = Executors.newFixedThreadPool(2);
    try {
      for (long tree : List.of(first, second)) {
        Map<String, String> fields =
            Map.of("asset", Long.toString(tree), "note", "Không có vị trí");
        answers.add(
            phones.submit(
                () ->
                    staff
                        .postFiles("/staff/plates/" + code + "/mount", fields, List.of())
                        .statusCode()));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      statuses.sort(null);
      assertEquals(List.of(303, 409), statuses);
    } finally {
      phones.shutdownNow();
    }
    assertEquals("1", register.text("SELECT count(*) FROM plate_event WHERE kind = 'mounted'"));
  }

  @Test
  void anAssetGetsOnePlateHoweverOftenOnesAreMade() throws Exception {
    register.asset("tree", 0);
    made();
    assertEquals(
        422,
        staff.post("/staff/plates/new", Map.of("what", "assets", "format", "l7160")).statusCode());
    assertEquals("1", register.text("SELECT count(*) FROM plate"));
    assertEquals(
        422,
        staff
            .post("/staff/plates/new", Map.of("what", "blank", "format", "a5", "count", "0"))
            .statusCode());
  }

  @Test
  void whatWasMergedTwiceIsLedToByItsFirstPlateAndGetsNoOther() throws Exception {
    long first = register.asset("tree", 0);
    made();
    long second = register.asset("tree", 0);
    long last = register.asset("tree", 0);
    String into = "UPDATE asset SET merged_into = %d WHERE id = %d";
    register.execute(into.formatted(second, first));
    register.execute(into.formatted(last, second));
    assertEquals(
        422,
        staff.post("/staff/plates/new", Map.of("what", "assets", "format", "l7160")).statusCode());
    Map<String, String> chosen =
        Map.of("asset", Long.toString(last), "lon", "106.07", "lat", "20.94", "accuracy", "5");
    String code = blank();
    assertEquals(
        409, staff.postFiles("/staff/plates/" + code + "/mount", chosen, List.of()).statusCode());
    assertEquals("made", state(code));
  }

  @Test
  void viewersStrangersAndOtherGroupsAreKeptOut() throws Exception {
    int ours = register.group("tdp-01");
    int theirs = register.group("tdp-02");
    long tree = register.asset("tree", theirs);
    String batch = made();
    String code = register.text("SELECT code FROM plate WHERE asset_id = " + tree);
    StaffClient viewer = api.signIn(Role.VIEWER);
    for (String path : List.of("/staff/plates", "/staff/plates/new", batch)) {
      assertEquals(403, viewer.get(path).statusCode(), path);
      assertEquals(401, api.get(path).statusCode(), path);
    }
    assertEquals(403, viewer.get("/staff/plates/" + code).statusCode());
    assertEquals(403, viewer.get("/api/v1/labels.pdf?batch=1").statusCode());
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.limit(limited, ours);
    assertEquals(404, limited.get(batch).statusCode());
    assertEquals(404, limited.post(batch + "/printed", Map.of()).statusCode());
    for (String page : List.of("", "/mount", "/check")) {
      assertEquals(404, limited.get("/staff/plates/" + code + page).statusCode(), page);
    }
    assertEquals(
        404,
        limited.post("/staff/plates/" + code + "/revoke", Map.of("reason", "thử")).statusCode());
    assertFalse(limited.get("/staff/plates").body().contains(code.substring(0, 5)));
    String blank = blank();
    assertEquals(
        404,
        limited
            .postFiles(
                "/staff/plates/" + blank + "/mount",
                Map.of("asset", Long.toString(tree), "note", "Không có vị trí"),
                List.of())
            .statusCode());
    assertEquals("made", state(code));
  }

  @Test
  void aWholeCodeIsFoundAndGuessingSlowsItselfDown() throws Exception {
    String code = blank();
    HttpResponse<String> found = staff.get("/staff/plates?q=" + code.toLowerCase(Locale.ROOT));
    assertEquals("/staff/plates/" + code, location(found));
    assertTrue(staff.get("/staff/plates?q=" + code.substring(0, 5)).body().contains("q-error"));
    int status = 200;
    for (int i = 0; i < 30 && status == 200; i++) {
      status = staff.get("/staff/plates?q=" + code.substring(0, 5)).statusCode();
    }
    assertEquals(429, status);
  }

  @Test
  void labelsAreRefusedWithoutAnAddressThatPhonesReach() throws Exception {
    register.asset("tree", 0);
    String batch = made();
    String id = batch.substring(batch.lastIndexOf('/') + 1);
    HttpResponse<String> refused = staff.get("/api/v1/labels.pdf?batch=" + id);
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("public.url"), refused.body());
    assertTrue(staff.get(batch).body().contains("public.url"));
  }

  /** The codes that can be read on the pages, in order; a label too many would be found, too. */
  private static Set<String> codesOn(byte[] pdf, int pages) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertEquals(pages, document.getNumberOfPages());
      List<String> codes =
          Pattern.compile("[0-9A-Z]{5}-[0-9A-Z]{5}")
              .matcher(new PDFTextStripper().getText(document))
              .results()
              .map(code -> code.group().replace("-", ""))
              .toList();
      assertEquals(22, codes.size(), codes.toString());
      return new TreeSet<>(codes);
    }
  }

  @Test
  void theLabelsOfABatchComeAsPdf() throws Exception {
    ApiConfig config =
        ApiConfig.of("127.0.0.1", 0, RunningApi.WARD)
            .withPublicUrl(Optional.of("https://phuong.example.vn"));
    try (RunningApi open = RunningApi.start(config)) {
      Register rows = new Register(open.database());
      for (int i = 0; i < 22; i++) {
        rows.asset("house", 0);
      }
      StaffClient printer = open.signIn(Role.OPERATOR);
      location(printer.post("/staff/plates/new", Map.of("what", "assets", "format", "l7160")));
      String labels = "/api/v1/labels.pdf?batch=" + rows.text("SELECT id FROM plate_batch");
      HttpResponse<byte[]> pdf = printer.getBytes(labels + "&start=21");
      assertEquals(200, pdf.statusCode());
      assertEquals("application/pdf", pdf.headers().firstValue("Content-Type").orElse(""));
      String head = new String(pdf.body(), 0, 5, StandardCharsets.ISO_8859_1);
      assertEquals("%PDF-", head);
      String codes = rows.text("SELECT string_agg(code, ' ') FROM plate");
      assertEquals(new TreeSet<>(List.of(codes.split(" "))), codesOn(pdf.body(), 2));
      assertEquals(400, printer.get(labels + "&start=22").statusCode());
      assertEquals(400, printer.get("/api/v1/labels.pdf?batch=x").statusCode());
      assertEquals(404, printer.get("/api/v1/labels.pdf?batch=99").statusCode());
    }
  }
}
