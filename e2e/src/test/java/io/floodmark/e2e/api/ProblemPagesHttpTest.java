package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a browser shows of what goes wrong; programs get the problem documents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProblemPagesHttpTest {
  private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final String NO_REPORT = "/r/" + "A".repeat(43);

  private RunningApi api;

  @BeforeAll
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
  }

  @AfterAll
  void stop() throws Exception {
    api.close();
  }

  @Test
  void aWrongReportersLinkIsExplainedInTheReadersLanguage() throws Exception {
    HttpResponse<String> vietnamese = api.get(NO_REPORT, "Accept", HTML);
    assertPage(404, vietnamese);
    assertTrue(vietnamese.body().contains("Không có phản ánh nào"), vietnamese.body());
    assertTrue(vietnamese.body().contains("lang=\"vi\""), vietnamese.body());
    assertFalse(vietnamese.body().contains("class=\"muted\" lang=\"en\""), vietnamese.body());
    HttpResponse<String> english = api.get(NO_REPORT + "?lang=en", "Accept", HTML);
    assertPage(404, english);
    assertTrue(english.body().contains("There is no report at this link"), english.body());
  }

  @Test
  void aProgramWithAWrongLinkGetsTheProblem() throws Exception {
    assertProblem(404, api.get(NO_REPORT));
    assertProblem(404, api.get("/api/v1/reports/link/" + "A".repeat(43), "Accept", HTML));
  }

  @Test
  void whoOpensTooManyWrongLinksIsAskedToWait() throws Exception {
    try (RunningApi own = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      HttpResponse<String> answer = own.get(NO_REPORT, "Accept", HTML);
      for (int i = 0; i < 20 && answer.statusCode() == 404; i++) {
        answer = own.get(NO_REPORT, "Accept", HTML);
      }
      assertPage(429, answer);
      assertTrue(answer.headers().firstValue("Retry-After").isPresent());
      assertTrue(answer.body().contains("hãy mở lại sau vài phút"), answer.body());
      assertProblem(429, own.get(NO_REPORT));
    }
  }

  @Test
  void aFormOfASessionThatIsOverLeadsToSigningInAndBack() throws Exception {
    HttpResponse<String> answer =
        send(
            "/staff/assets/new",
            "Accept",
            HTML,
            "Referer",
            "http://127.0.0.1:" + api.server.port() + "/staff/assets/new?kind=tree");
    assertPage(401, answer);
    assertTrue(
        answer.body().contains("/staff/sign-in?next=%2Fstaff%2Fassets%2Fnew%3Fkind%3Dtree"),
        answer.body());
    assertTrue(answer.body().contains("Những gì vừa gửi chưa được lưu."), answer.body());
    assertProblem(401, send("/staff/assets/new", "Accept", "application/json"));
  }

  @Test
  void theWayBackNeverLeadsToAnotherSite() throws Exception {
    HttpResponse<String> answer =
        send("/staff/assets/new", "Accept", HTML, "Referer", "http://evil.example//evil/page");
    assertPage(401, answer);
    assertFalse(answer.body().contains("evil"), answer.body());
    assertTrue(answer.body().contains("href=\"/staff/sign-in\""), answer.body());
  }

  @Test
  void aFormWithoutTheSessionsTokenSaysThatNothingWasKept() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    HttpResponse<String> answer =
        send(
            "/staff/groups?lang=en",
            "Accept",
            HTML,
            "Cookie",
            "floodmark_session=session-of-" + admin.login);
    assertPage(403, answer);
    assertTrue(answer.body().contains("What you just sent has not been saved."), answer.body());
    assertTrue(answer.body().contains("href=\"/staff\""), answer.body());
    assertProblem(
        403, send("/staff/groups", "Cookie", "floodmark_session=session-of-" + admin.login));
  }

  @Test
  void anAddressWithNothingAtItHasAPageToo() throws Exception {
    assertPage(404, api.get("/no/such/page", "Accept", HTML));
    assertProblem(404, api.get("/no/such/page"));
    HttpResponse<String> wrongMethod = send("/", "Accept", HTML);
    assertPage(405, wrongMethod);
    assertEquals("GET, HEAD", wrongMethod.headers().firstValue("Allow").orElseThrow());
  }

  private HttpResponse<String> send(String path, String... headers) throws Exception {
    return api.send(
        HttpRequest.newBuilder(api.address(path))
            .headers(headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("name=x"))
            .build());
  }

  private static void assertPage(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "text/html; charset=utf-8", answer.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    assertTrue(answer.body().contains("<h1>"), answer.body());
  }

  private static void assertProblem(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
  }
}
