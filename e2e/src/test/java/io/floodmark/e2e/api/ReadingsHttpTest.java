package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.upkeep.Upkeep;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ReadingsHttpTest {
  private static final Instant MONTH_AGO = NOON.minus(Duration.ofDays(31));

  private static RunningApi api;

  @Parameter private Engine engine;
  private String code = "";
  private String route = "";
  private int id;

  @BeforeParameterizedClassInvocation
  static void start(Engine engine) throws Exception {
    api = RunningApi.start(engine);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    api.close();
  }

  @BeforeEach
  void registerSensor(TestInfo test) throws Exception {
    code = test.getTestMethod().orElseThrow().getName();
    code = code.substring(0, Math.min(32, code.length()));
    route = "/api/v1/sensors/" + code + "/readings";
    id = api.street.sensor(code, "On " + engine);
  }

  @Test
  void aMonthIsReducedWithItsGapsShown() throws Exception {
    Instant gapFrom = MONTH_AGO.plus(Duration.ofDays(10));
    Instant gapTo = gapFrom.plus(Duration.ofHours(5));
    api.street.readings(id, MONTH_AGO, gapFrom, 300);
    api.street.readings(id, gapTo, NOON, 300);
    JsonNode answer = api.json(route + "?maxPoints=1000&from=" + MONTH_AGO);
    assertEquals(code, answer.get("sensor").asText());
    assertEquals("2026-10-21T05:00:00.000Z", answer.get("from").asText());
    assertEquals("2026-11-21T05:00:00.000Z", answer.get("to").asText());
    assertEquals(3_600, answer.get("stepSeconds").asInt());
    JsonNode rows = answer.get("rows");
    // 744 hours, of which five are empty; they become one row of nulls.
    assertEquals(740, rows.size());
    assertEquals("[" + gapFrom.toEpochMilli() + ",null,null,null,null]", rows.get(240).toString());
    assertEquals(gapTo.toEpochMilli(), rows.get(241).get(0).asLong());
    assertEquals(1, rows.get(241).get(4).asInt());
  }

  @Test
  void whatALaterReadingSaidCountsAndIsToldInWords() throws Exception {
    api.street.readings(id, NOON.minusSeconds(600), NOON, 60);
    api.street.verdict(id, NOON.minusSeconds(300), 1 << 4, 4);
    String minutes = route + "?from=" + NOON.minusSeconds(600);
    assertEquals(4, api.json(minutes).get("rows").get(5).get(4).asInt());
    JsonNode answer = api.json(minutes + "&detail=quality&lang=en");
    assertEquals("[\"spike\"]", answer.get("rows").get(5).get(5).toString());
    assertEquals("[]", answer.get("rows").get(4).get(5).toString());
    assertEquals(
        "Stands out of the readings just before and after", answer.at("/words/spike").asText());
    assertEquals(400, api.get(route + "?detail=everything").statusCode());
    String csv = api.get(minutes, "Accept", "text/csv").body();
    int qc = List.of(csv.lines().findFirst().orElseThrow().split(",")).indexOf("qc");
    assertEquals(1, csv.lines().filter(line -> line.split(",", -1)[qc].equals("4")).count(), csv);
  }

  @Test
  void whatIsToldByTheHourIsWhatTheReadingsSayAndLateOnesShowAtOnce() throws Exception {
    Instant from = NOON.minus(Duration.ofDays(4)).minusSeconds(780);
    api.street.readings(id, from.minusSeconds(9_000), NOON.minusSeconds(90_000), 230);
    api.street.readings(id, NOON.minusSeconds(45_000), NOON, 230);
    api.street.reading(id, NOON.minusSeconds(100_001), -2_000, 4);
    api.street.reading(id, NOON.minusSeconds(100_002), null, 9);
    api.street.reading(id, NOON.minusSeconds(100_003), 40, 3);
    String query =
        route + "?detail=raw&maxPoints=40&from=" + from + "&to=" + NOON.minusSeconds(400);
    String asked = api.get(query).body();
    assertTrue(asked.contains("\"stepSeconds\":10800"), asked);
    Upkeep upkeep = new Upkeep(api.database(), () -> NOON, Duration.ofDays(1_095));
    upkeep.doWork(NOON);
    assertEquals(asked, api.get(query).body());
    api.street.reading(id, NOON.minusSeconds(200_000), 777, 3);
    String late = api.get(query).body();
    assertTrue(late.contains(",777,"), late);
    upkeep.doWork(NOON);
    assertEquals(late, api.get(query).body());
    upkeep.abort();
  }

  @Test
  void noneOfTheUsualSizesIsExceeded() throws Exception {
    api.street.readings(id, MONTH_AGO, NOON, 240);
    for (int maxPoints : new int[] {10, 288, 1_000, 10_000}) {
      int rows =
          api.json(route + "?from=" + MONTH_AGO + "&maxPoints=" + maxPoints).get("rows").size();
      assertTrue(rows > 0 && rows <= maxPoints, rows + " of " + maxPoints);
    }
  }

  @Test
  void aBucketHasMeanLeastGreatestAndWorst() throws Exception {
    api.street.reading(id, NOON.minusSeconds(50), 100, 1);
    api.street.reading(id, NOON.minusSeconds(40), 111, 3);
    assertEquals("[106,100,111,3]", onlyRow());
  }

  @Test
  void aBadDepthIsFlaggedButBendsNothing() throws Exception {
    api.street.reading(id, NOON.minusSeconds(50), 100, 1);
    api.street.reading(id, NOON.minusSeconds(40), 2_900, 4);
    assertEquals("[100,100,100,4]", onlyRow());
  }

  @Test
  void whereAllIsBadThereIsADepthToMarkAndNoRange() throws Exception {
    api.street.reading(id, NOON.minusSeconds(50), -400, 4);
    api.street.reading(id, NOON.minusSeconds(40), 2_900, 4);
    assertEquals("[1250,null,null,4]", onlyRow());
  }

  @Test
  void aMessageWithoutAMeasurementSpoilsNothing() throws Exception {
    api.street.reading(id, NOON.minusSeconds(50), 100, 1);
    api.street.reading(id, NOON.minusSeconds(40), null, 9);
    assertEquals("[100,100,100,1]", onlyRow());
  }

  @Test
  void theRangeIncludesItsBeginningAndNotItsEnd() throws Exception {
    api.street.reading(id, NOON.minusSeconds(60), 1, 1);
    api.street.reading(id, NOON.minusSeconds(30), 2, 1);
    api.street.reading(id, NOON, 3, 1);
    String query = "?from=" + NOON.minusSeconds(60).toEpochMilli() + "&to=" + NOON;
    JsonNode rows = api.json(route + query).get("rows");
    assertEquals(2, rows.size());
    assertEquals(NOON.minusSeconds(60).toEpochMilli(), rows.get(0).get(0).asLong());
  }

  @Test
  void aDayBeginsAtTheWardsMidnight() throws Exception {
    Instant midnight = Instant.parse("2026-11-19T17:00:00Z");
    api.street.reading(id, midnight.minusMillis(1), 1, 1);
    api.street.reading(id, midnight, 2, 1);
    JsonNode rows =
        api.json(route + "?from=" + NOON.minus(Duration.ofDays(8)) + "&maxPoints=10").get("rows");
    assertEquals(2, rows.size());
    assertEquals(midnight.toEpochMilli(), rows.get(1).get(0).asLong());
  }

  @Test
  void csvHoldsEveryReading() throws Exception {
    api.street.readings(id, NOON.minus(Duration.ofHours(1)), NOON, 1);
    HttpResponse<String> csv = api.get(route, "Accept", "text/csv");
    assertEquals(200, csv.statusCode());
    assertEquals(
        "attachment; filename=\"" + code + ".csv\"",
        csv.headers().firstValue("Content-Disposition").orElseThrow());
    List<String> lines = List.of(csv.body().split("\r\n", -1));
    assertEquals(
        "sensor_code,observed_at,received_at,distance_mm,depth_mm,low_point_depth_mm,rain_mm,qc,"
            + "battery_mv,rssi_dbm,temperature_c",
        lines.get(0));
    assertEquals(
        code + ",2026-11-21T04:00:00.000Z,2026-11-21T04:00:02.000Z,2900,100,,,1,,,", lines.get(1));
    assertEquals(1 + 3_600 + 1, lines.size());
    assertEquals("", lines.get(3_601));
  }

  @Test
  void csvComesCompressedToThoseWhoAsk() throws Exception {
    api.street.readings(id, NOON.minus(Duration.ofHours(1)), NOON, 1);
    HttpResponse<byte[]> gzip =
        api.getBytes(route, "Accept", "text/csv", "Accept-Encoding", "gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertEquals(
          api.get(route, "Accept", "text/csv").body(),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatCannotBeAskedIsNamed() throws Exception {
    assertNames("maxPoints", "?maxPoints=9");
    assertNames("from", "?from=yesterday");
    assertNames("from", "?from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z");
    assertNames("step", "?step=60");
    HttpResponse<String> csv = api.get(route + "?maxPoints=100", "Accept", "text/csv");
    assertEquals(400, csv.statusCode());
  }

  @Test
  void anUnknownSensorIsNotFoundInEitherForm() throws Exception {
    assertEquals(404, api.get("/api/v1/sensors/none/readings").statusCode());
    HttpResponse<String> csv = api.get("/api/v1/sensors/none/readings", "Accept", "text/csv");
    assertEquals(404, csv.statusCode());
    assertEquals(
        "application/problem+json", csv.headers().firstValue("Content-Type").orElseThrow());
  }

  private void assertNames(String parameter, String query) throws Exception {
    HttpResponse<String> refused = api.get(route + query);
    assertEquals(400, refused.statusCode());
    assertEquals(parameter, RunningApi.parse(refused.body()).get("parameter").asText());
  }

  /** All but the time of the one row that the last 24 hours give. */
  private String onlyRow() throws Exception {
    JsonNode rows = api.json(route).get("rows");
    assertEquals(1, rows.size());
    return "[" + rows.get(0).toString().split(",", 2)[1];
  }
}
