package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.plate.PlateCode;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The register over HTTP: what everybody, staff and programs get of it. */
final class AssetsHttpTest extends ApiOnEachEngine {
  private static final String WARD = "/api/v1/assets?bbox=106.0,20.9,106.2,21.0";
  private static final String TREE =
      """
      {"kind":"tree","lon":106.0712,"lat":20.9411,"ref":"C-1","name":"Cây đầu ngõ","street":"Lê Lợi","group":%s,
       "details":{"species":"Delonix regia","commonName":"Phượng vĩ","heightMm":7500,"condition":"poor"}}
      """;

  private StaffClient operator;

  @BeforeEach
  void prepare() throws Exception {
    operator = api.signIn(Role.OPERATOR);
    register.execute(
        "INSERT INTO residential_group (code, name) VALUES ('tdp-1', 'Tổ 1'), ('tdp-2', 'Tổ 2')");
  }

  private JsonNode tree(String group) throws Exception {
    HttpResponse<String> made =
        operator.json(
            "POST", "/api/v1/assets", TREE.formatted(group == null ? "null" : "\"" + group + "\""));
    assertEquals(201, made.statusCode(), made.body());
    return RunningApi.parse(made.body());
  }

  private int found(String query) throws Exception {
    return api.json(WARD + "&q=" + query.replace(" ", "%20")).path("features").size();
  }

  @Test
  void everybodySeesKindPositionAndGroupAndNothingThatLeadsFurther() throws Exception {
    tree("tdp-1");
    JsonNode feature = api.json(WARD).path("features").path(0);
    assertTrue(feature.path("id").isMissingNode());
    assertEquals(
        RunningApi.parse("{\"kind\":\"tree\",\"group\":\"tdp-1\",\"madeUp\":false}"),
        feature.path("properties"));
    assertEquals(106.0712, feature.path("geometry").path("coordinates").path(0).asDouble());
    assertEquals(403, api.get(WARD + "&condition=poor").statusCode());
    JsonNode forStaff = RunningApi.parse(operator.get(WARD + "&condition=poor").body());
    assertEquals("C-1", forStaff.path("features").path(0).path("properties").path("ref").asText());
  }

  @Test
  void searchNeedsNoAccentsAndTellsStrangersNoReferences() throws Exception {
    tree("tdp-1");
    register.execute(
        """
        INSERT INTO asset (kind, lon, lat, number, street, name, created_at, updated_at) VALUES
          ('house', 106.072, 20.941, '12', 'Nguyễn Văn Linh', 'Nhà bà Tám', now(), now()),
          ('house', 106.073, 20.941, '120', 'Nguyễn Văn Linh', null, now(), now())
        """);
    assertEquals(1, found("cay phuong"));
    assertEquals(1, found("phuong vi"));
    assertEquals(1, found("12 nguyen van linh"));
    assertEquals(2, found("nguyen van linh"));
    assertEquals(0, found("c 1"));
    assertEquals(0, found("ba tam"));
    JsonNode staff = RunningApi.parse(operator.get(WARD + "&q=ba%20tam").body());
    assertEquals(1, staff.path("features").size());
  }

  @Test
  void aCrowdedViewIsCountedInClusters() throws Exception {
    register.execute(
        """
        INSERT INTO asset (kind, lon, lat, created_at, updated_at)
        SELECT 'tree', 106.05 + (i % 70) * 0.0005, 20.93 + (i / 70) * 0.0005, now(), now()
        FROM generate_series(1, 5000) i
        """);
    register.execute(
        """
        INSERT INTO asset (kind, lon, lat, created_at, updated_at)
        VALUES ('house', 106.19, 20.99, now(), now())
        """);
    JsonNode far = api.json(WARD + "&zoom=13").path("features");
    int count = 0;
    for (JsonNode cluster : far) {
      JsonNode counted = cluster.path("properties").path("count");
      count += counted.asInt(1);
      assertTrue(counted.isMissingNode() || counted.asInt() > 1, cluster.toString());
      assertEquals(counted.isMissingNode() ? 0 : 4, cluster.path("bbox").size());
    }
    assertEquals(5_001, count);
    assertTrue(far.findValuesAsText("kind").contains("house"), "the one that stands alone");
    assertTrue(far.size() < 1_100, "clusters: " + far.size());
    JsonNode near = api.json("/api/v1/assets?bbox=106.05,20.93,106.055,20.935").path("features");
    assertTrue(near.size() > 50 && near.path(0).path("properties").path("count").isMissingNode());
  }

