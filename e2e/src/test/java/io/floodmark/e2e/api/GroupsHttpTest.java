package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Residential groups and their people in charge. */
final class GroupsHttpTest extends ApiOnEachEngine {
  @Test
  void anAdminAddsAGroupWithItsPeopleAndThePublicLearnsCodeAndNameOnly() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    HttpResponse<String> added =
        admin.post("/staff/groups", Map.of("code", "tdp-03", "name", "Tổ dân phố số 3"));
    assertEquals(303, added.statusCode(), added.body());
    long id = register.number("SELECT id FROM residential_group");
    Map<String, String> person =
        Map.of("personName", "Trần Thị Dấu", "duty", "Tổ trưởng", "phone", "0912 345 678");
    assertEquals(303, admin.post("/staff/groups/" + id + "/people", person).statusCode());
    String page = admin.get("/staff/groups/" + id).body();
    assertTrue(page.contains("Trần Thị Dấu") && page.contains("0912 345 678"), page);

    String open = api.json("/api/v1/groups").toString();
    assertEquals("{\"groups\":[{\"code\":\"tdp-03\",\"name\":\"Tổ dân phố số 3\"}]}", open);
    String audit = register.text("SELECT string_agg(action || detail::text, ' ') FROM audit_entry");
    assertTrue(audit.contains("group.person.add"), audit);
    assertFalse(audit.contains("0912") || audit.contains("Dấu"), audit);
  }

  @Test
  void aRetiredGroupIsNoLongerOfferedAndCanComeBack() throws Exception {
    int id = register.group("tdp-01");
    StaffClient admin = api.signIn(Role.ADMIN);
    admin.post("/staff/groups/" + id + "/retire", Map.of("retired", "yes"));
    assertEquals("{\"groups\":[]}", api.json("/api/v1/groups").toString());
    admin.post("/staff/groups/" + id + "/retire", Map.of("retired", "no"));
    assertTrue(api.json("/api/v1/groups").toString().contains("tdp-01"));
  }

  @Test
  void aFormWithMistakesComesBackWithWhatWasTyped() throws Exception {
    register.group("tdp-01");
    StaffClient admin = api.signIn(Role.ADMIN);
    HttpResponse<String> taken =
        admin.post("/staff/groups", Map.of("code", "tdp-01", "name", "Tổ <b>mới</b>"));
    assertEquals(422, taken.statusCode());
    assertTrue(taken.body().contains("Tổ &lt;b>mới&lt;/b>"), taken.body());
    assertTrue(taken.body().contains("Mã này đã có tổ khác dùng."), taken.body());
    assertEquals(422, admin.post("/staff/groups", Map.of("code", "tổ 3", "name", "")).statusCode());
  }

  @Test
  void othersSeeButDoNotChangeAndPeopleOfOtherGroupsStayHidden() throws Exception {
    int own = register.group("tdp-01");
    int other = register.group("tdp-02");
    register.execute(
        "INSERT INTO group_person (group_id, name, duty) VALUES (%d, 'Của Tôi', 'Tổ trưởng'), (%d, 'Của Họ', 'Tổ trưởng')"
            .formatted(own, other));
    StaffClient operator = api.signIn(Role.OPERATOR);
    register.limit(operator, own);
    String list = operator.get("/staff/groups").body();
    assertTrue(list.contains("Của Tôi"), list);
    assertFalse(list.contains("Của Họ"), list);
    assertFalse(operator.get("/staff/groups/" + other).body().contains("Của Họ"));
    assertEquals(
        403, operator.post("/staff/groups", Map.of("code", "x", "name", "X")).statusCode());
    assertEquals(401, api.get("/staff/groups/" + own, "Accept", "application/json").statusCode());
  }
}
