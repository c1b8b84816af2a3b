package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every page that staff can reach by the desk and the menus, with every text that it needs. */
final class StaffPagesTest {
  /** The page of exports leads to what is downloaded; it has tests of its own. */
  private static final Pattern ELSEWHERE = Pattern.compile("/staff/assets/export");

  private static final Pattern LINK = Pattern.compile("href=\"(/staff/[^\"?#]*)");

  @Test
  void everyPageOfTheMenusOpensInBothLanguages() throws Exception {
    try (RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      Register register = new Register(api.database());
      int group = register.group("tdp-03");
      long house = register.asset("house", group);
      api.street.sensor("bvd-03", "Ngã tư Bần");
      StaffClient admin = api.signIn(Role.ADMIN, Right.SEE_HOUSEHOLDS);
      Set<String> pages = links(admin.get("/staff"));
      for (String section : List.of("/staff/assets", "/staff/people", "/staff/sensors")) {
        pages.addAll(links(admin.get(section)));
      }
      pages.addAll(
          List.of(
              "/staff",
              "/staff/password",
              "/staff/people/new",
              "/staff/people/" + admin.staffId,
              "/staff/assets/" + house,
              "/staff/assets/" + house + "/edit",
              "/staff/groups/" + group,
              "/staff/sensors/bvd-03/edit"));
      assertTrue(
          pages.containsAll(
              List.of(
                  "/staff/reports",
                  "/staff/quality",
                  "/staff/sensors",
                  "/staff/new-sensor",
                  "/staff/rejected",
                  "/staff/sensors/bvd-03",
                  "/staff/care/due",
                  "/staff/groups",
                  "/staff/households",
                  "/staff/kinds",
                  "/staff/tokens",
                  "/staff/audit",
                  "/staff/sessions")),
          pages.toString());
      List<String> broken = new ArrayList<>();
      for (String page : pages) {
        for (String language : List.of("vi", "en")) {
          HttpResponse<String> answer = admin.get(page + "?lang=" + language);
          if (answer.statusCode() != 200
              || !answer.body().contains("<html lang=\"" + language + "\"")) {
            broken.add(page + " " + language + " " + answer.statusCode());
          }
        }
      }
      assertEquals(List.of(), broken);
    }
  }

  @Test
  void nobodyIsOfferedAPageThatTheyMayNotOpen() throws Exception {
    try (RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      for (Role role : Role.values()) {
        StaffClient somebody = api.signIn(role);
        Set<String> pages = links(somebody.get("/staff"));
        pages.addAll(links(somebody.get("/staff/assets")));
        pages.addAll(links(somebody.get("/staff/sensors")));
        assertFalse(pages.contains("/staff/households"), role + " " + pages);
        for (String page : pages) {
          assertEquals(200, somebody.get(page).statusCode(), role + " " + page);
        }
      }
    }
  }

  @Test
  void theDeskCountsWhatWaitsInTheCallersScope() throws Exception {
    try (RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      Register register = new Register(api.database());
      int group = register.group("tdp-03");
      long tree = register.asset("tree", group);
      StaffClient all = api.signIn(Role.OPERATOR);
      StaffClient elsewhere = api.signIn(Role.OPERATOR);
      register.limit(elsewhere, register.group("tdp-04"));
      register.dueCare(tree, "2026-11-21");
      register.report("received", group, "2026-11-21T04:59:00Z");
      register.report("assigned", group, "2026-11-21T05:01:00Z");
      register.report("done", group, "");

      String desk = all.get("/staff?lang=en").body();
      assertTrue(desk.contains(">2 open<") && desk.contains(">1 overdue<"), desk);
      assertTrue(desk.contains(">1 due<"), desk);
      String other = elsewhere.get("/staff?lang=en").body();
      assertTrue(other.contains(">0 open<"), other);
      assertFalse(other.contains(" overdue<") || other.contains("badge warn"), other);
    }
  }

  private static Set<String> links(HttpResponse<String> page) {
    assertEquals(200, page.statusCode());
    Set<String> links = new TreeSet<>();
    Matcher link = LINK.matcher(page.body());
    while (link.find()) {
      links.add(link.group(1));
    }
    links.removeIf(path -> ELSEWHERE.matcher(path).matches());
    return links;
  }
}