  @Test
  void anImpossibleViewIsRefusedByName() throws Exception {
    for (String bbox : new String[] {"", "1,2,3", "170,10,-170,20", "1,2,3,1000", "a,b,c,d"}) {
      HttpResponse<String> answer = api.get("/api/v1/assets?bbox=" + bbox);
      assertEquals(400, answer.statusCode(), bbox);
      assertTrue(answer.body().contains("bbox"), answer.body());
    }
    assertEquals(400, api.get(WARD + "&kind=%00").statusCode());
    assertEquals(200, api.get(WARD + "&q=%00%27%26%7C!").statusCode());
  }

  @Test
  void aChangeNeedsTheVersionThatWasSeenAndIsKeptInTheHistory() throws Exception {
    long id = tree("tdp-1").path("id").asLong();
    String change =
        TREE.formatted("\"tdp-2\"").replaceFirst("\\{", "{\"version\":1,\"reason\":\"đo lại\",");
    assertEquals(200, operator.json("PUT", "/api/v1/assets/" + id, change).statusCode());
    assertEquals(409, operator.json("PUT", "/api/v1/assets/" + id, change).statusCode());
    assertEquals(
        200,
        operator.json("POST", "/api/v1/assets/" + id + "/verify", "{\"version\":2}").statusCode());
    assertEquals(
        422, operator.json("DELETE", "/api/v1/assets/" + id, "{\"version\":3}").statusCode());
    assertEquals(
        200,
        operator
            .json("DELETE", "/api/v1/assets/" + id, "{\"version\":3,\"reason\":\"đổ\"}")
            .statusCode());
    assertEquals(1, register.number("SELECT count(*) FROM asset WHERE state = 'removed'"));
    assertEquals(4, register.number("SELECT count(*) FROM asset_history"));
    assertEquals(
        4, register.number("SELECT count(*) FROM audit_entry WHERE subject = 'asset:" + id + "'"));
    assertEquals(0, api.json(WARD).path("features").size());
    assertTrue(operator.get("/staff/assets/" + id).body().contains("đo lại"));
  }

  @Test
  void anAssetsPageNamesItsPlatesAndTheReportsThatOneMayRead() throws Exception {
    long id = tree("tdp-1").path("id").asLong();
    PlateCode code = PlateCode.draw(new Random(31));
    register.execute(
        "INSERT INTO plate (code, asset_id, state, made_at, mounted_at) VALUES ('%s', %d, 'mounted', now(), now())"
            .formatted(code, id));
    register.execute(
        """
        INSERT INTO report (number, secret_sha256, category, asset_id, group_id, language, state, state_since, created_at)
        SELECT 'PA-' || g.code, sha256(g.code::bytea), 'tree', %d, g.id, 'vi', 'received', now(), now()
        FROM residential_group g
        """
            .formatted(id));
    StaffClient limited = api.signIn(Role.VIEWER);
    register.execute(
        "INSERT INTO staff_scope SELECT "
            + limited.staffId
            + ", id FROM residential_group WHERE code = 'tdp-1'");
    String whole = operator.get("/staff/assets/" + id).body();
    assertTrue(whole.contains("/staff/plates/" + code) && whole.contains(code.printed()), whole);
    assertTrue(whole.contains("/staff/reports/PA-tdp-1") && whole.contains("PA-tdp-2"), whole);
    String part = limited.get("/staff/assets/" + id).body();
    assertTrue(part.contains("PA-tdp-1"), part);
    assertFalse(part.contains("PA-tdp-2"), part);
    assertFalse(part.contains("/households"), part);
  }

