package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Staff pages, as browsers ask for them. */
@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class StaffHttpTest {
  @Parameter TestDatabase.Engine engine;
  private RunningApi api;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(engine);
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void theDeskIsForThoseWhoSignedIn() throws Exception {
    HttpResponse<String> desk = api.signIn(Role.VIEWER).get("/staff");
    assertEquals(200, desk.statusCode());
    assertTrue(desk.body().contains("Xin chào Cán bộ thử"), desk.body());
    HttpResponse<String> stranger = api.get("/staff", "Accept", "text/html");
    assertEquals(303, stranger.statusCode());
    assertEquals(
        "/staff/sign-in?next=%2Fstaff", stranger.headers().firstValue("Location").orElseThrow());
  }
}
