package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TaggedWard;
import io.floodmark.plate.PlateCode;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a plate, as a phone asks for it. */
final class TagPageHttpTest extends ApiOnEachEngine {
  private static final int FIRST_ANSWER_BYTES_MAX = 13_000;

  private TaggedWard ward;

  @BeforeEach
  void prepare() throws Exception {
    ward = new TaggedWard(api.database());
  }

  @Test
  void aHouseShowsItsAddressTheWaterAndWhoCanStillPass() throws Exception {
    PlateCode code = ward.plate(ward.house(), "mounted");
    ward.reading(
        ward.sensor("bvd-03", "Ngã tư Bần", 180),
        RunningApi.NOON.minus(Duration.ofMinutes(2)),
        142,
        3,
        6.5);
    String page = page(code.value());
    says(page, "12/5A Nguyễn Văn Linh", "Tổ dân phố 3", "17915-8GQ4VP", "Ngã tư Bần");
    says(page, "Mức 3: Nguy hiểm", "Sâu 32 cm", "0,7 cm mỗi phút", "2 phút trước, lúc 11:58");
    assertEquals(
        List.of("care", "no", "no", "no", "no", "yes"), verdicts(page), "as in the contract");
    says(page, "tel:112", "tel:113", "tel:114", "tel:115");
    says(page, "/report?lang=vi&amp;code=" + code.value() + "&amp;category=flood");
    String english = page(code.value() + "?lang=en");
    says(english, "lang=\"en\"", "Level 3: Danger", "32 cm deep", "House", "do not go");
  }

  @Test
  void aTreeShowsItsNamesAgeConditionAndCare() throws Exception {
    PlateCode code = ward.plate(ward.tree("old"), "mounted");
    String page = page(code.value());
    says(page, "Phượng vĩ", "Delonix regia", "Khoảng 28 tuổi (trồng năm 1998)", "42,5 cm", "9,5 m");
    says(page, "Cây bình thường", "Cây cổ thụ", "2/10/2026", "Tưới nước, 10/11/2026");
    says(page, "Không đóng đinh", "category=tree", "Không có điểm đo nước nào");
    assertFalse(page.contains("Nguy cơ"), "the risk is for staff");
    says(
        page(code.value() + "?lang=en"),
        "About 28 years old",
        "42.5 cm",
        "Watering, 10 Nov 2026",
        "<p class=\"latin\" lang=\"la\">Delonix regia</p>");
  }

  @Test
  void anyOtherKindShowsItsPublicFieldsAndNoOthers() throws Exception {
    PlateCode drain =
        ward.plate(ward.thing("drain", "{\"condition\":\"poor\",\"coverMm\":600}"), "mounted");
    String page = page(drain.value());
    says(page, "Vật thử", "Hố ga, cống", "Tình trạng", "Tắc", "/report?");
    assertFalse(page.contains("60 cm"), "the cover's size is not public");
    PlateCode shelter = ward.plate(ward.thing("shelter", "{\"places\":1200}"), "mounted");
    says(page(shelter.value() + "?lang=en"), "Places", "1,200");
  }

  @Test
  void aCodeIsReadAsPeopleTypeIt() throws Exception {
    PlateCode code = ward.plate(ward.tree("shade"), "mounted");
    for (String typed :
        List.of(
            code.value().toLowerCase(Locale.ROOT),
            code.printed(),
            code.value().replace('0', 'o').replace('1', 'l'),
            code.value().replace('0', 'O').replace('1', 'I'))) {
      for (String path : List.of("/q/", "/Q/")) {
        HttpResponse<String> answer = api.get(path + typed);
        assertEquals(200, answer.statusCode(), path + typed);
        says(answer.body(), code.printed());
      }
    }
  }

