package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.sim.replay.ColumnMapping;
import io.floodmark.sim.replay.Replay;
import io.floodmark.sim.replay.ReplayOptions;
import io.floodmark.sim.replay.ReplayResult;
import io.floodmark.sim.replay.Shift;
import io.floodmark.sim.replay.Thinning;
import io.floodmark.sim.uplink.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month of recorded tide, played through the whole line as one sensor's history: a real recording
 * where it lies beside the checkout, one of the same form otherwise.
 */
class ReplayTest {
  private static final String TOKEN = "a-token-of-the-replay-test";
  private static final int ROWS = 7_201;
  private static final Duration STEP = Duration.ofMinutes(6);

  private static Line line;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    line = Line.start(TestDatabase.Engine.EMBEDDED);
  }

  @AfterAll
  static void stop() throws Exception {
    line.close();
  }

  @Test
  void aMonthIsStoredRowForRowAndItsHistoryRaisesNothing() throws Exception {
    line.registerDepthGauge("tide-1", TOKEN, STEP);
    ReplayResult result = replay("tide-1", new Thinning(0, 1, 4669));
    assertEquals(ROWS, result.acknowledged());
    assertEquals(Integer.toString(ROWS), line.query(STORED, "tide-1"));
    assertEquals("0", line.query(RAISED_BY_HISTORY, "tide-1"));

    JsonNode month = month("tide-1");
    assertTrue(month.at("/rows").size() > 700, "a month in steps of an hour");
    assertEquals(0, breaks(month), "a recording without gaps has no breaks");
  }

  @Test
  void aMonthWithOutagesShowsABreakForEach() throws Exception {
    line.registerDepthGauge("tide-2", TOKEN, STEP);
    Thinning outages = new Thinning(5, 60, 4669);
    ReplayResult result = replay("tide-2", outages);
    assertEquals(ROWS - Math.round(ROWS * 0.05), result.acknowledged());
    assertEquals(Long.toString(result.acknowledged()), line.query(STORED, "tide-2"));
    assertEquals("0", line.query(RAISED_BY_HISTORY, "tide-2"));
    assertEquals(line.query(OUTAGES, "tide-2"), Integer.toString(breaks(month("tide-2"))));
  }

  private static final String STORED = "SELECT count(*) FROM export_reading WHERE sensor_code = ?";

  /** The very last rows are fresh; they may raise what they like. */
  private static final String RAISED_BY_HISTORY =
      """
      SELECT count(*) FROM alert_event e JOIN sensor s ON s.id = e.sensor_id
      WHERE s.code = ? AND e.occurred_at < now() - interval '20 minutes'
      """;

  private static final String OUTAGES =
      """
      SELECT count(*)
      FROM (SELECT observed_at - lag(observed_at) OVER (ORDER BY observed_at) AS gap
            FROM export_reading WHERE sensor_code = ?) gaps
      WHERE gap > interval '1 hour'
      """;

  private static ReplayResult replay(String code, Thinning thinning) throws Exception {
    Path recorded = Checkout.root().resolve("../shared/data/noaa-9447130-2015-01.csv");
    String mapping = "sensor=code:" + code + ",time=time_utc,depth_mm=level_m*1000+800";
    line.awaitSignIn(code, TOKEN);
    ReplayOptions options =
        ReplayOptions.of(
                BrokerAddress.parse("mqtt://127.0.0.1:" + line.mqttPort()),
                Files.exists(recorded) ? recorded : madeUpTide(),
                ColumnMapping.parse(mapping),
                Map.of(code, TOKEN))
            .withShift(Shift.parse("end=now"))
            .withThinning(thinning);
    return new Replay(options, InstantSource.system()).run();
  }

  private static Path madeUpTide() throws IOException {
    Path file = folder.resolve("tide.csv");
    Instant start = Instant.parse("2015-01-01T00:00:00Z");
    Files.write(
        file,
        () ->
            IntStream.rangeClosed(0, ROWS)
                .mapToObj(
                    row ->
                        (CharSequence)
                            (row == 0
                                ? "time_utc,level_m"
                                : start.plus(STEP.multipliedBy(row - 1))
                                    + ","
                                    + Math.round(1_500 + 1_400 * Math.sin(row / 20.0)) / 1_000.0))
                .iterator());
    return file;
  }

  private static JsonNode month(String code) throws IOException, InterruptedException {
    Instant now = InstantSource.system().instant();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/api/v1/sensors/%s/readings?from=%s&to=%s&maxPoints=800"
                        .formatted(line.httpAddress(), code, now.minus(Duration.ofDays(31)), now)))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body);
  }

  /** Rows of nulls between rows with values. */
  private static int breaks(JsonNode month) {
    int breaks = 0;
    boolean seen = false;
    boolean open = false;
    for (JsonNode row : month.at("/rows")) {
      boolean empty = row.get(1).isNull();
      if (!empty && open && seen) {
        breaks++;
      }
      open = empty;
      seen |= !empty;
    }
    return breaks;
  }
}
