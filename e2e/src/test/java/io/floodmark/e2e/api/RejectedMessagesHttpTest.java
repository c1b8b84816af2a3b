package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.staff.Role;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What sensors sent and was no reading, on its pages and as JSON. */
final class RejectedMessagesHttpTest extends ApiOnEachEngine {
  @Test
  void whatWasRejectedIsShownAsTextWithItsReason() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    api.street.sensor("bvd-03", "Ngã tư Bần");
    register.rejected("bvd-03", "'syntax'", "convert_to('<script>alert(1)</script>', 'UTF8')", 1);
    register.rejected("bvd-03", "'empty'", "'\\xff00'::bytea", 2);
    String page = admin.get("/staff/sensors/bvd-03").body();
    assertTrue(page.contains("&lt;script&gt;alert(1)"), page);
    assertFalse(page.contains("<script>alert"), page);
    assertTrue(page.contains("ff 00") && page.contains("Không đọc được"), page);
    String all = admin.get("/staff/rejected").body();
    assertTrue(all.contains("ff 00") && all.contains("sensors/bvd-03/readings"), all);
    String empty = admin.get("/staff/rejected?sensor=bvd-03&reason=empty").body();
    assertTrue(empty.contains("ff 00"), empty);
    assertFalse(empty.contains("alert(1)"), empty);
    assertFalse(admin.get("/staff/rejected?sensor=%00%3Cb%3E").body().contains("ff 00"));
    JsonNode json = RunningApi.parse(admin.get("/api/v1/sensors/bvd-03/rejected").body());
    assertEquals("ff 00", json.at("/messages/0/payloadHex").asText(), json.toString());
    assertEquals("syntax", json.at("/messages/1/reason").asText(), json.toString());
    assertTrue(json.get("next").isNull(), json.toString());
    assertEquals(400, admin.get("/api/v1/sensors/bvd-03/rejected?cursor=x").statusCode());
  }

  @Test
  void rejectedMessagesOfOneMomentAreTurnedPageByPageWithoutLosingAny() throws Exception {
    StaffClient admin = api.signIn(Role.ADMIN);
    api.street.sensor("bvd-03", "Ngã tư Bần");
    for (int i = 0; i < 130; i++) {
      register.rejected(
          "bvd-03", "'syntax'", "convert_to('message-%03d', 'UTF8')".formatted(i), i / 50);
    }
    Set<String> seen = new HashSet<>();
    String path = "/staff/rejected?sensor=bvd-03";
    int pages = 0;
    while (!path.isEmpty()) {
      String page = admin.get(path).body();
      Matcher message = Pattern.compile("message-\\d{3}").matcher(page);
      while (message.find()) {
        assertTrue(seen.add(message.group()), message.group() + " is there twice");
      }
      Matcher next = Pattern.compile("rel=\"next\" href=\"([^\"]*)\"").matcher(page);
      path = next.find() ? next.group(1).replace("&amp;", "&") : "";
      pages++;
    }
    assertEquals(130, seen.size());
    assertEquals(6, pages);
    JsonNode first = RunningApi.parse(admin.get("/api/v1/sensors/bvd-03/rejected").body());
    JsonNode second =
        RunningApi.parse(
            admin
                .get("/api/v1/sensors/bvd-03/rejected?cursor=" + first.get("next").asText())
                .body());
    assertEquals(100, first.get("messages").size());
    assertEquals(30, second.get("messages").size());
  }
}
