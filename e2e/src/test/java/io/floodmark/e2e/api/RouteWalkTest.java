package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.routes.Routes;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.Until;
import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks every route that there is, as a stranger and as each role, over a ward in which everything
 * that must not be seen has a name of its own. A route that is added later is walked, too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RouteWalkTest {
  /** Never ends its answer; LiveHttpTest reads it. Of the files, SiteHttpTest knows the names. */
  private static final Set<String> NOT_WALKED = Set.of("/api/v1/live", "/static/*");

  private RunningApi api;
  private MarkedWard ward;

  @BeforeAll
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    ward = MarkedWard.plant(api.database(), RunningApi.NOON);
    // Its first look of all may take longer than whoever asks is left waiting.
    Until.succeeds("it is ready", () -> assertEquals(200, api.get("/health/ready").statusCode()));
  }

  @AfterAll
  void stop() throws Exception {
    api.close();
  }

  @Test
  void aStrangerFindsNothingThatIsNotForEverybody() throws Exception {
    List<String> breaches = new ArrayList<>();
    for (Routes.Entry route : walked("GET")) {
      for (String path : ward.addresses(route.path())) {
        for (String accept : List.of("text/html", "application/json")) {
          HttpResponse<String> answer = api.get(path, "Accept", accept);
          if (route.guard().needsSignIn() && answer.statusCode() == 200) {
            breaches.add(path + " answers a stranger");
          }
          breaches.addAll(ward.found(answer.body(), path, MarkedWard.FOR_STAFF));
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @Test
  void aStrangerChangesNothing() throws Exception {
    List<String> breaches = new ArrayList<>();
    for (Routes.Entry route : api.server.routeTable()) {
      if (route.method().equals("GET") || !route.guard().needsSignIn()) {
        continue;
      }
      for (String path : ward.addresses(route.path())) {
        int status = api.send(route.method(), path).statusCode();
        if (status != 401 && status != 403) {
          breaches.add(route.method() + " " + path + " answers a stranger with " + status);
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @ParameterizedTest
  @EnumSource
  void aRoleSeesWhatItMay(Role role) throws Exception {
    StaffClient client = api.signIn(role);
    List<String> breaches = new ArrayList<>();
    for (Routes.Entry route : walked("GET")) {
      for (String path : ward.addresses(route.path())) {
        HttpResponse<String> answer = client.get(path);
        boolean may = route.guard().letsPass(role.rights());
        if (may && (answer.statusCode() == 403 || answer.statusCode() >= 500)) {
          breaches.add(path + " refuses " + role + " with " + answer.statusCode());
        }
        if (!may && answer.statusCode() != 403) {
          breaches.add(path + " answers " + role + " with " + answer.statusCode());
        }
        breaches.addAll(ward.found(answer.body(), path, MarkedWard.HOUSEHOLD));
        if (!role.rights().contains(Right.HANDLE_REPORTS)) {
          breaches.addAll(ward.found(answer.body(), path, MarkedWard.CONTACT));
        }
        if (!role.rights().contains(Right.MANAGE_SENSORS)) {
          breaches.addAll(ward.found(answer.body(), path, MarkedWard.SENSORS_PAST));
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @ParameterizedTest
  @EnumSource
  void aRoleChangesOnlyWhatItMay(Role role) throws Exception {
    StaffClient client = api.signIn(role);
    List<String> breaches = new ArrayList<>();
    for (Routes.Entry route : api.server.routeTable()) {
      if (route.method().equals("GET") || route.guard().letsPass(role.rights())) {
        continue;
      }
      for (String path : ward.addresses(route.path())) {
        int status =
            route.method().equals("POST")
                ? client.post(path, Map.of()).statusCode()
                : client.json(route.method(), path, "{}").statusCode();
        if (status != 403) {
          breaches.add(route.method() + " " + path + " answers " + role + " with " + status);
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @Test
  void whoIsLimitedToAGroupFindsNothingOfTheOthers() throws Exception {
    Register register = new Register(api.database());
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.limit(limited, register.group("t2"));
    List<String> breaches = new ArrayList<>();
    for (Routes.Entry route : walked("GET")) {
      for (String path : ward.addresses(route.path())) {
        HttpResponse<String> answer = limited.get(path);
        if (answer.statusCode() >= 500) {
          breaches.add(path + " fails with " + answer.statusCode());
        }
        breaches.addAll(ward.found(answer.body(), path, MarkedWard.OF_THE_GROUP));
      }
    }
    assertEquals(List.of(), breaches);
  }

  @Test
  void whoMustChangeTheirPasswordIsAStrangerUntilThen() throws Exception {
    StaffClient fresh = api.signIn(Role.ADMIN, Right.SEE_HOUSEHOLDS);
    new Register(api.database())
        .execute("UPDATE staff SET must_change = true WHERE id = " + fresh.staffId);
    List<String> breaches = new ArrayList<>();
    for (Routes.Entry route : api.server.routeTable()) {
      if (NOT_WALKED.contains(route.path())) {
        continue;
      }
      boolean isOpen = route.guard().openWhileChanging();
      for (String path : ward.addresses(route.path())) {
        if (route.method().equals("GET")) {
          HttpResponse<String> answer = fresh.get(path);
          if (!isOpen && answer.statusCode() == 200) {
            breaches.add(path + " answers before there is a password");
          }
          breaches.addAll(ward.found(answer.body(), path, MarkedWard.FOR_STAFF));
        } else if (!isOpen) {
          int status =
              route.method().equals("POST")
                  ? fresh.post(path, Map.of()).statusCode()
                  : fresh.json(route.method(), path, "{}").statusCode();
          if (status != 403) {
            breaches.add(route.method() + " " + path + " answers with " + status);
          }
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @Test
  void theMarksCanBeFoundWhereTheyBelong() throws Exception {
    // Or this class would be content with a ward in which nothing is.
    StaffClient admin = api.signIn(Role.ADMIN, Right.SEE_HOUSEHOLDS);
    String asset = admin.get("/staff/assets/" + ward.treeId()).body();
    assertTrue(asset.contains(MarkedWard.REF), asset);
    String report = admin.get("/staff/reports/" + ward.reportNumber()).body();
    assertTrue(report.contains(MarkedWard.REPORT_TEXT), report);
    assertTrue(report.contains(MarkedWard.REPORTER), report);
    String sensor = admin.get("/staff/sensors/" + MarkedWard.SENSOR).body();
    MarkedWard.SENSORS_PAST.forEach(mark -> assertTrue(sensor.contains(mark), sensor));
    assertTrue(sensor.contains(MarkedWard.GATEWAY), sensor);
    HttpResponse<String> households =
        admin.post(
            "/staff/assets/" + ward.houseId() + "/households", Map.of("reason", "Kiểm tra lũ lụt"));
    assertTrue(households.body().contains(MarkedWard.HEAD), households.body());
  }

  private List<Routes.Entry> walked(String method) {
    List<Routes.Entry> routes =
        api.server.routeTable().stream()
            .filter(route -> route.method().equals(method))
            .filter(route -> !NOT_WALKED.contains(route.path()))
            .toList();
    assertFalse(routes.isEmpty());
    return routes;
  }
}