  @Test
  void aMistakeNamesItsField() throws Exception {
    HttpResponse<String> answer =
        operator.json("POST", "/api/v1/assets", TREE.formatted("null").replace("7500", "\"x\""));
    assertEquals(422, answer.statusCode());
    assertEquals("heightMm", RunningApi.parse(answer.body()).path("parameter").asText());
    tree(null);
    HttpResponse<String> twice = operator.json("POST", "/api/v1/assets", TREE.formatted("null"));
    assertEquals("ref", RunningApi.parse(twice.body()).path("parameter").asText());
    assertEquals(400, operator.json("POST", "/api/v1/assets", "[").statusCode());
    assertEquals(
        403,
        api.signIn(Role.VIEWER)
            .json("POST", "/api/v1/assets", TREE.formatted("null"))
            .statusCode());
  }

  @Test
  void whoIsLimitedToAGroupSeesAndChangesNoOther() throws Exception {
    long mine = tree("tdp-1").path("id").asLong();
    long other =
        RunningApi.parse(
                operator
                    .json(
                        "POST", "/api/v1/assets", TREE.formatted("\"tdp-2\"").replace("C-1", "C-2"))
                    .body())
            .path("id")
            .asLong();
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.execute(
        "INSERT INTO staff_scope SELECT "
            + limited.staffId
            + ", id FROM residential_group WHERE code = 'tdp-1'");
    assertEquals(1, RunningApi.parse(limited.get(WARD).body()).path("features").size());
    assertEquals(200, limited.get("/staff/assets/" + mine).statusCode());
    for (String path :
        new String[] {
          "/staff/assets/" + other,
          "/staff/assets/" + other + "/edit",
          "/api/v1/assets/" + other,
          "/staff/assets/merge?a=" + mine + "&b=" + other,
        }) {
      assertEquals(404, limited.get(path).statusCode(), path);
    }
    String theirs = TREE.formatted("\"tdp-2\"").replaceFirst("\\{", "{\"version\":1,");
    assertEquals(404, limited.json("PUT", "/api/v1/assets/" + other, theirs).statusCode());
    assertEquals(422, limited.json("PUT", "/api/v1/assets/" + mine, theirs).statusCode());
    String merge = "{\"version\":1,\"from\":" + other + ",\"fromVersion\":1}";
    assertEquals(
        404, limited.json("POST", "/api/v1/assets/" + mine + "/merge", merge).statusCode());
    String list = limited.get("/staff/assets").body();
    assertTrue(list.contains("/staff/assets/" + mine));
    assertFalse(list.contains("/staff/assets/" + other));
  }

  @Test
  void aDuplicateIsSuggestedAndMergedWithBothHistories() throws Exception {
    long older = tree(null).path("id").asLong();
    Map<String, String> fields = new HashMap<>();
    fields.put("kind", "tree");
    fields.put("lon", "106,07121");
    fields.put("lat", "20,94111");
    fields.put("name", "cay dau ngo");
    HttpResponse<String> asked = operator.post("/staff/assets/new", fields);
    assertEquals(409, asked.statusCode());
    assertTrue(asked.body().contains("Có thể đã có"), asked.body());
    fields.put("not-the-same", "yes");
    HttpResponse<String> made = operator.post("/staff/assets/new", fields);
    assertEquals(303, made.statusCode(), made.body());
    Matcher id =
        Pattern.compile("\\d+").matcher(made.headers().firstValue("Location").orElseThrow());
    assertTrue(id.find());
    String younger = id.group();
    assertTrue(operator.get("/staff/assets/duplicates").body().contains("b=" + younger));
    assertEquals(
        200, operator.get("/staff/assets/merge?a=" + older + "&b=" + younger).statusCode());
    HttpResponse<String> merged =
        operator.post(
            "/staff/assets/merge",
            Map.of(
                "a",
                "" + older,
                "b",
                younger,
                "stays",
                "" + older,
                "version-" + older,
                "1",
                "version-" + younger,
                "1",
                "reason",
                "cùng một cây"));
    assertEquals(303, merged.statusCode(), merged.body());
    String page = operator.get("/staff/assets/" + older).body();
    assertTrue(page.contains("của mục đã gộp") && page.contains("cùng một cây"), page);
    assertTrue(operator.get("/staff/assets/" + younger).body().contains("/staff/assets/" + older));
    assertEquals(1, api.json(WARD).path("features").size());
  }