  @Test
  void aDrySensorPromisesNothingOfTheLowPoint() throws Exception {
    PlateCode code = ward.plate(ward.house(), "mounted");
    int sensor = ward.sensor("dry", "Chợ Bần", 180);
    ward.reading(sensor, RunningApi.NOON, 10, 0, 0);
    String page = page(code.value());
    says(page, "Cảm biến khô, chỗ trũng chưa rõ", "từ 0 đến 18 cm");
    assertEquals(
        List.of("unknown", "unknown", "unknown", "unknown", "unknown", "yes"), verdicts(page));
    ward.insert("UPDATE sensor SET low_point_delta_mm = 80 RETURNING 1");
    page = page(code.value());
    says(page, "Cảm biến chưa thấy nước", "từ 0 đến 8 cm");
    assertEquals(List.of("yes", "yes", "yes", "yes", "yes", "yes"), verdicts(page));
  }

  @Test
  void aSensorThatSaysNothingIsCalledUnknown() throws Exception {
    PlateCode code = ward.plate(ward.house(), "mounted");
    int sensor = ward.sensor("quiet", "Chợ Bần", 0);
    says(page(code.value()), "Chưa rõ: cảm biến mới lắp", "Chưa có số đo nào");
    ward.reading(sensor, RunningApi.NOON.minus(Duration.ofHours(3)), 10, 0, 0);
    String page = page(code.value());
    says(page, "Chưa rõ: cảm biến mất tín hiệu", "Đo lúc 09:00 hôm nay", "Hiện không biết");
    assertEquals(
        List.of("unknown", "unknown", "unknown", "unknown", "unknown", "unknown"), verdicts(page));
    ward.reading(sensor, RunningApi.NOON, 10, 0, 0);
    ward.insert(
        """
        INSERT INTO sensor_status (sensor_id, status, by_will, since) VALUES (?, 'offline', true, ?) RETURNING 1
        """,
        sensor,
        RunningApi.NOON.plusSeconds(1));
    says(page(code.value()), "Chưa rõ: cảm biến đã ngắt kết nối");
    ward.insert("DELETE FROM sensor_status RETURNING 1");
    ward.insert("UPDATE sensor_state SET qc = 4 RETURNING 1");
    says(page(code.value()), "số liệu mới nhất bị nghi sai");
    ward.insert("UPDATE sensor SET lat = lat + 0.014 RETURNING 1");
    says(page(code.value()), "Không có điểm đo nước nào");
  }

  @Test
  void whereTheNearestSensorIsSilentTheNextOneThatIsNotIsOfferedWithItsDistance() throws Exception {
    PlateCode code = ward.plate(ward.house(), "mounted");
    ward.sensor("quiet", "Chợ Bần", 0);
    int next = ward.sensor("loud", "Ngã tư Phố Nối", 0);
    ward.insert("UPDATE sensor SET lat = lat + 0.0063 WHERE code = 'loud' RETURNING 1");
    assertFalse(page(code.value()).contains("Phố Nối"), "that one has not said anything either");
    ward.reading(next, RunningApi.NOON, 142, 2, 0);
    says(
        page(code.value()),
        "Chưa rõ: cảm biến mới lắp",
        "Điểm đo khác gần đây đang có tín hiệu",
        "Ngã tư Phố Nối",
        "680 m",
        "Mức 2: Cảnh báo",
        "Nước ở ngay đây có thể khác.");
    ward.insert("UPDATE sensor SET lat = lat + 0.01 WHERE code = 'loud' RETURNING 1");
    assertFalse(page(code.value()).contains("Phố Nối"), "that one is too far away");
  }

  @Test
  void eachEndOfAPlateIsToldApartFromACodeThatNeverWas() throws Exception {
    long tree = ward.tree("shade");
    assertAnswer(410, "đã báo mất", ward.plate(tree, "lost").value());
    assertAnswer(410, "đã bị thu hồi", ward.plate(tree, "revoked").value());
    assertAnswer(410, "đã được thay", ward.plate(tree, "replaced").value());
    assertAnswer(200, "Biển này chưa dùng", ward.plate(null, "made").value());
    assertAnswer(404, "Không có biển nào mang mã này", ward.unused().value());
    assertAnswer(404, "Mã này chưa đúng", "KHONGPHAI");
    String code = ward.unused().value();
    char last = code.charAt(9) == '7' ? '8' : '7';
    assertAnswer(404, "Mã này chưa đúng", code.substring(0, 9) + last);
  }

