package io.floodmark.e2e.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.Checkout;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports and exports as staff would do them, over HTTP. */
final class ImportHttpTest extends ApiOnEachEngine {
  private static final Pattern CHOSEN =
      Pattern.compile("<select name=\"(column\\.\\d+)\".*?</select>", Pattern.DOTALL);
  private static final Pattern SELECTED = Pattern.compile("<option value=\"([^\"]*)\" selected>");

  private StaffClient staff;

  @BeforeEach
  void prepare() throws Exception {
    staff = api.signIn(Role.OPERATOR);
    register.execute(
        "INSERT INTO residential_group (code, name) VALUES ('T1', 'Tổ 1'), ('T2', 'Tổ 2')");
  }

  @Test
  void aListGoesInByItsColumnsAndComesOutTheSameInEachFormat() throws Exception {
    String list =
        """
        kind,ref,name,number,street,place,group,state,species,commonName,trunkDiameterMm,heightMm,plantedYear,\
        condition,note,lon,lat
        tree,007,"Cây đa, đầu làng",,Đường Nguyễn Văn Linh,"gần ""chợ\""",T1,in_use,Ficus benghalensis,Đa,1205,\
        18500,1890,good,"dòng một
        dòng hai",106.0712345678901,20.941
        tree,'quoted,,12/5A,Phố Nối,,T2,planned,,,,,,,=1+1,106.08,20.95
        house,N1,,45B,Phố Bần,,,in_use,,,,,,,,106.09,20.96
        """;
    assertEquals("done", imported("", "cây.csv", list.getBytes(UTF_8)));
    List<String> before = register();
    assertEquals(3, before.size());
    for (String format : List.of("csv", "geojson", "xlsx")) {
      HttpResponse<byte[]> export = staff.getBytes("/api/v1/assets." + format);
      assertEquals(200, export.statusCode());
      emptyRegister();
      assertEquals("done", imported("", "again." + format, export.body()), format);
      assertEquals(before, register(), format);
    }
  }

  @Test
  void aDryRunTellsEachRowsProblemInTheFilesWordsAndNothingIsWritten() throws Exception {
    String list =
        """
        Mã,Kinh độ,Vĩ độ,Đường kính (cm),Tổ,Tình trạng
        A1,106.07,20.94,abc,Tổ 1,Tốt
        A1,106.08,20.95,35,Tổ 9,trung binh
        A3,20.94,106.07,35,T1,good
        A4,,,35,T1,good
        A5,106.07,20.95,35,T1,good
        A5,106.07,20.96,35,T1,good
        """;
    String page = upload("tree", "cay.csv", list.getBytes(UTF_8));
    assertEquals("checked", check(page, Map.of()));
    String result = staff.get(page + "?lang=en").body();
    for (String said :
        List.of(
            "abc",
            "Đường kính (cm)",
            "Must be a number of cm",
            "Row 6 has the same number",
            "There is no residential group &quot;Tổ 9&quot;",
            "likely has longitude and latitude swapped",
            "There is no position")) {
      assertTrue(
          result.contains(said) || result.contains(said.replace("&quot;", "\"")),
          said + " in " + result);
    }
    HttpResponse<String> all = staff.get(page + "/problems.csv");
    assertEquals(200, all.statusCode());
    assertEquals(409, staff.post(page + "/go", Map.of()).statusCode());
    assertEquals("0", register.text("SELECT count(*) FROM asset"));
  }

  @Test
  void aNumberThatIsRegisteredIsAProblemUntilItsAssetIsToBeChanged() throws Exception {
    byte[] first = "ref,lon,lat,species,height_m\nA1,106.07,20.94,Ficus,5\n".getBytes(UTF_8);
    assertEquals("done", imported("tree", "a.csv", first));
    byte[] second = "ref,lon,lat,species,height_m\nA1,106.07,20.94,,\"7,5\"\n".getBytes(UTF_8);
    String page = upload("tree", "b.csv", second);
    assertEquals("checked", check(page, Map.of()));
    assertTrue(staff.get(page + "?lang=en").body().contains("registered already"));
    assertEquals("checked", check(page, Map.of("update", "1")));
    assertEquals(303, staff.post(page + "/go", Map.of()).statusCode());
    assertEquals("done", settled(page));
    assertEquals(
        "Ficus 7500 2",
        register.text(
            """
            SELECT (details ->> 'species') || ' ' || (details ->> 'heightMm') || ' ' || version FROM asset
            """));
    assertEquals(
        "imported,edited",
        register.text("SELECT string_agg(action, ',' ORDER BY id) FROM asset_history"));
  }