  @Test
  void aFormThatFailsIsShownAgainWithWhatWasTyped() throws Exception {
    long id = tree("tdp-1").path("id").asLong();
    HttpResponse<String> form = operator.get("/staff/assets/" + id + "/edit");
    assertTrue(form.body().contains("value=\"7,5\""), form.body());
    Map<String, String> fields =
        new HashMap<>(
            Map.of("version", "1", "lon", "106.07", "lat", "20.94", "heightMm", "cao lắm"));
    HttpResponse<String> again = operator.post("/staff/assets/" + id + "/edit", fields);
    assertEquals(422, again.statusCode());
    assertTrue(again.body().contains("cao lắm") && again.body().contains("heightMm-error"));
    assertTrue(again.body().contains("Hãy ghi lý do"), again.body());
    fields.put("heightMm", "8,25");
    fields.put("reason", "đo lại");
    assertEquals(303, operator.post("/staff/assets/" + id + "/edit", fields).statusCode());
    assertTrue(operator.get("/staff/assets/" + id).body().contains("8,25 m"));
    assertEquals(409, operator.post("/staff/assets/" + id + "/edit", fields).statusCode());
  }

  @Test
  void aKindIsAddedAndSwitchedOffByAnAdministrator() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    assertEquals(403, operator.get("/staff/kinds").statusCode());
    Map<String, String> kind =
        Map.of(
            "code", "bench",
            "vi", "Ghế đá",
            "en", "Bench",
            "fields", "[{\"key\":\"seats\",\"type\":\"integer\",\"vi\":\"Chỗ\",\"en\":\"Seats\"}]");
    assertEquals(303, admin.post("/staff/kinds", kind).statusCode());
    assertEquals(422, admin.post("/staff/kinds", kind).statusCode());
    assertTrue(operator.get("/staff/assets/new?kind=bench").body().contains("Chỗ"));
    assertEquals(303, admin.post("/staff/kinds/bench", Map.of("enabled", "no")).statusCode());
    assertEquals(404, operator.get("/staff/assets/new?kind=bench").statusCode());
  }

  @Test
  void theListIsPagedSortedAndFiltered() throws Exception {
    register.execute(
        """
        INSERT INTO asset (kind, lon, lat, number, street, created_at, updated_at)
        SELECT 'house', 106.07, 20.94, i::text, 'Trần Phú', now(), now() FROM generate_series(1, 120) i
        """);
    for (String sort : new String[] {"updated", "name", "street", "ref"}) {
      String path = "/staff/assets?kind=house&sort=" + sort;
      int seen = 0;
      for (int page = 0; page < 3; page++) {
        String body = operator.get(path).body();
        Matcher row = Pattern.compile("<th scope=\"row\">").matcher(body);
        while (row.find()) {
          seen++;
        }
        Matcher next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(body);
        path = next.find() ? next.group(1).replace("&amp;", "&") : path;
      }
      assertEquals(120, seen, sort);
    }
    assertTrue(operator.get("/staff/assets?q=tran%20phu").body().contains("120 tài sản"));
    assertEquals(400, operator.get("/staff/assets?cursor=x").statusCode());
  }
}
