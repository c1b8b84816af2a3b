package io.floodmark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProblemTest {
  @Test
  void theBodyHasTheMembersOfRfc9457() {
    assertEquals(
        """
        {"type":"urn:floodmark:problem:not-found","title":"Not found","status":404,\
        "detail":"Không có \\"x\\".","instance":"/api/v1/x"}""",
        text(Problem.notFound("Không có \"x\"."), "/api/v1/x"));
  }

  @Test
  void theParameterAtFaultIsNamed() {
    assertEquals(
        """
        {"type":"urn:floodmark:problem:bad-parameter","title":"Bad parameter","status":400,\
        "detail":"Give it once.","instance":"/","parameter":"from"}""",
        text(Problem.badParameter("from", "Give it once."), "/"));
  }

  @Test
  void whatPassesSaysWhenToTryAgain() {
    assertEquals(503, Problem.databaseAway().status());
    assertEquals(2, Problem.databaseAway().retryAfterS().orElseThrow());
  }

  private static String text(Problem problem, String instance) {
    return new String(problem.body(instance), StandardCharsets.UTF_8);
  }
}