  @Test
  void aRegisterFromRealLifeIsImported() throws Exception {
    Path trees = Checkout.root().getParent().resolve("shared/data/street-trees-sample.csv");
    byte[] list = Files.exists(trees) ? Files.readAllBytes(trees) : dirtyTrees();
    String page = upload("tree", "trees.csv", list);
    assertTrue(staff.get(page).body().contains("“None”"));
    assertEquals("checked", check(page, Map.of("absent", "None")));
    assertEquals(303, staff.post(page + "/go", Map.of()).statusCode());
    assertEquals("done", settled(page));
    assertEquals(
        "2000 181 0",
        register.text(
            """
            SELECT count(*) || ' ' || count(*) FILTER (WHERE NOT details ? 'trunkDiameterMm') || ' '
              || count(*) FILTER (WHERE street = 'None')
            FROM asset
            """));
    assertEquals(
        "1", register.text("SELECT count(*) FROM audit_entry WHERE action = 'asset.import'"));
  }

  private static byte[] dirtyTrees() {
    StringBuilder text = new StringBuilder("STRUCTID,SITE,BOTANICAL_NAME,DBH_TRUNK,geometry\n");
    for (int i = 0; i < 2_000; i++) {
      text.append("EY%d,None,Abies,%s,".formatted(i, i < 181 ? "" : 10 + i % 90))
          .append("\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [-79.3")
          .append(1_000 + i)
          .append(", 43.68]}\"\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  @Test
  void whatADeadProcessLeftIsMarkedFailedAndOldFilesAreWiped() throws Exception {
    String page = upload("tree", "a.csv", "ref,lon,lat\nA1,106.07,20.94\n".getBytes(UTF_8));
    register.execute("UPDATE asset_import SET state = 'importing', mapping = '{\"columns\": {}}'");
    String body = staff.get(page + "?lang=en").body();
    assertTrue(body.contains("The server stopped in the middle"), body);
    api.clock.advance(Duration.ofHours(25));
    // A session ends sooner than a file's wait.
    assertEquals(200, api.signIn(Role.OPERATOR).get("/staff/assets/import").statusCode());
    assertEquals("t", register.text("SELECT file IS NULL FROM asset_import"));
    assertEquals("0", register.text("SELECT count(*) FROM asset"));
  }

  @Test
  void whileAnotherImportIsUnderWayNoneBegins() throws Exception {
    String page = upload("tree", "a.csv", "ref,lon,lat\nA1,106.07,20.94\n".getBytes(UTF_8));
    try (Connection other = api.database().connect();
        Statement lock = other.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(" + 0x696d706f7274L + ")");
      HttpResponse<String> answer = staff.post(page + "/check", chosen(page, Map.of()));
      assertEquals(303, answer.statusCode());
      assertTrue(answer.headers().firstValue("Location").orElseThrow().contains("done=busy"));
    }
  }

  @Test
  void aCancelledImportLeavesNothing() throws Exception {
    StringBuilder list = new StringBuilder("ref,lon,lat,species\n");
    for (int i = 0; i < 30_000; i++) {
      list.append("A%d,106.%05d,20.94,Ficus\n".formatted(i, i));
    }
    String page = upload("tree", "many.csv", list.toString().getBytes(UTF_8));
    assertEquals("checked", check(page, Map.of()));
    try (Connection other = api.database().connect();
        Statement hold = other.createStatement()) {
      // The import waits for this row when it is about to insert its number.
      other.setAutoCommit(false);
      hold.execute(
          """
          INSERT INTO asset (kind, ref, lon, lat, created_at, updated_at)
          VALUES ('tree', 'A29999', 1, 1, now(), now())
          """);
      assertEquals(303, staff.post(page + "/go", Map.of()).statusCode());
      HttpResponse<String> running = staff.get(page);
      assertEquals("2", running.headers().firstValue("Refresh").orElseThrow());
      assertEquals(303, staff.post(page + "/cancel", Map.of()).statusCode());
      other.rollback();
    }
    assertEquals("cancelled", settled(page));
    assertEquals("0", register.text("SELECT count(*) FROM asset"));
    assertEquals("0", register.text("SELECT count(*) FROM asset_history"));
  }

  @Test
  void somebodyOfAGroupImportsIntoThatGroupOnlyAndSeesOnlyTheirOwnImports() throws Exception {
    String others = upload("tree", "all.csv", "lon,lat\n106,20\n".getBytes(UTF_8));
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.execute(
        "INSERT INTO staff_scope (staff_id, group_id) SELECT %d, id FROM residential_group WHERE code = 'T1'"
            .formatted(limited.staffId));
    assertEquals(404, limited.get(others).statusCode());
    byte[] list = "ref,lon,lat,group\nA1,106.07,20.94,T1\nA2,106.08,20.94,T2\n".getBytes(UTF_8);
    staff = limited;
    String page = upload("tree", "mine.csv", list);
    assertEquals("checked", check(page, Map.of()));
    String body = staff.get(page + "?lang=en").body();
    assertTrue(body.contains("one of your own residential groups"), body);
    assertEquals(409, staff.post(page + "/go", Map.of()).statusCode());
  }

  @Test
  void aViewerExportsButDoesNotImport() throws Exception {
    StaffClient viewer = api.signIn(Role.VIEWER);
    assertEquals(403, viewer.get("/staff/assets/import").statusCode());
    assertEquals(403, viewer.post("/staff/assets/import/1/go", Map.of()).statusCode());
    assertEquals(200, viewer.get("/staff/assets/export").statusCode());
    assertEquals(200, viewer.get("/api/v1/assets.csv").statusCode());
    assertEquals(401, api.get("/api/v1/assets.csv").statusCode());
  }

  @Test
  void anExportHoldsOnlyWhatIsAskedFor() throws Exception {
    byte[] list =
        "kind,ref,lon,lat,group,street\ntree,A1,106.07,20.94,T1,Phố Bần\nhouse,N1,106.08,20.94,T2,Phố Nối\n"
            .getBytes(UTF_8);
    assertEquals("done", imported("", "a.csv", list));
    assertTrue(staff.get("/api/v1/assets.csv?kind=tree").body().contains("A1"));
    assertFalse(staff.get("/api/v1/assets.csv?kind=tree").body().contains("N1"));
    assertFalse(staff.get("/api/v1/assets.csv?group=T1").body().contains("N1"));
    assertTrue(staff.get("/api/v1/assets.csv?q=pho+noi").body().contains("N1"));
    assertFalse(staff.get("/api/v1/assets.csv?q=pho+noi").body().contains("A1"));
    assertEquals(400, staff.get("/api/v1/assets.csv?kind=ship").statusCode());
  }

  @Test
  void whatIsNoListIsRefusedInASentence() throws Exception {
    HttpResponse<String> answer = send("tree", "a.csv", "%PDF-1.7".getBytes(UTF_8));
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("PDF"));
    assertEquals("0", register.text("SELECT count(*) FROM asset_import"));
  }

  private String imported(String kind, String name, byte[] list) throws Exception {
    String page = upload(kind, name, list);
    String checked = check(page, Map.of());
    HttpResponse<String> go = staff.post(page + "/go", Map.of());
    assertEquals(303, go.statusCode(), () -> checked + go.body() + problems());
    return settled(page);
  }

  private String problems() {
    try {
      return register.text("SELECT problems FROM asset_import ORDER BY id DESC LIMIT 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> send(String kind, String name, byte[] list) throws Exception {
    return staff.postFiles(
        "/staff/assets/import",
        Map.of("kind", kind),
        List.of(new StaffClient.Part("file", name, list)));
  }

  /** Sends a list and returns its page. */
  private String upload(String kind, String name, byte[] list) throws Exception {
    HttpResponse<String> sent = send(kind, name, list);
    assertEquals(303, sent.statusCode(), sent.body());
    return sent.headers().firstValue("Location").orElseThrow();
  }

  /** The form as it was filled in by the guess, and {@code more}. */
  private Map<String, String> chosen(String page, Map<String, String> more) throws Exception {
    String form = staff.get(page + "?columns=1").body();
    Map<String, String> fields = new LinkedHashMap<>(more);
    Matcher select = CHOSEN.matcher(form);
    while (select.find()) {
      Matcher option = SELECTED.matcher(select.group());
      fields.put(select.group(1), option.find() ? option.group(1) : "");
    }
    return fields;
  }

  private String check(String page, Map<String, String> more) throws Exception {
    HttpResponse<String> begun = staff.post(page + "/check", chosen(page, more));
    assertEquals(303, begun.statusCode(), begun.body());
    return settled(page);
  }

  /** Its state once nothing is under way. */
  private String settled(String page) throws Exception {
    String id = page.substring(page.lastIndexOf('/') + 1);
    long start = System.nanoTime();
    while (true) {
      String state =
          register.text(
              "SELECT state FROM asset_import WHERE id = %s AND pg_try_advisory_xact_lock(%d)"
                  .formatted(id, 0x696d706f7274L));
      if (!state.isEmpty() && !state.equals("checking") && !state.equals("importing")) {
        return state;
      }
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
        throw new AssertionError("Still " + state);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** All that people wrote about all assets. */
  private List<String> register() throws SQLException {
    String all =
        register.text(
            """
            SELECT string_agg(concat_ws('|', kind, ref, asset.name, lon, lat, number, street, place, g.code, state,
              details, source), E'\\x1e' ORDER BY ref)
            FROM asset LEFT JOIN residential_group g ON g.id = group_id
            """);
    return List.of(all.split("\u001e", -1));
  }

  private void emptyRegister() throws SQLException {
    register.execute(
        """
        ALTER TABLE asset_history DISABLE TRIGGER asset_history_append_only;
        ALTER TABLE care_record DISABLE TRIGGER care_record_append_only;
        TRUNCATE asset_history, care_record;
        DELETE FROM asset;
        ALTER TABLE asset_history ENABLE TRIGGER asset_history_append_only;
        ALTER TABLE care_record ENABLE TRIGGER care_record_append_only
        """);
  }
}
