package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.staff.StaffDesk;
import io.floodmark.staff.Role;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Accounts, as browsers and programs use them. */
final class SignInHttpTest extends ApiOnEachEngine {
  @Test
  void theFirstAdministratorIsMadeOnceAndSetsAnotherPassword() throws Exception {
    String password = firstAdmin().orElseThrow();
    assertEquals(Optional.empty(), firstAdmin());
    HttpResponse<String> signedIn = signIn("admin", password);
    assertEquals(303, signedIn.statusCode(), signedIn.body());
    assertEquals("/staff/password", signedIn.headers().firstValue("Location").orElseThrow());
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Lax"), cookie);
    assertFalse(cookie.contains("Secure"), "over plain HTTP it would never come back");
    String own = cookie.split(";", 2)[0];
    HttpResponse<String> desk = api.get("/staff", "Cookie", own, "Accept", "text/html");
    assertEquals("/staff/password", desk.headers().firstValue("Location").orElseThrow());
    assertEquals(200, api.get("/staff/password", "Cookie", own).statusCode());
  }

  @Test
  void guessingIsSlowedDownAndARightPasswordAfterTheWaitForgives() throws Exception {
    String password = firstAdmin().orElseThrow();
    for (int i = 0; i < 6; i++) {
      assertEquals(422, signIn("admin", "wrong-" + i).statusCode());
    }
    HttpResponse<String> waiting = signIn("admin", password);
    assertEquals(429, waiting.statusCode());
    assertEquals("1", waiting.headers().firstValue("Retry-After").orElseThrow());
    api.clock.advance(Duration.ofSeconds(1));
    assertEquals(303, signIn("admin", password).statusCode());
    assertEquals("0", query("SELECT count(*) FROM wrong_guess"));
  }

  @Test
  void aFormOfAnotherSiteIsRefused() throws Exception {
    String password = firstAdmin().orElseThrow();
    assertEquals(403, signIn("admin", password, "Sec-Fetch-Site", "cross-site").statusCode());
    assertEquals(403, signIn("admin", password, "Origin", "https://evil.example").statusCode());
    assertEquals(403, signIn("admin", password, "Origin", "null").statusCode());
    String here = api.address("").toString();
    assertEquals(303, signIn("admin", password, "Origin", here).statusCode());
  }

