package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.staff.Role;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The four scores and the worklist, over records whose faults are known. */
final class QualityHttpTest extends ApiOnEachEngine {
  private static final String FULL_TREE =
      """
      {"species":"Delonix regia","commonName":"Phượng vĩ","trunkDiameterMm":300,"heightMm":8000,
       "plantedYear":1998,"condition":"good","risk":"low","decreeCategory":"shade"}""";

  private static final String FIELD_SET =
      """
      UPDATE asset_kind SET fields =
        (SELECT jsonb_agg(CASE WHEN f ->> 'key' = 'risk' THEN f || '{"%s":true}' ELSE f END)
         FROM jsonb_array_elements(fields) f)
      WHERE code = 'tree'""";

  @BeforeEach
  void prepare() throws Exception {
    register.execute(
        "INSERT INTO residential_group (code, name) VALUES ('t1', 'Tổ 1'), ('t2', 'Tổ 2')");
  }

  @Test
  void eachFaultLowersTheScoreThatItBelongsTo() throws Exception {
    tree("OK", "t1", 106.0701, FULL_TREE, "now() - interval '1 day'", "now()");
    tree("UNCHECKED", "t1", 106.0702, FULL_TREE, "NULL", "now()");
    tree("STALE", "t1", 106.0703, FULL_TREE, "NULL", "now() - interval '400 days'");
    tree("BARE", "t1", 106.0704, "{}", "now()", "now()");
    tree("WRONG", "t1", 106.0705, FULL_TREE.replace("300", "999999"), "now()", "now()");
    tree("TWIN-A", "t2", 106.0706, FULL_TREE, "now()", "now()");
    tree("TWIN-B", "t2", 106.0706, FULL_TREE, "now()", "now()");
    JsonNode group1 = score(Role.VIEWER, "tree", "t1");
    assertEquals(5, group1.get("total").asInt());
    assertEquals(3, group1.get("right").asInt());
    assertEquals(4, group1.get("complete").asInt());
    assertEquals(4, group1.get("clean").asInt());
    assertEquals(4, group1.get("alive").asInt());
    JsonNode group2 = score(Role.VIEWER, "tree", "t2");
    assertEquals(2, group2.get("total").asInt());
    assertEquals(0, group2.get("clean").asInt());
  }

  @Test
  void aRetiredFieldIsNotMissed() throws Exception {
    tree("OLD", "t1", 106.0701, FULL_TREE.replace("\"risk\":\"low\",", ""), "now()", "now()");
    register.execute(FIELD_SET.formatted("required"));
    assertEquals(0, score(Role.VIEWER, "tree", "t1").get("complete").asInt());
    register.execute(FIELD_SET.formatted("retired"));
    assertEquals(1, score(Role.VIEWER, "tree", "t1").get("complete").asInt());
  }

  @Test
  void theWorklistSaysWhatToFixAndLinksThere() throws Exception {
    tree("BARE", "t1", 106.0704, "{\"species\":\"Delonix regia\"}", "now()", "now()");
    tree("OK", "t1", 106.0701, FULL_TREE, "now()", "now()");
    String page = api.signIn(Role.VIEWER).get("/staff/quality?kind=tree").body();
    assertTrue(page.contains("BARE"), page);
    assertTrue(page.contains("Thiếu: Tên thường gọi"), page);
    assertFalse(page.contains(">OK<"), page);
    String clean = api.signIn(Role.VIEWER).get("/staff/quality?kind=tree&aspect=clean").body();
    assertFalse(clean.contains("BARE"), clean);
  }

  @Test
  void whoIsLimitedToAGroupCountsOnlyThat() throws Exception {
    tree("MINE", "t1", 106.0701, FULL_TREE, "now()", "now()");
    tree("THEIRS", "t2", 106.0702, "{}", "NULL", "now()");
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.execute(
        "INSERT INTO staff_scope SELECT "
            + limited.staffId
            + ", id FROM residential_group WHERE code = 't1'");
    JsonNode scores = RunningApi.parse(limited.get("/api/v1/quality").body()).get("scores");
    assertEquals(1, scores.size());
    assertEquals("t1", scores.get(0).get("group").asText());
    assertFalse(limited.get("/staff/quality?kind=tree").body().contains("THEIRS"));
    assertEquals(400, limited.get("/staff/quality?kind=tree&group=t2").statusCode());
  }

  @Test
  void sensorsTakePart() throws Exception {
    int live = api.street.sensor("bvd-03", "Ngã tư Bần");
    api.street.state(live, RunningApi.NOON, 142, 1, 3);
    api.street.sensor("bvd-04", "Chợ Bần");
    JsonNode sensors = score(Role.ADMIN, "sensor", null);
    assertEquals(2, sensors.get("total").asInt());
    assertEquals(1, sensors.get("right").asInt());
    assertEquals(1, sensors.get("alive").asInt());
  }

  private JsonNode score(Role role, String kind, String group) throws Exception {
    JsonNode scores =
        RunningApi.parse(api.signIn(role).get("/api/v1/quality").body()).get("scores");
    return StreamSupport.stream(scores.spliterator(), false)
        .filter(score -> score.get("kind").asText().equals(kind))
        .filter(score -> group == null || score.get("group").asText().equals(group))
        .findFirst()
        .orElseThrow(() -> new AssertionError(scores.toString()));
  }

  private void tree(
      String ref, String group, double lon, String details, String verifiedAt, String updatedAt)
      throws Exception {
    // The server's clock stands at noon of a day in the past of the database's: take its word.
    String noon = "timestamptz '" + RunningApi.NOON + "'";
    register.execute(
        """
        INSERT INTO asset (kind, ref, lon, lat, group_id, details, verified_at, created_at, updated_at)
        VALUES ('tree', '%s', %s, 20.94, (SELECT id FROM residential_group WHERE code = '%s'), '%s', %s, %s, %s)
        """
            .formatted(
                ref,
                lon,
                group,
                details,
                verifiedAt.replace("now()", noon),
                noon,
                updatedAt.replace("now()", noon)));
  }
}
