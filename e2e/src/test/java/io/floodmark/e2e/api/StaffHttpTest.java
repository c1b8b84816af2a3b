package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Staff pages, as browsers ask for them. */
final class StaffHttpTest extends ApiOnEachEngine {
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