  @Test
  void aPlateNotYetMountedLeadsToItsThingAndStaffToMounting() throws Exception {
    PlateCode code = ward.plate(ward.tree("shade"), "printed");
    says(page(code.value()), "chưa được ghi nhận là đã gắn", "Phượng vĩ");
    String mount = "/staff/plates/" + code.value() + "/mount";
    assertFalse(page(code.value()).contains(mount));
    says(api.signIn(Role.OPERATOR).get("/q/" + code.value()).body(), mount);
  }

  @Test
  void aMergedThingLeadsToTheOneItWasFoundToBe() throws Exception {
    long kept = ward.tree("shade");
    long duplicate = ward.thing("tree", "{\"commonName\":\"Cây trùng\"}");
    ward.care(duplicate, "pruning", "2026-11-15");
    PlateCode code = ward.plate(duplicate, "mounted");
    ward.insert("UPDATE asset SET merged_into = ? WHERE id = ? RETURNING 1", kept, duplicate);
    says(page(code.value()), "Phượng vĩ", "Cắt tỉa, 15/11/2026");
    long end = ward.thing("tree", "{\"commonName\":\"Cây sau cùng\"}");
    ward.insert("UPDATE asset SET merged_into = ? WHERE id = ? RETURNING 1", end, kept);
    says(page(code.value()), "Cây sau cùng", "Cắt tỉa, 15/11/2026");
  }

  @Test
  void aHouseShowsNeitherItsNameNorItsPlaceWhichMayBePeoples() throws Exception {
    long house = ward.thing("house", "{}");
    String written = "UPDATE asset SET name = 'Nhà bà Mơ', place = 'cạnh nhà ông Lê' WHERE id = ?";
    ward.insert(written + " RETURNING 1", house);
    PlateCode code = ward.plate(house, "mounted");
    String nameless = page(code.value());
    says(nameless, "<h1>Nhà</h1>");
    ward.insert(
        "UPDATE asset SET number = '7', street = 'Phố Bần' WHERE id = ? RETURNING 1", house);
    String addressed = page(code.value());
    says(addressed, "7 Phố Bần");
    for (String page : List.of(nameless, addressed)) {
      assertFalse(page.contains("bà Mơ") || page.contains("ông Lê"), page);
    }
    long drain = ward.thing("drain", "{}");
    ward.insert(written.replace("bà Mơ", "văn hóa") + " RETURNING 1", drain);
    says(page(ward.plate(drain, "mounted").value()), "Nhà văn hóa", "cạnh nhà ông Lê");
  }

  @Test
  void noPersonIsNamedAndNothingInternalIsSaid() throws Exception {
    for (PlateCode code :
        List.of(
            ward.plate(ward.house(), "mounted"),
            ward.plate(ward.tree("danger"), "mounted"),
            ward.plate(ward.thing("drain", "{\"note\":\"Bí mật\"}"), "mounted"))) {
      for (String language : List.of("vi", "en")) {
        String page = page(code.value() + "?lang=" + language);
        for (String secret :
            List.of(
                TaggedWard.SECRET, "0912345678", "0987654321", "Nhà ở", "dwelling", "Dwelling")) {
          assertFalse(page.contains(secret), secret);
        }
      }
    }
  }

  @Test
  void onlyPhotosReleasedToEverybodyAreShown() throws Exception {
    long tree = ward.tree("shade");
    ward.photo(tree, "releasedReleasedReleas", true);
    ward.photo(tree, "internalInternalIntern", false);
    String page = page(ward.plate(tree, "mounted").value());
    says(page, "/photos/releasedReleasedReleas/preview", "alt=\"Cây nhìn từ cổng trường\"");
    assertFalse(page.contains("internalInternalIntern"));
    assertEquals(200, api.get("/photos/releasedReleasedReleas/preview").statusCode());
    assertEquals(404, api.get("/photos/internalInternalIntern").statusCode());
  }

