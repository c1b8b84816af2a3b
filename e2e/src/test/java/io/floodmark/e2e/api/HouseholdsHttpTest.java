package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Household data: closed until a reason is given, audited at every look, seen nowhere else. */
final class HouseholdsHttpTest extends ApiOnEachEngine {
  private static final Map<String, String> FIELDS =
      Map.of(
          "headName", "Mốc Đánh Dấu",
          "phone", "0987 654 321",
          "people", "5",
          "elderly", "2",
          "needsHelp", "on",
          "consentOn", "2026-11-20",
          "consentHow", "ký phiếu 77-TDP3");

  private static final Map<String, String> REASON = Map.of("reason", "lập danh sách sơ tán");

  @Test
  void nothingShowsBeforeAReasonIsGivenAndEveryLookIsAudited() throws Exception {
    long house = register.asset("house", 0);
    String path = "/staff/assets/" + house + "/households";
    StaffClient staff = api.signIn(Role.OPERATOR, Right.SEE_HOUSEHOLDS);
    assertEquals(303, staff.post(path + "/add", FIELDS).statusCode());
    String closed = staff.get(path).body();
    assertFalse(closed.contains("Mốc Đánh Dấu"), closed);
    assertEquals(422, staff.post(path, Map.of("reason", "xem")).statusCode());
    assertEquals(
        "0", register.text("SELECT count(*) FROM audit_entry WHERE action = 'household.see'"));

    HttpResponse<String> open = staff.post(path, REASON);
    assertEquals(200, open.statusCode());
    assertTrue(open.body().contains("Mốc Đánh Dấu"), open.body());
    assertEquals("private, no-store", open.headers().firstValue("Cache-Control").orElse(""));
    long id = register.number("SELECT id FROM household");
    assertEquals(
        staff.login + " asset:" + house + " lập danh sách sơ tán " + id,
        register.text(
            """
            SELECT actor || ' ' || subject || ' ' || (detail ->> 'reason') || ' ' || (detail ->> 'households')
            FROM audit_entry WHERE action = 'household.see'
            """));
  }

  @Test
  void aChangeNeedsConsentAndTheVersionThatWasSeen() throws Exception {
    long house = register.asset("house", 0);
    String path = "/staff/assets/" + house + "/households";
    StaffClient staff = api.signIn(Role.OPERATOR, Right.SEE_HOUSEHOLDS);
    Map<String, String> fields = new HashMap<>(FIELDS);
    fields.remove("consentOn");
    HttpResponse<String> without = staff.post(path + "/add", fields);
    assertEquals(422, without.statusCode());
    assertTrue(without.body().contains("Mốc Đánh Dấu"), "what was typed comes back");
    fields.put("consentOn", "2026-11-22");
    assertEquals(422, staff.post(path + "/add", fields).statusCode(), "it is the 21st");
    staff.post(path + "/add", FIELDS);
    long id = register.number("SELECT id FROM household");
    Map<String, String> edit = new HashMap<>(FIELDS);
    edit.put("people", "6");
    edit.put("version", "1");
    assertEquals(303, staff.post(path + "/" + id + "/edit", edit).statusCode());
    assertEquals(409, staff.post(path + "/" + id + "/edit", edit).statusCode());
    assertEquals("6", register.text("SELECT people FROM household"));
  }

  @Test
  void erasingLeavesNoRowAndNoValue() throws Exception {
    long house = register.asset("house", 0);
    String path = "/staff/assets/" + house + "/households";
    StaffClient staff = api.signIn(Role.OPERATOR, Right.SEE_HOUSEHOLDS);
    staff.post(path + "/add", FIELDS);
    long id = register.number("SELECT id FROM household");
    assertEquals(422, staff.post(path + "/" + id + "/erase", Map.of()).statusCode());
    assertEquals(303, staff.post(path + "/" + id + "/erase", Map.of("sure", "on")).statusCode());
    assertEquals("0", register.text("SELECT count(*) FROM household"));
    String audit = register.text("SELECT string_agg(action || detail::text, ' ') FROM audit_entry");
    assertTrue(audit.contains("household.erase"), audit);
    assertFalse(audit.contains("Mốc") || audit.contains("0987"), audit);
  }

