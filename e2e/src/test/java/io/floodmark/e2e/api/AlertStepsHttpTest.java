package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff do with alerts, over one server; each test has a sensor and an alert of its own. */
final class AlertStepsHttpTest {
  private static RunningApi api;
  private static StaffClient operator;
  private static int sensors;

  private String code;
  private int sensor;
  private int alert;

  @BeforeAll
  static void start() throws Exception {
    api = RunningApi.start(Engine.EMBEDDED);
    operator = api.signIn(Role.OPERATOR);
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
  }

  @BeforeEach
  void raise() throws Exception {
    code = "s" + ++sensors;
    sensor = api.street.sensor(code, "Ngã tư " + sensors);
    alert = api.street.raise(sensor, 2, NOON);
  }

  @Test
  void anAlertIsAcknowledgedOnceWithNameAndNoteForStaffAlone() throws Exception {
    String version = query("SELECT version FROM sensor_state WHERE sensor_id = " + sensor);
    step("acknowledge", "{\"level\":1}", 409); // it has risen since that was on their page
    JsonNode after =
        RunningApi.parse(step("acknowledge", "{\"note\":\"Tôi ra xem\",\"level\":2}", 200));
    assertEquals(operator.login, after.get("acknowledgedBy").asText());
    JsonNode last = after.get("history").get(1);
    assertEquals("acknowledged", last.get("kind").asText());
    assertEquals("Tôi ra xem", last.get("note").asText());
    assertEquals(1, last.get("thresholdVersion").asInt());
    assertFalse(
        version.equals(query("SELECT version FROM sensor_state WHERE sensor_id = " + sensor)),
        "the commit loop reads again what it had before");
    step("acknowledge", "", 409);
    String list = "/api/v1/alerts?state=open&sensor=" + code;
    assertTrue(operator.get(list).body().contains("\"acknowledgedBy\":\"" + operator.login));
    String publicList = api.get(list).body();
    assertTrue(publicList.contains("\"acknowledgedAt\":\"" + NOON.toString().substring(0, 16)));
    assertFalse(publicList.contains(operator.login), publicList);
    assertEquals(
        "1", query("SELECT count(*) FROM audit_entry WHERE subject = 'alert:" + alert + "'"));
  }

  @Test
  void aShelfHasAReasonAndAnEndAndCanBeEmptiedByHand() throws Exception {
    step("shelve", "{\"minutes\":60}", 422);
    step("shelve", "{\"minutes\":3,\"reason\":\"Bơm đang chạy\"}", 422);
    step("shelve", "{\"minutes\":1441,\"reason\":\"Bơm đang chạy\"}", 422);
    step("unshelve", "", 409);
    step("shelve", "{\"minutes\":60,\"reason\":\"Bơm đang chạy\"}", 200);
    String ofIt = "&sensor=" + code;
    assertEquals(1, alerts("/api/v1/alerts?state=shelved" + ofIt).size());
    assertEquals(0, alerts("/api/v1/alerts?state=inbox" + ofIt).size());
    assertEquals(1, alerts("/api/v1/alerts?state=open" + ofIt).size());
    assertFalse(api.get("/api/v1/alerts?state=shelved" + ofIt).body().contains("Bơm"));
    step("unshelve", "", 200);
    assertEquals(1, alerts("/api/v1/alerts?state=inbox" + ofIt).size());
    String until = NOON.plus(Duration.ofHours(2)).toString();
    step("shelve", "{\"until\":\"" + until + "\",\"reason\":\"Bơm\"}", 200);
  }

  @Test
  void anAlertIsClosedOnlyOnceItIsOverAndAFloodWithARemark() throws Exception {
    step("close", "{\"remark\":\"xong\"}", 409);
    step("shelve", "{\"minutes\":60,\"reason\":\"Bơm đang chạy\"}", 200);
    api.street.move(sensor, 0, NOON.plusSeconds(60));
    assertEquals(1, alerts("/api/v1/alerts?state=inbox&sensor=" + code).size());
    HttpResponse<String> page = operator.post("/staff/alerts/" + alert + "/close", Map.of());
    assertEquals(422, page.statusCode());
    assertTrue(page.body().contains("Hãy ghi kết luận"), page.body());
    assertTrue(page.body().contains("href=\"#close-remark\""), page.body());
    HttpResponse<String> closed =
        operator.post("/staff/alerts/" + alert + "/close", Map.of("remark", "Nước đã rút"));
    assertEquals(303, closed.statusCode());
    assertTrue(operator.get("/staff/alerts/" + alert).body().contains("Nước đã rút"));
    assertEquals(0, alerts("/api/v1/alerts?state=inbox&sensor=" + code).size());
    assertEquals(1, alerts("/api/v1/alerts?state=closed&sensor=" + code).size());
    assertEquals(
        "0",
        query("SELECT num_nonnulls(shelved_until, shelved_level) FROM alert WHERE id = " + alert));
    step("handover", "{\"toName\":\"Ca đêm\"}", 409);
    step("note", "{\"note\":\"Đã báo phường\"}", 200);
  }

  @Test
  void anAlertIsHandedOverToAColleagueOrAShift() throws Exception {
    step("handover", "{}", 422);
    step("handover", "{\"to\":999999}", 422);
    StaffClient colleague = api.signIn(Role.OPERATOR);
    JsonNode after =
        RunningApi.parse(
            step("handover", "{\"to\":" + colleague.staffId + ",\"note\":\"Đang bơm\"}", 200));
    assertEquals("Cán bộ thử", after.get("assignedTo").asText());
    assertEquals("Cán bộ thử: Đang bơm", after.get("history").get(1).get("note").asText());
    after = RunningApi.parse(step("handover", "{\"toName\":\"Ca đêm\"}", 200));
    assertEquals("Ca đêm", after.get("assignedTo").asText());
  }

