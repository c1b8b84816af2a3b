package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fields of a kind are renamed, added and retired, and no value is lost by it. */
final class KindsHttpTest {
  private static final String FIELDS =
      """
      [{"key":"material","type":"text","vi":"Vật liệu","en":"Material","public":true,"max":40},
       {"key":"seats","type":"integer","vi":"Chỗ ngồi","en":"Seats","required":true,"min":1,"max":20}]
      """;

  private RunningApi api;
  private Register register;
  private StaffClient admin;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    register = new Register(api.database());
    admin = api.signIn(Role.ADMIN);
    assertEquals(
        303,
        admin
            .post(
                "/staff/kinds",
                Map.of("code", "bench", "vi", "Ghế đá", "en", "Bench", "fields", FIELDS))
            .statusCode());
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void aRetiredFieldIsAskedForNoMoreAndKeepsItsValues() throws Exception {
    long bench = register.asset("bench", 0);
    register.execute(
        "UPDATE asset SET details = '{\"material\":\"đá hoa\",\"seats\":3}' WHERE id = " + bench);
    Map<String, String> form = form();
    form.put("retired-material", "1");
    form.put("vi-seats", "Số chỗ ngồi");
    assertEquals(303, admin.post("/staff/kinds/bench/fields", form).statusCode());

    String fresh = admin.get("/staff/assets/new?kind=bench").body();
    assertFalse(fresh.contains("name=\"material\""), fresh);
    assertTrue(fresh.contains("Số chỗ ngồi"), fresh);
    String edit = admin.get("/staff/assets/" + bench + "/edit").body();
    assertTrue(edit.contains("đá hoa"), edit);
    assertTrue(admin.get("/staff/assets/" + bench).body().contains("đá hoa"));
    assertEquals(
        "text",
        register.text(
            "SELECT fields -> 0 ->> 'type' FROM asset_kind WHERE code = 'bench' AND fields -> 0 -> 'retired' = 'true'"));
  }

  @Test
  void aFieldIsAddedOnceAndAMistakeIsToldInThePagesLanguage() throws Exception {
    String field =
        "{\"key\":\"backrest\",\"type\":\"yesno\",\"vi\":\"Lưng tựa\",\"en\":\"Backrest\"}";
    assertEquals(303, admin.post("/staff/kinds/bench/add", Map.of("field", field)).statusCode());
    assertTrue(admin.get("/staff/assets/new?kind=bench").body().contains("Lưng tựa"));
    HttpResponse<String> again = admin.post("/staff/kinds/bench/add", Map.of("field", field));
    assertEquals(422, again.statusCode());
    assertTrue(again.body().contains("đã có: mỗi khóa chỉ dùng một lần"), again.body());
    HttpResponse<String> english =
        admin.post("/staff/kinds/bench/add?lang=en", Map.of("field", "{\"key\":"));
    assertEquals(422, english.statusCode());
    assertTrue(english.body().contains("This is no JSON: look at line 1."), english.body());
    assertTrue(english.body().contains("{&#34;key&#34;:") || english.body().contains("{\"key\":"));
  }

  @Test
  void aKindThatThereIsNotCannotBeSwitchedAndNothingIsNoted() throws Exception {
    String noted = "SELECT count(*) FROM audit_entry";
    long before = register.number(noted);
    assertEquals(404, admin.post("/staff/kinds/NOSUCH", Map.of("enabled", "yes")).statusCode());
    assertEquals(before, register.number(noted));
    assertEquals(303, admin.post("/staff/kinds/bench", Map.of()).statusCode());
    assertEquals(before + 1, register.number(noted));
  }

  @Test
  void aNameThatIsMissingChangesNothing() throws Exception {
    Map<String, String> form = form();
    form.put("vi-seats", "Chỗ");
    form.put("en-material", "");
    assertEquals(422, admin.post("/staff/kinds/bench/fields", form).statusCode());
    assertEquals(
        "Chỗ ngồi",
        register.text("SELECT fields -> 1 ->> 'vi' FROM asset_kind WHERE code = 'bench'"));
    assertEquals(404, admin.get("/staff/kinds/statue").statusCode());
    assertEquals(404, admin.post("/staff/kinds/statue/fields", form).statusCode());
  }

  private static Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    form.put("vi", "Ghế đá");
    form.put("en", "Bench");
    form.put("vi-material", "Vật liệu");
    form.put("en-material", "Material");
    form.put("vi-seats", "Chỗ ngồi");
    form.put("en-seats", "Seats");
    form.put("required-seats", "1");
    return form;
  }
}
