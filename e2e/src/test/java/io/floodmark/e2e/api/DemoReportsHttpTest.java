package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.server.demo.DemoRegister;
import io.floodmark.server.demo.DemoReports;
import io.floodmark.staff.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the demo makes up of reports and scores, as visitors and staff find it. */
final class DemoReportsHttpTest {
  private static final long SEED = 12103;

  @Test
  void aDemoHasReportsThatSayTheyAreMadeUp() throws Exception {
    try (RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      StaffClient admin = api.signIn(Role.ADMIN);
      try (Connection connection = api.database().connect()) {
        DemoRegister.addTo(connection, SEED, RunningApi.NOON);
        DemoReports.addTo(connection, SEED, RunningApi.NOON, RunningApi.WARD);
      }
      Register rows = new Register(api.database());
      assertEquals(
          "assigned done duplicate in_progress received rejected screened",
          rows.text("SELECT string_agg(DISTINCT state, ' ' ORDER BY state) FROM report"));
      assertEquals(
          "0",
          rows.text(
              """
              SELECT count(*) FROM report
              WHERE NOT made_up OR text NOT LIKE '%không có thật.)' OR group_id IS NULL
                 OR (state = 'duplicate') <> (duplicate_of IS NOT NULL)
                 OR (due_at IS NULL) <> (state IN ('done', 'rejected', 'duplicate'))
              """));
      String inbox = admin.get("/staff/reports?lang=vi").body();
      assertTrue(inbox.contains("Trình diễn"), inbox);
      assertTrue(inbox.contains("quá hạn"), inbox);
      JsonNode shown = api.json("/api/v1/reports?shown=map").path("features");
      assertEquals(1, shown.size());
      assertTrue(shown.get(0).path("properties").path("madeUp").asBoolean());

      api.clock.advance(Duration.ofHours(30));
      assertEquals(0, api.json("/api/v1/reports?shown=map").path("features").size());
      again(api);
      assertEquals(1, api.json("/api/v1/reports?shown=map").path("features").size());
      assertEquals("8", rows.text("SELECT count(*) FROM report"));
    }
  }

  @Test
  void mostOfADemosAssetsWereSeenOnTheSpot() throws Exception {
    try (RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      try (Connection connection = api.database().connect()) {
        DemoRegister.addTo(connection, SEED, RunningApi.NOON);
      }
      Register rows = new Register(api.database());
      String share =
          rows.text(
              "SELECT 100 * count(*) FILTER (WHERE verified_at IS NOT NULL) / count(*) FROM asset");
      assertTrue(Integer.parseInt(share) > 50 && Integer.parseInt(share) < 90, share);
      assertEquals(
          "0",
          rows.text(
              """
              SELECT count(*) FROM asset a
              WHERE (verified_at IS NULL) = EXISTS (SELECT FROM asset_history h
                                                    WHERE h.asset_id = a.id AND h.action = 'verified')
              """));
    }
  }

  private static void again(RunningApi api) throws SQLException {
    try (Connection connection = api.database().connect()) {
      DemoReports.addTo(connection, SEED, api.clock.instant(), RunningApi.WARD);
    }
  }
}
