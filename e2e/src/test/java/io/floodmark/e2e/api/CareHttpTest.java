package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The care record: only ever added to, corrected by entries, sealed by the database. */
final class CareHttpTest extends ApiOnEachEngine {
  private static final Map<String, String> INSPECTION =
      Map.of(
          "kind", "inspection",
          "doneOn", "2026-11-20",
          "signer", "Công ty Cây xanh",
          "findings", "Cành khô trên đường",
          "condition", "poor",
          "risk", "high",
          "nextDue", "2026-12-01");

  private HttpResponse<String> enter(StaffClient staff, long asset, Map<String, String> fields)
      throws Exception {
    return staff.postFiles("/staff/assets/" + asset + "/care", fields, List.of());
  }

  @Test
  void anInspectionIsEnteredAndSaysOfTheTreeHowItStands() throws Exception {
    long tree = register.asset("tree", 0);
    StaffClient staff = api.signIn(Role.OPERATOR);
    HttpResponse<String> answer = enter(staff, tree, INSPECTION);
    assertEquals(303, answer.statusCode(), answer.body());
    String page = staff.get("/staff/assets/" + tree + "/care").body();
    assertTrue(page.contains("Sổ nguyên vẹn") && page.contains("Công ty Cây xanh"), page);
    assertEquals(
        "poor high 2",
        register.text(
            """
            SELECT concat_ws(' ', details ->> 'condition', details ->> 'risk', version)
            FROM asset
            """));
    assertEquals(
        "[\"good\", \"poor\"]",
        register.text("SELECT changes -> 'condition' FROM asset_history WHERE action = 'edited'"));
    String due = staff.get("/staff/care/due").body();
    assertTrue(due.contains("12/5A Phố Bần") && due.contains("01/12/2026"), due);
  }

  @Test
  void anOlderInspectionEnteredLaterDoesNotSpeakForTheTree() throws Exception {
    long tree = register.asset("tree", 0);
    StaffClient staff = api.signIn(Role.OPERATOR);
    enter(staff, tree, INSPECTION);
    Map<String, String> older = new HashMap<>(INSPECTION);
    older.put("doneOn", "2026-01-05");
    older.put("nextDue", "2026-02-05");
    older.put("condition", "good");
    enter(staff, tree, older);
    assertEquals("poor", register.text("SELECT details ->> 'condition' FROM asset"));
    assertFalse(staff.get("/staff/care/due").body().contains("05/02/2026"));
  }

  @Test
  void aCorrectionIsAnEntryOfItsOwnAndOnlyOne() throws Exception {
    long tree = register.asset("tree", 0);
    StaffClient staff = api.signIn(Role.OPERATOR);
    enter(staff, tree, INSPECTION);
    long first = register.number("SELECT min(id) FROM care_record");
    Map<String, String> correction = new HashMap<>(INSPECTION);
    correction.put("corrects", "" + first);
    correction.put("condition", "fair");
    assertEquals(303, enter(staff, tree, correction).statusCode());
    assertEquals(409, enter(staff, tree, correction).statusCode());
    String page = staff.get("/staff/assets/" + tree + "/care").body();
    assertTrue(page.contains("Đã được đính chính bởi mục " + (first + 1)), page);
    assertTrue(page.contains("class=\"facts struck\""), page);
    assertEquals("fair", register.text("SELECT details ->> 'condition' FROM asset"));
    Map<String, String> elsewhere = new HashMap<>(correction);
    long other = register.asset("tree", 0);
    assertEquals(404, enter(staff, other, elsewhere).statusCode());
  }