  @Test
  void whatStandsUnderTheAlertOfAZoneGoesAlong() throws Exception {
    query(
        """
        WITH zone AS (
          INSERT INTO alert (zone, kind, state, level, peak_level, since, changed_at)
          VALUES ('%1$s', 'flood', 'active', 2, 2, now(), now()) RETURNING id
        ), event AS (
          INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
                                   recorded_at)
          SELECT id, %2$d, 'raised', 0, 2, now(), now() FROM zone
        )
        UPDATE alert SET parent_id = zone.id FROM zone WHERE alert.id = %3$d RETURNING alert.id
        """
            .formatted(code, sensor, alert));
    JsonNode inbox = alerts("/api/v1/alerts?state=inbox&zone=" + code);
    assertEquals(1, inbox.size());
    assertEquals(code, inbox.get(0).get("zone").asText());
    assertEquals(code, inbox.get(0).get("sensor").asText(), "the one that moved it");
    assertEquals(
        200,
        operator
            .json("POST", "/api/v1/alerts/" + inbox.get(0).get("id").asInt() + "/acknowledge", "")
            .statusCode());
    assertEquals(operator.login, query("SELECT acknowledged_by FROM alert WHERE id = " + alert));
  }

  @Test
  void aStepIsHeardOnTheFeedWithoutNames() throws Exception {
    try (LiveEvents live = api.listen()) {
      live.next("snapshot");
      step("acknowledge", "{\"note\":\"Tôi ra xem\"}", 200);
      LiveEvents.Event heard = live.next("alert");
      // Those of the preparation, and of the tests before, are heard late.
      while (heard.json().get("id").asInt() != alert
          || heard.data().contains("\"kind\":\"raised\"")) {
        heard = live.next("alert");
      }
      String event = heard.data();
      assertTrue(event.contains("\"kind\":\"acknowledged\""), event);
      assertFalse(event.contains(operator.login) || event.contains("Tôi"), event);
    }
  }

  @Test
  void aSensorUnderMaintenanceSaysSoAndAlwaysHasAnEnd() throws Exception {
    String maintenance = "/api/v1/sensors/" + code + "/maintenance";
    api.street.state(sensor, NOON, 142, 1, 2);
    assertEquals(422, operator.json("POST", maintenance, "{\"minutes\":60}").statusCode());
    assertEquals(422, operator.json("POST", maintenance, "{\"reason\":\"Lau\"}").statusCode());
    assertEquals(
        200,
        operator.json("POST", maintenance, "{\"minutes\":60,\"reason\":\"Lau\"}").statusCode());
    JsonNode properties = api.json("/api/v1/sensors/" + code).get("properties");
    assertEquals("maintenance", properties.get("state").asText());
    assertTrue(properties.get("level").isNull());
    assertEquals(200, operator.json("DELETE", maintenance, "").statusCode());
    properties = api.json("/api/v1/sensors/" + code).get("properties");
    assertEquals("live", properties.get("state").asText());
    assertEquals("flood", properties.get("alert").get("kind").asText());
  }

  @Test
  void anOfficialBulletinStandsBesideOursWithItsSource() throws Exception {
    String good =
        "{\"scale\":\"alarm\",\"level\":2,\"place\":\"Trạm Như Quỳnh\","
            + "\"source\":\"Đài KTTV Hưng Yên, TLLL-05/2026\",\"validUntil\":\"2026-11-22T07:00:00Z\"}";
    List<Integer> answers = new ArrayList<>();
    for (String body :
        List.of(
            good.replace("\"level\":2", "\"level\":4"),
            good.replace("Trạm Như Quỳnh", ""),
            good.replace("2026-11-22", "2026-11-20"),
            good)) {
      answers.add(operator.json("POST", "/api/v1/bulletins", body).statusCode());
    }
    assertEquals(List.of(422, 422, 422, 200), answers);
    JsonNode bulletin = api.json("/api/v1/bulletins").get("bulletins").get(0);
    assertEquals("alarm", bulletin.get("scale").asText());
    assertFalse(bulletin.has("recordedBy"));
    assertTrue(
        operator
            .get("/staff/alerts")
            .body()
            .contains("<strong>Báo động II</strong> · Trạm Như Quỳnh"));
    String withdraw = "/api/v1/bulletins/" + bulletin.get("id").asInt() + "/withdraw";
    assertEquals(200, operator.json("POST", withdraw, "").statusCode());
    assertEquals(404, operator.json("POST", withdraw, "").statusCode());
    assertEquals(0, api.json("/api/v1/bulletins").get("bulletins").size());
  }

  @Test
  void theInboxIsForStaffAndAViewerOnlyLooks() throws Exception {
    StaffClient viewer = api.signIn(Role.VIEWER);
    String page = viewer.get("/staff/alerts/" + alert).body();
    assertTrue(page.contains("Chưa ai xác nhận"), page);
    assertFalse(page.contains("/acknowledge\""), page);
    assertEquals(401, api.get("/api/v1/alerts/" + alert).statusCode());
    assertEquals(404, operator.get("/api/v1/alerts/999999").statusCode());
    assertEquals(400, api.get("/api/v1/alerts?kind=fire").statusCode());
  }

  private String step(String step, String json, int expected) throws Exception {
    HttpResponse<String> answer =
        operator.json("POST", "/api/v1/alerts/" + alert + "/" + step, json);
    assertEquals(expected, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static JsonNode alerts(String path) throws Exception {
    return RunningApi.parse(operator.get(path).body()).get("alerts");
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = api.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