  @Test
  void theFirstAnswerIsSmallWholeAndAllowsNothingElse() throws Exception {
    ward.reading(ward.sensor("wet", "Ngã tư Bần", 180), RunningApi.NOON, 142, 3, 6.5);
    for (long thing : new long[] {ward.house(), ward.tree("danger")}) {
      PlateCode code = ward.plate(thing, "mounted");
      for (String language : List.of("vi", "en")) {
        String path = "/Q/" + code.value() + "?lang=" + language;
        HttpResponse<byte[]> packed = api.getBytes(path, "Accept-Encoding", "gzip");
        assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
        int head =
            packed.headers().map().entrySet().stream()
                .mapToInt(
                    header ->
                        header.getValue().stream()
                            .mapToInt(value -> header.getKey().length() + value.length() + 4)
                            .sum())
                .sum();
        int bytes = head + packed.body().length;
        assertTrue(bytes <= FIRST_ANSWER_BYTES_MAX, bytes + " bytes");
        HttpResponse<String> answer = api.get(path);
        assertEquals(
            "default-src 'none'; style-src 'sha256-"
                + hash(between(answer.body(), "<style>", "</style>"))
                + "'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            answer.headers().firstValue("Content-Security-Policy").orElseThrow());
        assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElseThrow());
        assertFalse(
            Pattern.compile("<script|\\son\\w+=|style=|https?://|[\"(]//", Pattern.CASE_INSENSITIVE)
                .matcher(answer.body())
                .find());
        says(answer.body(), "<meta name=\"robots\" content=\"noindex, nofollow\">");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, api.get(path, "If-None-Match", tag).statusCode());
      }
    }
  }

  @Test
  void wrongCodesSlowTheirAddressDownAndRightOnesNever() throws Exception {
    PlateCode right = ward.plate(ward.tree("shade"), "mounted");
    for (int i = 0; i < 50; i++) {
      page(right.value());
    }
    for (int i = 0; i < 21; i++) {
      assertEquals(404, api.get("/q/" + ward.unused()).statusCode(), "wrong code " + i);
    }
    HttpResponse<String> blocked = api.get("/q/" + right);
    assertEquals(429, blocked.statusCode());
    assertEquals("1", blocked.headers().firstValue("Retry-After").orElseThrow());
    says(blocked.body(), "Xin đợi một lát", "tel:114", "/report?");
    api.clock.advance(Duration.ofMillis(1_100));
    page(right.value());
    assertEquals(404, api.get("/q/sai").statusCode());
    assertEquals(429, api.get("/q/sai").statusCode());
    api.clock.advance(Duration.ofMillis(1_500));
    assertEquals(429, api.get("/q/" + right).statusCode(), "the second block is longer");
    api.clock.advance(Duration.ofHours(25));
    assertEquals(404, api.get("/q/sai").statusCode());
    page(right.value());
  }

  private String page(String codeAndQuery) throws Exception {
    HttpResponse<String> answer = api.get("/Q/" + codeAndQuery);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private void assertAnswer(int status, String words, String code) throws Exception {
    HttpResponse<String> answer = api.get("/q/" + code);
    assertEquals(status, answer.statusCode(), code);
    says(answer.body(), words, "href=\"/\"", "/report?lang=vi", "tel:115");
    says(api.get("/q/" + code + "?lang=en").body(), "lang=\"en\"", "Emergency");
  }

  private static void says(String page, String... words) {
    for (String word : words) {
      assertTrue(page.contains(word), word + " in " + page.substring(page.indexOf("<body>")));
    }
  }

  private static List<String> verdicts(String page) {
    Matcher verdict = Pattern.compile("<li class=\"p-(\\w+)\">").matcher(page);
    return verdict.results().map(found -> found.group(1)).toList();
  }

  private static String between(String page, String start, String end) {
    return page.substring(page.indexOf(start) + start.length(), page.indexOf(end));
  }

  private static String hash(String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