  @Test
  void whatIsImpossibleIsRefusedWithTheFieldNamed() throws Exception {
    long tree = register.asset("tree", 0);
    StaffClient staff = api.signIn(Role.OPERATOR);
    for (var wrong :
        Map.of(
                "doneOn",
                "2026-11-22",
                "kind",
                "nothing",
                "signer",
                "",
                "nextDue",
                "2026-11-20",
                "risk",
                "sure")
            .entrySet()) {
      Map<String, String> fields = new HashMap<>(INSPECTION);
      fields.put(wrong.getKey(), wrong.getValue());
      HttpResponse<String> answer = enter(staff, tree, fields);
      assertEquals(422, answer.statusCode(), wrong.getKey());
      assertTrue(answer.body().contains("href=\"#f-" + wrong.getKey() + "\""), wrong.getKey());
    }
    assertEquals("0", register.text("SELECT count(*) FROM care_record"));
  }

  @Test
  void viewersReadAndOthersKeepToTheirGroups() throws Exception {
    int own = register.group("tdp-01");
    long tree = register.asset("tree", 0);
    assertEquals(403, enter(api.signIn(Role.VIEWER), tree, INSPECTION).statusCode());
    assertEquals(200, api.signIn(Role.VIEWER).get("/staff/assets/" + tree + "/care").statusCode());
    enter(api.signIn(Role.OPERATOR), tree, INSPECTION);
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.limit(limited, own);
    assertEquals(404, limited.get("/staff/assets/" + tree + "/care").statusCode());
    assertEquals(404, limited.get("/staff/assets/" + tree + "/care/print").statusCode());
    assertEquals(404, enter(limited, tree, INSPECTION).statusCode());
    assertFalse(limited.get("/staff/care/due").body().contains("12/5A"));
  }

  @Test
  void theDatabaseRefusesToRewriteIt() throws Exception {
    long tree = register.asset("tree", 0);
    enter(api.signIn(Role.OPERATOR), tree, INSPECTION);
    for (String sql :
        List.of(
            "UPDATE care_record SET findings = 'nothing'",
            "DELETE FROM care_record",
            "TRUNCATE care_record")) {
      SQLException refused = assertThrows(SQLException.class, () -> register.execute(sql));
      assertEquals("23001", refused.getSQLState(), sql);
    }
  }

  @Test
  void whoeverRewritesItWithTheTriggersOffBreaksTheChain() throws Exception {
    long tree = register.asset("tree", 0);
    StaffClient staff = api.signIn(Role.OPERATOR);
    enter(staff, tree, INSPECTION);
    enter(staff, tree, INSPECTION);
    long first = register.number("SELECT min(id) FROM care_record");
    register.execute("ALTER TABLE care_record DISABLE TRIGGER USER");
    register.execute("UPDATE care_record SET findings = 'nothing' WHERE id = " + first);
    register.execute("ALTER TABLE care_record ENABLE TRIGGER USER");
    assertEquals(
        "" + first, register.text("SELECT string_agg(id::text, ',') FROM care_record_broken"));
    String page = staff.get("/staff/assets/" + tree + "/care").body();
    assertTrue(page.contains("Sổ không còn nguyên vẹn: 1 mục"), page);
    register.execute("ALTER TABLE care_record DISABLE TRIGGER USER");
    register.execute("DELETE FROM care_record WHERE id = " + first);
    register.execute("ALTER TABLE care_record ENABLE TRIGGER USER");
    assertEquals("1", register.text("SELECT count(*) FROM care_record_broken"), "a gap");
  }

  @Test
  void entriesWrittenAtOnceKeepOneChain() throws Exception {
    long tree = register.asset("tree", 0);
    String sql =
        """
        INSERT INTO care_record (asset_id, kind, done_on, recorded_at, actor, signer)
        VALUES (%d, 'watering', '2026-11-20', now(), 'test', 'test')
        """
            .formatted(tree);
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> written = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        written.add(
            writers.submit(
                () -> {
                  register.execute(sql);
                  return null;
                }));
      }
      for (Future<?> one : written) {
        one.get();
      }
    } finally {
      writers.shutdownNow();
    }
    assertEquals("40", register.text("SELECT count(DISTINCT seal) FROM care_record"));
    assertEquals("0", register.text("SELECT count(*) FROM care_record_broken"));
  }
}