  @Test
  void administratorsKeepAccountsAndOthersDoNot() throws Exception {
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
      for (String page : List.of("/staff/people", "/staff/tokens", "/staff/audit")) {
        assertEquals(403, api.signIn(role).get(page).statusCode(), role + page);
      }
    }
    StaffClient admin = api.signIn(Role.ADMIN);
    HttpResponse<String> made =
        admin.post(
            "/staff/people", Map.of("login", "lan", "name", "Nguyễn Lan", "role", "operator"));
    assertEquals(200, made.statusCode(), made.body());
    assertTrue(made.body().matches("(?s).*[a-z2-9]{4}(-[a-z2-9]{4}){3}.*"), made.body());
    HttpResponse<String> twice =
        admin.post("/staff/people", Map.of("login", "lan", "name", "Lan", "role", "viewer"));
    assertEquals(422, twice.statusCode());
    for (String page :
        List.of(
            "/staff/people",
            "/staff/people/new",
            "/staff/people/" + admin.staffId,
            "/staff/tokens",
            "/staff/audit",
            "/staff/audit.csv",
            "/staff/sessions",
            "/staff/password",
            "/api/v1/staff",
            "/api/v1/tokens",
            "/api/v1/session")) {
      assertEquals(200, admin.get(page).statusCode(), page);
    }
    assertEquals("staff.add", query("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_entry"));
  }

  @Test
  void whoAmIIsAnsweredToNobodyToo() throws Exception {
    JsonNode nobody = api.json("/api/v1/session");
    assertTrue(nobody.path("actor").isNull(), nobody.toString());
    assertTrue(nobody.path("csrfToken").isNull(), nobody.toString());
    assertTrue(nobody.path("rights").isEmpty(), nobody.toString());
    StaffClient viewer = api.signIn(Role.VIEWER);
    JsonNode somebody = RunningApi.parse(viewer.get("/api/v1/session").body());
    assertEquals(viewer.login, somebody.path("actor").asText());
    assertEquals(viewer.csrf, somebody.path("csrfToken").asText());
    assertEquals(401, api.get("/api/v1/session", "Authorization", "Bearer of-nobody").statusCode());
  }

  @Test
  void theLastAdministratorStaysOne() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    String own = "/staff/people/" + admin.staffId;
    assertEquals(422, admin.post(own + "/disable", Map.of()).statusCode());
    assertEquals(422, admin.post(own, Map.of("name", "A", "role", "viewer")).statusCode());
    StaffClient second = api.signIn(Role.ADMIN);
    assertEquals(
        303, admin.post("/staff/people/" + second.staffId + "/disable", Map.of()).statusCode());
    assertEquals(303, second.get("/staff").statusCode(), "its session has ended");
  }

  @Test
  void aTokenOpensWhatItsRightsSayUntilItIsRevoked() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    HttpResponse<String> made =
        admin.json("POST", "/api/v1/tokens", "{\"name\":\"QGIS\",\"rights\":[\"audit.see\"]}");
    assertEquals(201, made.statusCode(), made.body());
    String bearer = "Bearer " + RunningApi.parse(made.body()).get("token").asText();
    assertEquals(200, api.get("/staff/audit.csv", "Authorization", bearer).statusCode());
    assertEquals(403, api.get("/api/v1/staff", "Authorization", bearer).statusCode());
    int id = RunningApi.parse(made.body()).get("id").asInt();
    assertEquals(204, admin.json("DELETE", "/api/v1/tokens/" + id, "").statusCode());
    assertEquals(401, api.get("/staff/audit.csv", "Authorization", bearer).statusCode());
    assertEquals(
        "token.add token.revoke",
        query("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_entry"));
  }

  @Test
  void aTokenEndsWithTheAccountOfItsMaker() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    StaffClient leaving = api.signIn(Role.ADMIN);
    String made =
        leaving
            .json("POST", "/api/v1/tokens", "{\"name\":\"QGIS\",\"rights\":[\"audit.see\"]}")
            .body();
    String bearer = "Bearer " + RunningApi.parse(made).get("token").asText();
    assertEquals(200, api.get("/staff/audit.csv", "Authorization", bearer).statusCode());
    admin.post("/staff/people/" + leaving.staffId + "/disable", Map.of());
    assertEquals(401, api.get("/staff/audit.csv", "Authorization", bearer).statusCode());
    String page = admin.get("/staff/tokens").body();
    assertTrue(page.contains("Tài khoản người tạo đã bị khóa"), page);
  }

  @Test
  void aTokenMakesNoOtherThatWouldOutliveItsMaker() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    String made =
        admin
            .json("POST", "/api/v1/tokens", "{\"name\":\"Kho\",\"rights\":[\"staff.manage\"]}")
            .body();
    String bearer = "Bearer " + RunningApi.parse(made).get("token").asText();
    assertEquals(200, api.get("/api/v1/tokens", "Authorization", bearer).statusCode());
    HttpRequest another =
        HttpRequest.newBuilder(api.address("/api/v1/tokens"))
            .timeout(Duration.ofSeconds(30))
            .headers("Authorization", bearer, "Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"Cửa sau\",\"rights\":[\"staff.manage\"]}"))
            .build();
    assertEquals(403, api.send(another).statusCode());
    assertEquals("1", query("SELECT count(*)::text FROM api_token"));
  }

  @Test
  void aTokenMayDoOnlyWhatItsMakerStillMay() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    StaffClient demoted = api.signIn(Role.ADMIN);
    String made =
        demoted
            .json(
                "POST",
                "/api/v1/tokens",
                "{\"name\":\"QGIS\",\"rights\":[\"audit.see\",\"register.see\",\"households.see\"]}")
            .body();
    String bearer = "Bearer " + RunningApi.parse(made).get("token").asText();
    assertEquals(200, api.get("/staff/audit.csv", "Authorization", bearer).statusCode());
    assertEquals(403, api.get("/staff/households", "Authorization", bearer).statusCode());
    assertEquals(
        303,
        admin
            .post("/staff/people/" + demoted.staffId, Map.of("name", "Lan", "role", "viewer"))
            .statusCode());
    assertEquals(403, api.get("/staff/audit.csv", "Authorization", bearer).statusCode());
    assertEquals(200, api.get("/staff/assets", "Authorization", bearer).statusCode());
  }

  private Optional<String> firstAdmin() throws SQLException {
    try (Connection connection = api.database().connect()) {
      connection.setAutoCommit(false);
      Optional<String> password =
          new StaffDesk(new SecureRandom(), api.clock).makeFirstAdmin(connection, "admin");
      connection.commit();
      return password;
    }
  }

  private HttpResponse<String> signIn(String login, String password, String... headers)
      throws Exception {
    String body =
        "login=" + login + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.address("/staff/sign-in"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return api.send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = api.database().connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
