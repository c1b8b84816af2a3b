package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.ingest.commit.Recessions;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes next, from stored readings to the Feature and the page of a sensor. */
@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class SensorNowcastHttpTest {
  /** Three floods, each of a day: 240 mm down by 3 mm a minute, and the alert's end after it. */
  private static final String PAST =
      """
      WITH flood AS (
        SELECT s.id AS sensor_id, timestamptz '2026-11-20T05:00:00Z' - n * interval '1 day' AS peak
        FROM sensor s, generate_series(1, 3) AS n
        WHERE s.code = 'falls'
      ), drained AS (
        INSERT INTO whole_reading (sensor_id, observed_at, received_at, depth_mm, qc)
        SELECT sensor_id, peak + m * interval '1 minute', peak + m * interval '1 minute',
               greatest(0, 240 - 3 * m), 1
        FROM flood, generate_series(0, 90) AS m
      )
      INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at, cleared_at)
      SELECT sensor_id, 'flood', 'cleared', 1, 3, peak, peak + interval '90 minutes',
             peak + interval '90 minutes'
      FROM flood
      """;

  @Parameter TestDatabase.Engine engine;

  @Test
  void whatComesNextIsToldWhileItIsFreshAndByPastFloodsOnceTheyAreNoted() throws Exception {
    try (RunningApi api = RunningApi.start(engine)) {
      Instant now = RunningApi.NOON;
      int rises = api.street.sensor("rises", "Ngã tư Bần");
      int falls = api.street.sensor("falls", "Phố Nối");
      int doubted = api.street.sensor("doubted", "Dị Sử");
      for (int minute = 0; minute <= 5; minute++) {
        Instant at = now.minus(Duration.ofMinutes(5 - minute));
        api.street.reading(rises, at, 50 + 8 * minute, 1);
        api.street.reading(falls, at, 105 - 3 * minute, 1);
        api.street.reading(doubted, at, 50 + 8 * minute, minute == 5 ? 4 : 1);
      }
      api.street.state(rises, now, 90, 1, 2);
      api.street.state(falls, now, 90, 1, 2);
      api.street.state(doubted, now, 90, 1, 2);

      // 30 mm to level 3 at 8 mm a minute, slackening: 4.5 minutes by the forecast.
      JsonNode rise = next(api, "rises");
      assertEquals("rise", rise.get("kind").asText());
      assertEquals(3, rise.get("level").asInt());
      assertEquals("2026-11-21T05:02:15.000Z", rise.get("from").asText());
      assertEquals("2026-11-21T05:06:57.000Z", rise.get("to").asText());
      assertEquals("2026-11-21T05:03:00.000Z", rise.get("until").asText());
      assertTrue(rise.at("/skill/rightShare").asDouble() > 0, rise.toString());
      assertTrue(next(api, "doubted").isMissingNode());
      assertTrue(
          api.get("/sensors/rises").body().contains("Có thể lên mức 3, nguy hiểm trong 2–7 phút"));
      assertTrue(api.get("/sensors/falls").body().contains("cần ít nhất 3 lần ngập trước"));

      Register register = new Register(api.database());
      register.execute(PAST);
      try (Connection connection = api.database().connect()) {
        new Recessions().run(connection, now);
        new Recessions().run(connection, now);
      }
      assertEquals("3", register.text("SELECT count(*) FROM recession WHERE from_mm = 240"));
      JsonNode fall = next(api, "falls");
      assertEquals("fall", fall.get("kind").asText(), fall.toString());
      assertEquals(3, fall.get("floods").asInt());
      // 60 mm at 3 mm a minute, give or take a third.
      assertEquals("2026-11-21T05:20:0", fall.get("expected").asText().substring(0, 18));
      assertTrue(
          api.get("/sensors/falls").body().contains("khoảng 12:14–12:27, theo 3 lần ngập trước"),
          api.get("/sensors/falls").body());

      api.clock.advance(Duration.ofMinutes(4));
      assertTrue(next(api, "rises").isMissingNode(), "no reading for four minutes");
      assertFalse(api.get("/sensors/rises").body().contains("Có thể lên"));
    }
  }

  private static JsonNode next(RunningApi api, String code) throws Exception {
    JsonNode listed = api.json("/api/v1/sensors").get("features");
    JsonNode one = api.json("/api/v1/sensors/" + code).at("/properties/nowcast");
    for (JsonNode feature : listed) {
      if (feature.get("id").asText().equals(code)) {
        assertEquals(one, feature.at("/properties/nowcast"), "the list says the same");
      }
    }
    return one;
  }
}
