package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.staff.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of sensors as staff look for one. */
final class SensorListHttpTest extends ApiOnEachEngine {
  @Test
  void theListIsFoundByWordsStateAndFault() throws Exception {
    int ban = api.street.sensor("bvd-03", "Ngã tư Bần");
    api.street.state(ban, RunningApi.NOON, 142, 1, 3);
    int market = api.street.sensor("bvd-04", "Chợ Đường Cái");
    api.street.state(market, RunningApi.NOON.minusSeconds(7_200), 0, 4, 0);
    register.execute("UPDATE sensor SET lon = 106.08 WHERE code = 'bvd-04'");
    StaffClient viewer = api.signIn(Role.VIEWER);
    assertEquals(List.of("bvd-03", "bvd-04"), listed(viewer, ""));
    assertEquals(List.of("bvd-03"), listed(viewer, "?q=nga+tu"));
    assertEquals(List.of("bvd-04"), listed(viewer, "?q=duong"));
    assertEquals(List.of(), listed(viewer, "?q=duong+nga"));
    assertEquals(List.of("bvd-04"), listed(viewer, "?state=silent"));
    assertEquals(List.of("bvd-04"), listed(viewer, "?lacks=any"));
    assertEquals(List.of(), listed(viewer, "?lacks=complete"));
    String page = viewer.get("/staff/sensors").body();
    assertTrue(page.contains("Mức 3, nguy hiểm"), page);
    assertTrue(page.contains("từ 21/11/2026 10:00"), page);
    assertTrue(page.contains("2 giờ trước") && page.contains("3,71 V"), page);
    assertTrue(viewer.get("/staff/quality").body().contains("/staff/sensors?lacks=any"));
  }

  @Test
  void manySensorsAreTurnedPageByPage() throws Exception {
    register.execute(
        """
        INSERT INTO sensor (code, name, kind, lon, lat, token_sha256)
        SELECT 's' || n, 'Điểm ' || n, 'depth', 106, 20, decode(repeat('00', 32), 'hex')
        FROM generate_series(1, 120) AS n
        """);
    StaffClient viewer = api.signIn(Role.VIEWER);
    String first = viewer.get("/staff/sensors?q=diem").body();
    Matcher next =
        Pattern.compile("href=\"(/staff/sensors\\?[^\"]*cursor=[^\"]*)\"").matcher(first);
    assertTrue(next.find(), first);
    String second = viewer.get(next.group(1).replace("&amp;", "&")).body();
    assertEquals(100, codes(first).size());
    assertEquals(20, codes(second).size());
    assertTrue(codes(second).stream().noneMatch(codes(first)::contains));
    assertFalse(second.contains("rel=\"next\""), second);
  }

  private static List<String> listed(StaffClient staff, String query) throws Exception {
    HttpResponse<String> page = staff.get("/staff/sensors" + query);
    assertEquals(200, page.statusCode(), page.body());
    return codes(page.body());
  }

  private static List<String> codes(String page) {
    return Pattern.compile("href=\"/staff/sensors/([^\"/?]+)\"")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
