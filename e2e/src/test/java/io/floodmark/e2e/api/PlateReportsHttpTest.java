package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TaggedWard;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.plate.PlateCode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports that come by a plate, or tell of one that is not as it should be. */
final class PlateReportsHttpTest {
  private static final Pattern REPORT_LINK = Pattern.compile("href=\"/report\\?([^\"]+)\"");

  private RunningApi api;
  private TaggedWard ward;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    ward = new TaggedWard(api.database());
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void theLinkOfEachPlateThatIsNotInOrderLeadsToAFormThatFiles() throws Exception {
    long tree = ward.tree("shade");
    for (PlateCode code :
        new PlateCode[] {
          ward.plate(tree, "revoked"), ward.plate(null, "made"), ward.unused(),
        }) {
      Map<String, String> asked = linkOf("/q/" + code.value());
      assertEquals("plate", asked.get("category"));
      HttpResponse<String> form = api.get("/report?" + encoded(asked));
      assertEquals(200, form.statusCode());
      assertFalse(form.body().contains("Chưa gửi được"), form.body());
      assertEquals(303, file(asked).statusCode(), code.value());
      String text = query("SELECT text FROM report ORDER BY id DESC LIMIT 1");
      assertTrue(text.startsWith("Biển lạ\nMã trên biển: " + code.printed()), text);
    }
    assertEquals("0", query("SELECT count(asset_id) + count(lon) FROM report"));
    assertEquals(
        "1", query("SELECT count(*) FROM report WHERE text LIKE '%không có trong sổ biển%'"));
  }

  @Test
  void whatStandsOnAForgedPlateIsKeptAsItWasTyped() throws Exception {
    assertEquals("plate", linkOf("/q/KHONGPHAI").get("category"));
    assertTrue(api.get("/report?category=plate").body().contains("name=\"code\""));
    assertEquals(303, file(Map.of("category", "plate", "code", "QUÉT-NGAY 123")).statusCode());
    assertTrue(query("SELECT text FROM report").contains("QUÉT-NGAY 123"));
    assertEquals(422, file(Map.of("category", "plate", "code", "a\u202Eb")).statusCode());
    assertEquals(422, file(Map.of("category", "plate", "code", "a".repeat(41))).statusCode());
    assertEquals(422, file(Map.of("category", "tree", "code", "QUÉT-NGAY 123")).statusCode());
    assertEquals("1", query("SELECT count(*) FROM report"));
  }

  @Test
  void codesThatNoPlateHasCountAsGuessesAndThoseOfPlatesDoNot() throws Exception {
    PlateCode blank = ward.plate(null, "made");
    api.get("/report?category=plate&code=" + blank.value());
    assertEquals("0", query("SELECT count(*) FROM wrong_guess WHERE kind = 'plate.address'"));
    for (int i = 0; i < 25; i++) {
      api.get("/report?category=plate&code=" + ward.unused().value());
    }
    assertEquals(
        "true",
        query("SELECT (failures > 20)::text FROM wrong_guess WHERE kind = 'plate.address'"));
    PlateCode good = ward.plate(ward.tree("shade"), "mounted");
    assertFalse(
        api.get("/report?category=plate&code=" + good.value()).body().contains("Phượng vĩ"),
        "nothing is looked up for who guesses");
    assertEquals(
        303, file(Map.of("category", "plate", "code", good.value())).statusCode(), "but filed");
    assertEquals("0", query("SELECT count(asset_id) FROM report"));
    assertEquals(422, file(Map.of("category", "tree", "code", ward.unused().value())).statusCode());
  }

  @Test
  void aPlateOnAThingThatWasMergedTwiceFilesOnTheOneThatIsLeft() throws Exception {
    long first = ward.tree("shade");
    long second = ward.tree("shade");
    long left = ward.house();
    merge(first, second);
    merge(second, left);
    PlateCode code = ward.plate(first, "mounted");
    assertTrue(api.get("/report?code=" + code.value()).body().contains("12/5A Nguyễn Văn Linh"));
    assertEquals(303, file(Map.of("category", "other", "code", code.value())).statusCode());
    assertEquals("" + left, query("SELECT asset_id FROM report"));
    assertEquals(
        "true",
        query(
            "SELECT (r.group_id = a.group_id)::text"
                + " FROM report r JOIN asset a ON a.id = r.asset_id"));
  }

  private void merge(long from, long into) throws SQLException {
    query("UPDATE asset SET merged_into = " + into + " WHERE id = " + from + " RETURNING id");
  }

  private Map<String, String> linkOf(String path) throws Exception {
    Matcher link = REPORT_LINK.matcher(api.get(path).body());
    assertTrue(link.find(), path);
    Map<String, String> asked = new LinkedHashMap<>();
    for (String pair : link.group(1).replace("&amp;", "&").split("&", -1)) {
      String[] parts = pair.split("=", 2);
      asked.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return asked;
  }

  private HttpResponse<String> file(Map<String, String> asked) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(asked);
    fields.put("text", "Biển lạ");
    return api.send(
        HttpRequest.newBuilder(api.address("/report"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
            .build());
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = api.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }
}