  @Test
  void onlyHousesOnlyTheGrantAndOnlyTheScope() throws Exception {
    int own = register.group("tdp-01");
    int other = register.group("tdp-02");
    long house = register.asset("house", other);
    long tree = register.asset("tree", own);
    String path = "/staff/assets/" + house + "/households";
    assertEquals(403, api.signIn(Role.ADMIN).post(path, REASON).statusCode());
    assertEquals(403, api.signIn(Role.ADMIN).get(path).statusCode());
    StaffClient staff = api.signIn(Role.VIEWER, Right.SEE_HOUSEHOLDS);
    register.limit(staff, own);
    assertEquals(404, staff.post(path, REASON).statusCode());
    assertEquals(404, staff.post(path + "/add", FIELDS).statusCode());
    assertEquals(404, staff.post("/staff/assets/" + tree + "/households", REASON).statusCode());
    assertEquals(
        404,
        staff
            .post("/staff/households", Map.of("reason", "sơ tán", "group", "" + other))
            .statusCode());
  }

  @Test
  void theListOfThoseInNeedKeepsToTheScopeAndItsFileIsNoFormula() throws Exception {
    int own = register.group("tdp-01");
    int other = register.group("tdp-02");
    StaffClient all = api.signIn(Role.OPERATOR, Right.SEE_HOUSEHOLDS);
    Map<String, String> mine = new HashMap<>(FIELDS);
    mine.put("headName", "=Của Tôi");
    all.post("/staff/assets/" + register.asset("house", own) + "/households/add", mine);
    all.post("/staff/assets/" + register.asset("house", other) + "/households/add", FIELDS);
    StaffClient staff = api.signIn(Role.VIEWER, Right.SEE_HOUSEHOLDS);
    register.limit(staff, own);
    assertFalse(staff.get("/staff/households").body().contains("Của Tôi"));
    String list = staff.post("/staff/households", REASON).body();
    assertTrue(list.contains("Của Tôi"), list);
    assertFalse(list.contains("Mốc Đánh Dấu"), list);
    HttpResponse<String> file = staff.post("/staff/households/export", REASON);
    assertTrue(file.body().startsWith("\ufeff\"Tổ dân phố\""), file.body());
    assertTrue(
        file.body().contains("\"'=Của Tôi\",\"0987 654 321\",\"5\",\"2\",\"\""), file.body());
    assertEquals(
        "household.export,household.list",
        register.text(
            "SELECT string_agg(action, ',' ORDER BY action) FROM audit_entry WHERE staff_id = "
                + staff.staffId));
  }

  @Test
  void nothingOfItShowsOnAnyOtherRoute() throws Exception {
    long house = register.asset("house", 0);
    StaffClient staff = api.signIn(Role.ADMIN, Right.SEE_HOUSEHOLDS);
    staff.post("/staff/assets/" + house + "/households/add", FIELDS);
    staff.post("/staff/assets/" + house + "/households", REASON);
    for (var route : api.server.routeTable()) {
      if (!route.method().equals("GET") || route.path().equals("/api/v1/live")) {
        continue;
      }
      String path =
          route.path().replace(":id", "" + house).replaceAll(":\\w+", "1").replace("*", "x");
      for (String body : List.of(staff.get(path).body(), api.get(path).body())) {
        assertFalse(
            body.contains("Mốc Đánh Dấu") || body.contains("0987") || body.contains("77-TDP3"),
            path);
      }
    }
    assertFalse(
        register
            .text("SELECT string_agg(e::text, ' ') FROM export_asset e")
            .contains("Mốc Đánh Dấu"));
  }
}
